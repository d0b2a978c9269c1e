package org.aparanet.cli.option;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aparanet.cli.show.ReadingDisplay;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.data.ImageSet;
import org.aparanet.data.Split;
import org.aparanet.data.format.Printable;
import org.aparanet.model.Model;
import org.aparanet.model.Shape;
import org.aparanet.train.NetworkMatch;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --data}, for the commands that read a data set. */
public final class DataOption {
  private static final Optional<Shape> DEFAULT_INPUT = Optional.of(DataSets.DEFAULT_INPUT);

  @Spec(Spec.Target.MIXEE)
  private CommandSpec mixee;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      completionCandidates = Candidates.Sets.class,
      defaultValue = "mnist",
      description =
          "Data set: a name of \"aparanet data list\", or a folder with IDX files, with CIFAR-10 or"
              + " with a sub-folder of images for each class (default: mnist).")
  private String data;

  /**
   * Whether the training is one of image files without a network, a model or a preset of its own,
   * so that the preset for photographs suits it.
   *
   * @param settings of the training; the option's default holds where they name no set
   */
  public boolean isOfPhotos(Settings settings) {
    return !settings.has(Setting.NETWORK) && isOfImageFiles(settings);
  }

  /**
   * Whether the data set is a folder of image files.
   *
   * @param settings of the training; the option's default holds where they name no set
   */
  public boolean isOfImageFiles(Settings settings) {
    return DataSets.isOfImageFiles(settings.get(Setting.DATA).orElse(data));
  }

  /**
   * All parts, for training.
   *
   * @param sets the folder of the data sets that have a name
   * @param settings of the training; the option's default holds where they name no set
   * @param model the shape that the model to start from takes, for image files where no shape is
   *     given
   * @param suited whether image files are resized to what suits them, where there is neither
   * @throws CommandException if the images were to be resized, but have a shape of their own
   */
  public DataSet open(
      Path sets, Settings settings, Optional<Shape> model, boolean suited, PrintWriter err) {
    String name = settings.get(Setting.DATA).orElse(data);
    Optional<Shape> wanted = settings.get(Setting.INPUT);
    Optional<Shape> input =
        wanted.or(() -> model).or(() -> suited ? Optional.empty() : DEFAULT_INPUT);
    DataSets.Place place = place(name, sets, input, err);
    DataSet set = reading(name, () -> DataSets.open(place));
    Shape actual = set.train().shape();
    if (wanted.isPresent() && !wanted.get().equals(actual)) {
      throw new CommandException(
          "option --input: "
              + wanted.get()
              + " is for a folder of image files; the images of "
              + set.train().name()
              + " have "
              + actual);
    }
    return set;
  }

  /**
   * Makes sure that an output replaces no file of the data set.
   *
   * @param option that names the output
   * @param output null if the option was not given
   * @param sets the folder of the data sets that have a name
   * @param settings of a training; the option's default holds where they name no set
   * @throws ParameterException if it does
   */
  public void checkDiffers(String option, Path output, Path sets, Settings settings) {
    DataSets.Place place =
        new DataSets.Place(
            settings.get(Setting.DATA).orElse(data), sets, DataSets.DEFAULT_INPUT, note -> {});
    if (output != null && DataSets.holds(place, output)) {
      throw new ParameterException(
          mixee.commandLine(),
          "option " + option + ": " + output + " is a file of the data set; name another file");
    }
  }

  /**
   * The test part, for a model.
   *
   * @param sets the folder of the data sets that have a name
   * @throws org.aparanet.train.MismatchException if the model does not suit it
   */
  public ImageSet openTest(Path sets, Model model, PrintWriter err) {
    return open(sets, model, err, place -> DataSets.openSplit(place, Split.TEST));
  }

  /**
   * All images, those to train with included, for a model.
   *
   * @param sets the folder of the data sets that have a name
   * @throws org.aparanet.train.MismatchException if the model does not suit them
   */
  public ImageSet openTogether(Path sets, Model model, PrintWriter err) {
    return open(sets, model, err, DataSets::openTogether);
  }

  private ImageSet open(
      Path sets, Model model, PrintWriter err, Function<DataSets.Place, ImageSet> read) {
    DataSets.Place place = place(data, sets, Optional.of(model.network().input()), err);
    ImageSet images = NetworkMatch.suited(model, reading(data, () -> read.apply(place)));
    if (model.classNames().isEmpty() && images.classes() < model.network().classes()) {
      err.printf(
          "the model has %d classes without names, %s only %d; they are taken for its first%n",
          model.network().classes(), images.name(), images.classes());
      err.flush();
    }
    return images;
  }

  private static <T> T reading(String data, Supplier<T> images) {
    try {
      return images.get();
    } catch (OutOfMemoryError e) {
      throw new CommandException(
          "the images of "
              + Printable.of(data)
              + " do not fit into "
              + JavaHeap.size()
              + "; use "
              + JavaHeap.larger(),
          e);
    }
  }

  private static DataSets.Place place(
      String data, Path sets, Optional<Shape> input, PrintWriter err) {
    return new DataSets.Place(data, sets, input, ReadingDisplay.open(err));
  }
}
