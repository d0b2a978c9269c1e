package org.aparanet.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.data.ImageSet;
import org.aparanet.data.Split;
import org.aparanet.data.format.Printable;
import org.aparanet.model.Model;
import org.aparanet.model.Shape;
import picocli.CommandLine.Option;

/** {@code --data}, for the commands that read a data set. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      completionCandidates = Candidates.Sets.class,
      defaultValue = "mnist",
      description =
          "Data set: a name of \"aparanet data list\", or a folder with IDX files, with CIFAR-10 or"
              + " with a sub-folder of images for each class (default: mnist).")
  private String data;

  /** Both parts, for training. */
  DataSet open(InputOption input, PrintWriter err) {
    DataSet set = reading(() -> DataSets.open(place(input.shape(), err)));
    input.requireUsed(set.train().name(), set.train().shape());
    return set;
  }

  /**
   * The test part, for a model.
   *
   * @throws CommandException if the model does not fit it
   */
  ImageSet openTest(Model model, PrintWriter err) {
    ImageSet images =
        reading(() -> DataSets.openSplit(place(model.network().input(), err), Split.TEST));
    Fit.check(model, images);
    return images;
  }

  private <T> T reading(Supplier<T> images) {
    try {
      return images.get();
    } catch (OutOfMemoryError e) {
      throw new CommandException(
          "the images of "
              + Printable.of(data)
              + " do not fit into "
              + Failures.heap()
              + "; use "
              + Failures.largerHeap(),
          e);
    }
  }

  private DataSets.Place place(Shape input, PrintWriter err) {
    Consumer<String> notes =
        note -> {
          err.println(note);
          err.flush();
        };
    return new DataSets.Place(data, Home.data(), input, notes);
  }
}
