package org.aparanet.train.rounds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.aparanet.data.ImageOrder;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.train.EpochSteps;
import org.aparanet.train.Shares;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Score;

/**
 * Several devices of one process that train together in rounds. The state between two rounds is on
 * the host. When a device fails in the middle of a round, others compute its shares anew from that
 * state, so that the run goes on as if nothing had happened.
 */
public final class RoundDevices extends AveragedDevices {

  /** Number of times that a device may lose its state before its next good round. */
  private static final int MAXIMUM_LOSSES = 3;

  private final TrainingPlan plan;
  private final TrainingListener listener;
  private final Shares shares;
  private final List<RoundDevice> living = new ArrayList<>();
  private final List<Device> earlier = new ArrayList<>(); // their work is part of the result
  private final ShareAssignment<RoundDevice> assignment;
  private int[] order; // of the epoch that is under way

  /**
   * Loads the training images onto all devices.
   *
   * @param sessions one of each device, opened for the network to train with at least the plan's
   *     batch; they stay open in the end
   * @param data to train, validate and test with
   * @param plan how to train, with the shares
   * @param listener is told if a device fails
   * @param start steps of the run that were taken before
   * @throws EngineException if no device can take the images
   */
  public RoundDevices(
      List<Session> sessions,
      TrainingData data,
      TrainingPlan plan,
      TrainingListener listener,
      long start) {
    super(plan);
    this.plan = plan;
    this.listener = listener;
    shares = plan.rounds().shares();
    for (int i = 0; i < sessions.size(); i++) {
      living.add(new RoundDevice(sessions.get(i), data, plan, this::orderOf, i));
    }
    assignment = new ShareAssignment<>(shares, living);
    boolean loaded = false;
    try {
      Map<RoundDevice, Future<Void>> loads = new LinkedHashMap<>();
      living.forEach(device -> loads.put(device, device.load()));
      await(loads, start);
      loaded = true;
    } finally {
      if (!loaded) {
        close();
      }
    }
  }

  private int[] orderOf(int share, int epoch) {
    return shares.of(share, order, plan.batch());
  }

  @Override
  public Device device() {
    return living.isEmpty() ? earlier.get(earlier.size() - 1) : living.get(0).device();
  }

  @Override
  public List<Device> used() {
    List<Device> all = new ArrayList<>(earlier);
    living.forEach(device -> all.add(device.device()));
    return all;
  }

  @Override
  public Optional<Score> validate() {
    return onFirst(device -> device.validate(state().parameters()));
  }

  @Override
  public List<Accuracy> test() {
    return onFirst(device -> device.test(state().parameters()));
  }

  /** What the first device that does not fail makes of a task. */
  private <T> T onFirst(Function<RoundDevice, Future<T>> task) {
    while (true) {
      RoundDevice device = living.get(0);
      Map<RoundDevice, T> result = await(Map.of(device, task.apply(device)), state().steps());
      if (!result.isEmpty()) {
        return result.get(device);
      }
    }
  }

  @Override
  public EpochSteps open(int epoch, ImageOrder images, int from) {
    order = images.order(epoch);
    return super.open(epoch, images, from);
  }

  @Override
  protected Computed compute(Round round, StateObserver observer) {
    HeldProfile profile = new HeldProfile(observer.wantsProfile());
    List<RoundResult> results = results(round, profile);
    profile.tell(observer);
    return new Computed(results, () -> StateSum.ofAll(results));
  }

  /** Results of a round for all shares, in their order. */
  private List<RoundResult> results(Round round, StateObserver observer) {
    RoundResult[] results = new RoundResult[shares.count()];
    while (Arrays.asList(results).contains(null)) {
      Map<RoundDevice, Future<List<RoundResult>>> tasks = new LinkedHashMap<>();
      for (RoundDevice device : living) {
        List<Integer> missing =
            assignment.of(device).stream().filter(share -> results[share] == null).toList();
        if (!missing.isEmpty()) {
          StateObserver own = device == living.get(0) ? observer : StateObserver.NONE;
          tasks.put(device, device.run(state(), missing, round, own));
        }
      }
      await(tasks, state().steps())
          .forEach(
              (device, made) -> {
                device.succeeded();
                made.forEach(result -> results[result.share()] = result);
              });
    }
    return Arrays.asList(results);
  }

  /**
   * Waits for all tasks.
   *
   * @param step steps of the run so far
   * @return the results, without those of devices that failed and are no longer among the living,
   *     or lost their state and can be asked again
   * @throws EngineException if the last device failed
   */
  private <T> Map<RoundDevice, T> await(Map<RoundDevice, Future<T>> tasks, long step) {
    Map<RoundDevice, T> results = new LinkedHashMap<>();
    Map<RoundDevice, EngineException> failures = new LinkedHashMap<>();
    Map<RoundDevice, EngineException> gone = new LinkedHashMap<>();
    Throwable fault = null;
    for (Map.Entry<RoundDevice, Future<T>> task : tasks.entrySet()) {
      try {
        results.put(task.getKey(), RoundDevice.await(task.getValue()));
      } catch (EngineException e) {
        failures.put(task.getKey(), e);
      } catch (RuntimeException | Error e) {
        fault = e; // thrown when no thread works any more
      }
    }
    if (fault instanceof Error error) {
      throw error;
    }
    if (fault != null) {
      throw (RuntimeException) fault;
    }
    failures.forEach(
        (device, cause) -> {
          if (cause instanceof StateLostException lost && device.lost() <= MAXIMUM_LOSSES) {
            listener.restored(lost, step);
          } else {
            gone.put(device, cause);
          }
        });
    takeAway(gone, step);
    return results;
  }

  /** Gives the shares of devices that failed to those that are left. */
  private void takeAway(Map<RoundDevice, EngineException> gone, long step) {
    Map<RoundDevice, List<Integer>> orphaned = new LinkedHashMap<>();
    for (RoundDevice device : gone.keySet()) {
      orphaned.put(device, assignment.of(device));
      living.remove(device);
      device.close();
      if (device.hasWorked() || living.isEmpty()) {
        earlier.add(device.device());
      }
      if (living.isEmpty()) {
        throw gone.get(device);
      }
      assignment.remove(device);
    }
    gone.forEach(
        (device, cause) ->
            listener.shareMoved(cause, device.device(), owners(orphaned.get(device)), step));
  }

  private List<Device> owners(List<Integer> numbers) {
    return living.stream()
        .filter(device -> assignment.of(device).stream().anyMatch(numbers::contains))
        .map(RoundDevice::device)
        .toList();
  }

  @Override
  public void close() {
    living.forEach(RoundDevice::close);
  }
}
