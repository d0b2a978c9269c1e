package org.aparanet.train.run;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.engine.select.OpenedDevices;
import org.aparanet.model.Model;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.Shares;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.rounds.ShareMeasurement;

/**
 * Choice of the shares that the devices of a training have of each batch: those that were given or
 * with which it began; else equal ones for devices of the same name; else by measured speed.
 *
 * @param settings of the training
 * @param resumed whether it goes on from a checkpoint
 * @param start network and parameters
 * @param images to train with
 * @param plan of the training
 * @param notes told what was measured, and which devices are left out
 */
record ShareChoice(
    Settings settings,
    boolean resumed,
    Model start,
    ImageSet images,
    TrainingPlan plan,
    Consumer<String> notes) {

  /**
   * The shares; devices that would have none are closed.
   *
   * @throws org.aparanet.train.SettingException if shares were given, but fewer than there are
   *     devices
   * @throws org.aparanet.engine.EngineException if a device fails
   */
  Shares among(OpenedDevices opened) {
    if (settings.has(Setting.SHARE)) {
      return given(settings.get(Setting.SHARE).orElseThrow(), opened);
    }
    if (settings.get(Setting.DETERMINISTIC).orElse(false) || haveOneName(opened.devices())) {
      return equal(opened);
    }
    return measured(opened);
  }

  private Shares given(Shares shares, OpenedDevices opened) {
    if (!resumed) {
      settings.requireParts(opened.sessions().size());
    }
    for (Session session : behind(shares.count(), opened.sessions())) {
      leaveOut(
          session, opened, "the batches of the training have " + shares.count() + " shares only");
    }
    return shares;
  }

  private static boolean haveOneName(List<Device> devices) {
    return devices.stream().map(Device::name).distinct().count() == 1;
  }

  private Shares equal(OpenedDevices opened) {
    for (Session session : behind(plan.batch(), opened.sessions())) {
      leaveOut(session, opened, "a batch of " + plan.batch() + " has no image for it");
    }
    return Shares.equal(opened.sessions().size());
  }

  private static List<Session> behind(int count, List<Session> sessions) {
    return sessions.subList(Math.min(count, sessions.size()), sessions.size());
  }

  private Shares measured(OpenedDevices opened) {
    notes.accept("measuring the speed of " + Device.names(opened.devices()) + " ...");
    List<ShareMeasurement.Speed> speeds =
        new ArrayList<>(
            ShareMeasurement.of(
                opened.sessions(),
                start.parameters(),
                images,
                plan,
                (session, cause) -> failed(session, cause, opened)));
    Shares shares = ShareMeasurement.shares(speeds);
    while (hasEmpty(shares)) {
      ShareMeasurement.Speed slowest =
          Collections.min(speeds, comparingDouble(ShareMeasurement.Speed::imagesPerSecond));
      speeds.remove(slowest);
      leaveOut(slowest.session(), opened, slowness(slowest, speeds));
      shares = ShareMeasurement.shares(speeds);
    }
    if (shares.count() > 1) {
      notes.accept("shares of each batch by measured speed: " + words(shares, opened.devices()));
    }
    return shares;
  }

  /** A device that was named fails with the training; of all there are, it is left out. */
  private void failed(Session session, EngineException cause, OpenedDevices opened) {
    boolean all = settings.get(Setting.DEVICE).map(DeviceChoices::all).orElse(false);
    if (!all || opened.sessions().size() == 1) {
      throw cause;
    }
    leaveOut(session, opened, cause.getMessage());
  }

  private boolean hasEmpty(Shares shares) {
    return IntStream.range(0, shares.count())
        .anyMatch(share -> shares.size(share, plan.batch()) == 0);
  }

  private String slowness(ShareMeasurement.Speed slowest, List<ShareMeasurement.Speed> others) {
    return String.format(
        Locale.ROOT,
        "with %.3g images/s beside %.3g its share of a batch of %d images would be none",
        slowest.imagesPerSecond(),
        others.stream().mapToDouble(ShareMeasurement.Speed::imagesPerSecond).sum(),
        plan.batch());
  }

  private static String words(Shares percent, List<Device> devices) {
    return IntStream.range(0, devices.size())
        .mapToObj(i -> percent.parts().get(i) + " % " + devices.get(i))
        .collect(Collectors.joining(", "));
  }

  private void leaveOut(Session session, OpenedDevices opened, String reason) {
    notes.accept(session.device() + " is left out: " + reason);
    opened.leaveOut(session);
  }
}
