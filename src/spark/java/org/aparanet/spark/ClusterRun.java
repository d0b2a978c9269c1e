package org.aparanet.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.aparanet.Training;
import org.aparanet.data.DataSets;
import org.aparanet.data.SurveyedSet;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.engine.select.Engines;
import org.aparanet.file.Claims;
import org.aparanet.file.Interrupts;
import org.aparanet.model.Model;
import org.aparanet.model.Shape;
import org.aparanet.spark.hadoop.HadoopFiles;
import org.aparanet.train.EpochRecorder;
import org.aparanet.train.MismatchException;
import org.aparanet.train.Setting;
import org.aparanet.train.SettingException;
import org.aparanet.train.Settings;
import org.aparanet.train.TrainingControl;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.checkpoint.Checkpoint;
import org.aparanet.train.history.History;
import org.aparanet.train.run.PreparedTraining;
import org.aparanet.train.run.RunFiles;
import org.aparanet.train.run.Weights;

/** One run of a {@link SparkTraining}, with what was set when it began. */
record ClusterRun(
    JavaSparkContext context,
    Settings given,
    Path dataFolder,
    Optional<Path> weights,
    Optional<Path> checkpoints,
    boolean resumes,
    List<TrainingListener> listeners,
    Consumer<String> notes,
    Consumer<PreparedTraining> begun) {

  /**
   * Trains. An interrupt of the thread ends the run as {@code stop} does, and is set again at the
   * end.
   */
  Training.Result run(BooleanSupplier stop) {
    try (Interrupts held = Interrupts.heldBack();
        Claims claims = new Claims()) {
      RunFiles files = new RunFiles(weights, checkpoints, claims);
      Optional<Checkpoint> from = resumes ? Optional.of(files.newest()) : Optional.empty();
      Settings settings = from.map(this::resumed).orElseGet(this::anew);
      settings.check();
      requireOneDevice(settings);
      files.claim(settings, from.isPresent());
      Broadcast<SerializableConfiguration> hadoop =
          context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
      try (Prepared prepared = prepare(settings, from, hadoop)) {
        return run(prepared, hadoop, claims, () -> stop.getAsBoolean() | held.came());
      } finally {
        hadoop.destroy();
      }
    }
  }

  private Settings anew() {
    if (!given.has(Setting.SHARE)) {
      throw new IllegalArgumentException(
          "there is no number of shares that a batch has; say one, best as many as executors");
    }
    Settings settings = given.over(new Settings()).set(Setting.SHARDED, true);
    String data = settings.get(Setting.DATA).orElse("mnist");
    if (data.startsWith("file:")) { // so that one machine can resume the training
      data = HadoopFiles.path(HadoopFiles.address(data), context.hadoopConfiguration()).toString();
    }
    return settings.set(Setting.DATA, data);
  }

  private Settings resumed(Checkpoint checkpoint) {
    Settings settings = checkpoint.run().settings();
    if (!settings.get(Setting.SHARDED).orElse(false)) {
      throw new MismatchException(
          "the checkpoints are of a training on one machine, whose shares are not of shards of"
              + " their own; resume it there");
    }
    return given.over(settings);
  }

  private static void requireOneDevice(Settings settings) {
    DeviceChoices device = settings.get(Setting.DEVICE).orElse(DeviceChoices.AUTO);
    if (device.areSeveral()) {
      throw SettingException.refused(
          Setting.DEVICE, device + " are several; each executor trains on one", null);
    }
  }

  private record Prepared(Settings settings, PreparedTraining training, ClusterImages images)
      implements AutoCloseable {

    @Override
    public void close() {
      images.close();
    }
  }

  /** Reads the images, and once more without those that cannot be read, if there are any. */
  private Prepared prepare(
      Settings settings, Optional<Checkpoint> from, Broadcast<SerializableConfiguration> hadoop) {
    Optional<Weights> start = weights.map(Weights::new);
    SurveyedSet set = survey(settings, start);
    if (set.isOfImageFiles()) {
      settings.set(Setting.INPUT, set.train().shape()); // for --resume
    } else if (settings
        .get(Setting.INPUT)
        .filter(in -> !in.equals(set.train().shape()))
        .isPresent()) {
      throw SettingException.unsuited(
          Setting.INPUT,
          settings.get(Setting.INPUT).get()
              + " is for a folder of image files; the images of "
              + set.train().name()
              + " have "
              + set.train().shape());
    }
    SurveyedSet good = set;
    while (true) {
      ClusterImages images = null;
      try {
        images = new ClusterImages(context, hadoop, settings, good);
        PreparedTraining training =
            new PreparedTraining(settings, start, checkpoints, from, images);
        images.shares(training.plan());
        good.without(new TreeMap<>()); // tells what was found
        return new Prepared(settings, training, images);
      } catch (LeftOutException e) {
        close(images);
        good = good.without(e.problems());
      } catch (RuntimeException e) {
        close(images);
        throw e;
      }
    }
  }

  private static void close(ClusterImages images) {
    if (images != null) {
      images.close();
    }
  }

  private SurveyedSet survey(Settings settings, Optional<Weights> start) {
    String data = settings.get(Setting.DATA).orElseThrow();
    Optional<Shape> input =
        settings
            .get(Setting.INPUT)
            .or(() -> start.map(weights -> weights.model().network().input()))
            .or(() -> Optional.of(DataSets.DEFAULT_INPUT));
    DataSets.Place place = new DataSets.Place(data, dataFolder, input, notes::accept);
    if (!HadoopFiles.isAddress(data)) {
      return DataSets.survey(place);
    }
    return DataSets.survey(
        HadoopFiles.path(HadoopFiles.address(data), context.hadoopConfiguration()), place);
  }

  private Training.Result run(
      Prepared prepared,
      Broadcast<SerializableConfiguration> hadoop,
      Claims claims,
      BooleanSupplier stop) {
    PreparedTraining training = prepared.training();
    training.notes().forEach(notes);
    begun.accept(training);
    double[] classWeights =
        training
            .plan()
            .classWeights()
            .of(training.data().train(), training.start().network().classes());
    Broadcast<RunSpec> spec =
        context.broadcast(
            RunSpec.of(
                prepared.images().spec(),
                prepared.settings(),
                training.start().network(),
                classWeights));
    String device = prepared.settings().get(Setting.DEVICE).orElse(DeviceChoices.AUTO).toString();
    EpochRecorder epochs = new EpochRecorder();
    List<TrainingListener> all = new ArrayList<>(listeners);
    all.add(epochs);
    try (Engines.Opened opened = openForDriver(device, training);
        History history = training.openHistory(claims).orElse(null)) {
      TrainingResult result =
          training.runOn(
              (told, step) ->
                  new SparkDevices(
                      context,
                      prepared.images().shares(training.plan()),
                      spec,
                      hadoop,
                      device,
                      training.plan(),
                      training.data(),
                      opened.session()),
              TrainingListener.all(all),
              Optional.ofNullable(history),
              TrainingControl.stoppedWhen(stop));
      Model model = training.start().withParameters(result.parameters());
      prepared.settings().get(Setting.OUTPUT).ifPresent(model::save);
      return new Training.Result(model, result, epochs.all());
    } finally {
      spec.destroy();
    }
  }

  /**
   * The driver measures accuracy on what it has, whatever the executors are asked for, in batches
   * as one machine would that resumes the training: the sum of losses follows from them.
   */
  private Engines.Opened openForDriver(String device, PreparedTraining training) {
    DeviceChoice choice = DeviceChoice.parse(device.equals("cpu") ? "cpu" : "auto");
    return new Engines(Runtime.getRuntime().availableProcessors())
        .open(choice, training.start().network(), training.plan().sessionBatch(), notes);
  }
}
