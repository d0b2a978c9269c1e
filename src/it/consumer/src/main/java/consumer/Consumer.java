package consumer;

import java.nio.file.Path;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;

/** Trains a network for some steps on each device, saves the model and reads it again. */
public final class Consumer {
  private static final String NETWORK = "conv 4 3, relu, pool 2, dense 10";

  private Consumer() {}

  /**
   * Starts the program.
   *
   * @param arguments the folder of data sets, the file for the model, and devices
   */
  public static void main(String[] arguments) {
    DataSet mnist = DataSets.open("mnist", Path.of(arguments[0]));
    Path file = Path.of(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      Model model =
          Training.network(NETWORK)
              .limit(2000)
              .epochs(1)
              .batch(16)
              .seed(1)
              .device(arguments[i])
              .run(mnist)
              .model();
      model.save(file);
      if (!ModelFile.load(file).network().text().equals(model.network().text())) {
        throw new IllegalStateException("the file " + file + " has another network");
      }
      System.out.println("trained on " + arguments[i]);
    }
  }
}
