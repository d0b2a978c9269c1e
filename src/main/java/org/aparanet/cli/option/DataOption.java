package org.aparanet.cli.option;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.data.ImageSet;
import org.aparanet.data.Split;
import org.aparanet.data.format.Printable;
import org.aparanet.model.Model;
import org.aparanet.model.Shape;
import org.aparanet.train.NetworkMatch;
import picocli.CommandLine.Option;

/** {@code --data}, for the commands that read a data set. */
public final class DataOption {

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
   * Both parts, for training.
   *
   * @param sets the folder of the data sets that have a name
   */
  public DataSet open(Path sets, InputOption input, PrintWriter err) {
    DataSet set = reading(() -> DataSets.open(place(sets, input.shape(), err)));
    input.requireUsed(set.train().name(), set.train().shape());
    return set;
  }

  /**
   * The test part, for a model.
   *
   * @param sets the folder of the data sets that have a name
   * @throws org.aparanet.train.NetworkMismatchException if the model does not suit it
   */
  public ImageSet openTest(Path sets, Model model, PrintWriter err) {
    ImageSet images =
        reading(() -> DataSets.openSplit(place(sets, model.network().input(), err), Split.TEST));
    NetworkMatch.check(model, images);
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
              + JavaHeap.size()
              + "; use "
              + JavaHeap.larger(),
          e);
    }
  }

  private DataSets.Place place(Path sets, Shape input, PrintWriter err) {
    Consumer<String> notes =
        note -> {
          err.println(note);
          err.flush();
        };
    return new DataSets.Place(data, sets, input, notes);
  }
}
