package org.aparanet.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.aparanet.Training;
import org.aparanet.cli.option.Candidates;
import org.aparanet.cli.option.CheckpointOptions;
import org.aparanet.cli.option.CommandContext;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.GivenSettings;
import org.aparanet.cli.option.InputOption;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.cli.option.PlanOptions;
import org.aparanet.cli.show.NetworkTable;
import org.aparanet.cli.show.ProgressDisplay;
import org.aparanet.cli.show.ProgressDisplays;
import org.aparanet.cli.show.RecallTable;
import org.aparanet.cli.show.ResultLine;
import org.aparanet.cli.show.Terminal;
import org.aparanet.engine.Device;
import org.aparanet.engine.select.DeviceChoices;
import org.aparanet.engine.select.Engines;
import org.aparanet.model.Model;
import org.aparanet.spark.SparkTraining;
import org.aparanet.train.Setting;
import org.aparanet.train.SettingException;
import org.aparanet.train.Settings;
import org.aparanet.train.Shares;
import org.aparanet.train.TrainingFailedException;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingSummary;
import org.aparanet.train.run.PreparedTraining;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a network on a cluster of Spark, with the options of {@code train} where they suit. */
@Command(
    name = "spark-submit ... aparanet.jar",
    description = "Train a network on a cluster of Apache Spark.",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class SparkCommand implements Runnable, CommandContext {

  /** Options that are allowed with --resume, since they do not change the result. */
  private static final Set<String> WITH_RESUME =
      Set.of(
          "--output",
          "--history",
          "--device",
          "--threads",
          "--softmax",
          "--checkpoint-every",
          "--checkpoint-keep",
          "--data-folder",
          "--resume",
          "--verbose");

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR|URI",
      defaultValue = "mnist",
      description =
          "Data set: a name, a folder that the driver and all executors see under the same path, or"
              + " an address such as hdfs://host/photos or s3a://bucket/photos (default: mnist).")
  private String data;

  @Option(
      names = "--data-folder",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Folder of the data sets that have a name (default: data).")
  private Path dataFolder;

  @Mixin private InputOption input;

  @Option(
      names = "--network",
      paramLabel = "PRESET|SPEC",
      completionCandidates = Candidates.Networks.class,
      description = "As of the command train (default: that of --weights, otherwise article).")
  private String networkText;

  @Option(
      names = "--shares",
      paramLabel = "K",
      converter = OptionConverters.ShareCount.class,
      description =
          "Equal shares of each batch, 2 to 1024, best one for each executor; a part of what the"
              + " training computes, so that it does not change with the number of executors; needed"
              + " unless a training is resumed.")
  private Integer shares;

  @Option(
      names = "--round",
      paramLabel = "N",
      converter = OptionConverters.Round.class,
      description = "Steps that executors take before what they learned is averaged (default: 1).")
  private Integer round;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      converter = OptionConverters.ExecutorDevice.class,
      description =
          "Device of each executor to which Spark has assigned no GPU: auto, gpu, cpu or opencl:N"
              + " (default: auto).")
  private DeviceChoices device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      converter = OptionConverters.Threads.class,
      description = "Threads of the Java engine in a task (default: spark.task.cpus).")
  private Integer threads;

  @Mixin private PlanOptions plans;

  @Option(
      names = "--limit",
      paramLabel = "N",
      converter = OptionConverters.Limit.class,
      description = "Train with the first N images only.")
  private Integer limit;

  @Option(
      names = "--weights",
      paramLabel = "MODEL",
      description = "Start from the parameters of this model file, which the driver reads.")
  private Path weights;

  @Option(
      names = "--output",
      paramLabel = "MODEL",
      description = "Have the driver write the trained model to this file (safetensors).")
  private Path output;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Have the driver write a line of JSON for each step and epoch to this file.")
  private Path history;

  @Mixin private CheckpointOptions checkpoints;

  private boolean verbose;

  @Option(names = "--verbose", description = "Show the stack trace of an error.")
  void verbose(boolean show) {
    verbose = show;
    Failures.showTraces(spec.commandLine(), show);
  }

  @Override
  public Engines engines(int count) {
    return new Engines(count);
  }

  @Override
  public boolean isVerbose() {
    return verbose;
  }

  /**
   * Runs the program.
   *
   * @param arguments options
   * @return exit status: 0 is done, 1 is failed, 2 is wrong usage
   */
  public static int run(String... arguments) {
    return run(Terminal.output(), Terminal.error(), arguments);
  }

  /** As above, with results and errors to given places. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    Optional<String> unreadable = Arguments.problem(arguments);
    if (unreadable.isPresent()) {
      return Failures.wrongUsage(err, unreadable.get());
    }
    CommandLine command = new CommandLine(new SparkCommand());
    Main.configure(command, out, err);
    try {
      return command.execute(Arguments.unmistakable(arguments));
    } catch (OutOfMemoryError e) {
      return Failures.outOfMemory(err, command);
    } finally {
      out.flush();
      err.flush();
    }
  }

  @Override
  public void run() {
    Settings settings = settings();
    boolean resumed = checkpoints.resumed().isPresent();
    if (resumed) {
      Resumption.check(spec, WITH_RESUME);
    } else if (shares == null) {
      throw new ParameterException(
          spec.commandLine(),
          "option --shares is missing: how many shares a batch has, best one for each executor");
    }
    try {
      settings.check();
      train(settings, resumed);
    } catch (SettingException e) {
      throw SettingRefusal.of(spec, e);
    } catch (IllegalArgumentException e) {
      throw new CommandException(e.getMessage(), e);
    }
  }

  private Settings settings() {
    Settings settings = GivenSettings.of(spec);
    if (checkpoints.resumed().isEmpty()) {
      settings.set(Setting.DATA, data);
      Optional.ofNullable(shares)
          .ifPresent(count -> settings.set(Setting.SHARE, Shares.equal(count)));
    }
    return settings;
  }

  private void train(Settings settings, boolean resumed) {
    try (JavaSparkContext context = open()) {
      if (!context.getConf().contains("spark.log.level")) {
        context.setLogLevel(verbose ? "INFO" : "WARN");
      }
      trainOn(context, settings, resumed);
    }
  }

  private void trainOn(JavaSparkContext context, Settings settings, boolean resumed) {
    PrintWriter err = spec.commandLine().getErr();
    try {
      SparkTraining training = SparkTraining.on(context, settings);
      training.dataFolder(dataFolder).notes(err::println);
      Optional.ofNullable(weights).ifPresent(training::weights);
      if (resumed) {
        training.resume(checkpoints.resumed().get());
      } else {
        checkpoints.folder().ifPresent(training::checkpoints);
      }
      Display display = new Display(err);
      Training.Result result = run(training, display, settings.get(Setting.OUTPUT));
      RecallTable.print(result.training().recalls(), result.model().classNames(), err);
      settings.get(Setting.OUTPUT).ifPresent(file -> err.println("wrote " + file));
      spec.commandLine()
          .getOut()
          .println(
              ResultLine.of(
                  result.accuracy(),
                  result.training().seconds(),
                  result.training().imagesPerSecond(),
                  Device.names(result.training().devices())));
    } catch (CommandException e) {
      throw e;
    } catch (RuntimeException e) { // of any kind, wherever the program was just then
      if (context.sc().isStopped()) {
        throw new CommandException("Spark was stopped before the training ended" + further(), e);
      }
      throw e;
    }
  }

  /** How to go on, as a part of a sentence. */
  private String further() {
    return checkpoints
        .resumed()
        .or(checkpoints::folder)
        .map(folder -> "; --resume " + folder + " goes on from its last checkpoint, if it has one")
        .orElse("");
  }

  private static Training.Result run(
      SparkTraining training, Display display, Optional<Path> output) {
    try (display) {
      return training.begun(display::begin).listener(display).run();
    } catch (TrainingFailedException e) {
      throw new CommandException(
          e.getMessage() + "; " + TrainCommand.rescue(display.start(), output, e), e);
    }
  }

  private static JavaSparkContext open() {
    try {
      return new JavaSparkContext(
          new SparkConf()
              .setIfMissing("spark.app.name", "aparanet")
              .setIfMissing("spark.driver.maxResultSize", "0") // a state for each share
              .set("spark.serializer", JavaSerializer.class.getName())); // Kryo knows no records
    } catch (RuntimeException e) {
      throw new CommandException("Spark cannot be used: " + e.getMessage(), e);
    } catch (Exception e) { // Scala throws them without saying so
      if (e instanceof SparkException) {
        throw new CommandException("Spark cannot be used: " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** The progress of a training, once it has begun. */
  private static final class Display implements TrainingListener, AutoCloseable {
    private final PrintWriter err;
    private ProgressDisplay progress; // null before it has begun, like the next one
    private Model start;

    Display(PrintWriter err) {
      this.err = err;
    }

    void begin(PreparedTraining prepared) {
      start = prepared.start();
      err.println(TrainingSummary.of(prepared.data()));
      NetworkTable.print(prepared.start().network(), err);
      err.println("training on Spark: " + prepared.summary().line());
      err.flush();
      progress =
          ProgressDisplays.open(
              err, prepared.plan(), prepared.data().train().count(), prepared.position());
    }

    @Override
    public void step(Step step) {
      progress.step(step);
    }

    @Override
    public void epoch(Epoch epoch) {
      progress.epoch(epoch);
    }

    /** The network before the first step. */
    Model start() {
      return start;
    }

    @Override
    public void close() {
      if (progress != null) {
        progress.close();
      }
    }
  }
}
