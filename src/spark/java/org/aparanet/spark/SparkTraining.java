package org.aparanet.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.aparanet.Training;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.Shares;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.run.PreparedTraining;

/**
 * A training in rounds on a cluster of Apache Spark. Each share of the batches is trained by a task
 * on an executor that keeps the share's shard of the images; after a round the driver averages what
 * they have learned.
 *
 * <pre>{@code
 * try (JavaSparkContext context = new JavaSparkContext(configuration)) {
 *   Training training = Training.network("lenet").epochs(5).batch(256).round(10);
 *   Model model = SparkTraining.on(context, training).shares(4).run("hdfs:///photos").model();
 * }
 * }</pre>
 *
 * <p>The result does not depend on the executors: tasks that are lost with one are done again by
 * others, with the same bits on devices of the same kind. The context's {@code spark.serializer}
 * has to be Java's, as it is where nothing else is set.
 */
public final class SparkTraining {
  private final JavaSparkContext context;
  private final Settings settings;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Consumer<String> notes = note -> {};
  private Path dataFolder = Path.of("data");
  private Optional<Path> weights = Optional.empty();
  private Optional<Path> checkpoints = Optional.empty();
  private Consumer<PreparedTraining> begun = training -> {};
  private boolean resumes;

  private SparkTraining(JavaSparkContext context, Settings settings) {
    this.context = Objects.requireNonNull(context, "context");
    this.settings = settings.over(new Settings());
  }

  /**
   * Begins with the settings of a training on one machine, all of which hold but for its files and
   * listeners, which are given here.
   *
   * @param context of the cluster
   * @param training with the settings
   * @return a training, to be run
   */
  public static SparkTraining on(JavaSparkContext context, Training training) {
    return on(context, training.settings());
  }

  /**
   * Begins with settings.
   *
   * @param context of the cluster
   * @param settings of the training
   * @return a training, to be run
   */
  public static SparkTraining on(JavaSparkContext context, Settings settings) {
    return new SparkTraining(context, settings);
  }

  /**
   * Number of equal shares that every batch has: best as many as executors, or a multiple of that.
   *
   * @param count 2 to {@value Shares#MAXIMUM}
   * @return this training
   * @throws IllegalArgumentException if it is out of its range
   */
  public SparkTraining shares(int count) {
    if (count < 2 || count > Shares.MAXIMUM) {
      throw new IllegalArgumentException(
          count
              + " shares; allowed are 2 to "
              + Shares.MAXIMUM
              + ", one for each executor or more");
    }
    settings.set(Setting.SHARE, Shares.equal(count));
    return this;
  }

  /**
   * Starts from the parameters of a model.
   *
   * @param model its file, which the driver reads
   * @return this training
   */
  public SparkTraining weights(Path model) {
    weights = Optional.of(model);
    return this;
  }

  /**
   * Keeps checkpoints in a folder of the driver.
   *
   * @param folder without checkpoints
   * @return this training
   */
  public SparkTraining checkpoints(Path folder) {
    checkpoints = Optional.of(folder);
    return this;
  }

  /**
   * Goes on from the newest checkpoint of a folder, with the settings and images of its training.
   *
   * @param folder of the checkpoints, which are kept there
   * @return this training
   */
  public SparkTraining resume(Path folder) {
    resumes = true;
    return checkpoints(folder);
  }

  /**
   * Folder of the data sets that have a name, on the driver and on every executor.
   *
   * @param folder such as {@code data}, as which it counts without this
   * @return this training
   */
  public SparkTraining dataFolder(Path folder) {
    dataFolder = folder;
    return this;
  }

  /**
   * Adds a listener.
   *
   * @param listener is told how it goes, by the thread that runs the training
   * @return this training
   */
  public SparkTraining listener(TrainingListener listener) {
    listeners.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  /**
   * Has what is to be said about data and devices be told to somebody.
   *
   * @param listener is told sentences
   * @return this training
   */
  public SparkTraining notes(Consumer<String> listener) {
    notes = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Has somebody see the training before its first step.
   *
   * @param listener is told what will be done
   * @return this training
   */
  public SparkTraining begun(Consumer<PreparedTraining> listener) {
    begun = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Trains with a data set.
   *
   * @param data its name, its folder, which every executor sees under the same path, or its address
   *     such as {@code hdfs://host/photos}
   * @return the model, and how the training went
   * @throws IllegalArgumentException if settings, network and images do not go together
   * @throws org.aparanet.data.format.DataException if the images cannot be read
   * @throws org.aparanet.train.TrainingFailedException if training diverges, or Spark gives up
   */
  public Training.Result run(String data) {
    settings.set(Setting.DATA, Objects.requireNonNull(data, "data"));
    return run();
  }

  /**
   * Trains with the data set of the settings, or of the training that is resumed.
   *
   * @return the model, and how the training went
   * @throws IllegalArgumentException as above
   */
  public Training.Result run() {
    return run(() -> false);
  }

  /**
   * As above.
   *
   * @param stop asked between rounds whether the training is to end
   * @return the model, and how the training went
   */
  Training.Result run(BooleanSupplier stop) {
    return new ClusterRun(
            context,
            settings.over(new Settings()),
            dataFolder,
            weights,
            checkpoints,
            resumes,
            List.copyOf(listeners),
            notes,
            begun)
        .run(stop);
  }

  /**
   * Trains as a program for {@code spark-submit}, and ends the process: status 0 is done, 1 is
   * failed, 2 is wrong usage.
   *
   * @param arguments options, which {@code --help} lists
   */
  public static void main(String[] arguments) {
    int status = org.aparanet.cli.SparkCommand.run(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }
}
