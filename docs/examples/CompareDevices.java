///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS org.aparanet:aparanet:0.1.0-SNAPSHOT
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.select.Engines;
import org.aparanet.train.TrainingFailedException;

/**
 * Trains the same steps on each device of this machine. All of them begin with the same parameters
 * and see the same images in the same order, so they come to the same accuracy but for rounding.
 */
class CompareDevices {
  public static void main(String[] args) {
    int threads = Runtime.getRuntime().availableProcessors();
    DataSet mnist = DataSets.open("mnist", Path.of(args.length > 0 ? args[0] : "data"));
    DataSet some = new DataSet(mnist.train().first(6400), mnist.test().first(1000));
    DoubleSummaryStatistics accuracies = new DoubleSummaryStatistics();

    for (Device device : new Engines(threads).devices()) {
      try {
        training(device).limit(640).run(some); // not timed: Java compiles what it meets often
        Training.Result result = training(device).run(some);
        accuracies.accept(100 * result.accuracy().share());
        System.out.printf(
            "%s: %.2f s, %,.0f images/s, test accuracy %s%n",
            device,
            result.training().seconds(),
            result.training().imagesPerSecond(),
            result.accuracy());
      } catch (EngineException | TrainingFailedException e) {
        System.out.println(device + ": " + e.getMessage());
      }
    }

    double apart = accuracies.getMax() - accuracies.getMin();
    System.out.printf(
        "%d device(s), %.1f points apart: they %s%n",
        accuracies.getCount(), apart, apart <= 1 ? "agree" : "do not agree");
  }

  private static Training training(Device device) {
    return Training.network("article")
        .epochs(1)
        .batch(32)
        .learningRate(0.2)
        .seed(1)
        .device(device.id());
  }
}
