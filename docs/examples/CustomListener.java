///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS org.aparanet:aparanet:0.1.0-SNAPSHOT
//RUNTIME_OPTIONS --add-modules jdk.incubator.vector

import java.nio.file.Path;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.train.TrainingListener;

/**
 * Prints the loss now and then, and stops the training once it is low enough or has taken long
 * enough. The result is that of the steps until then.
 */
class CustomListener {
  private static final double LOSS = 0.25;
  private static final long SECONDS = 20;

  public static void main(String[] args) {
    DataSet mnist = DataSets.open("mnist", Path.of(args.length > 0 ? args[0] : "data"));
    Training training = Training.network("lenet").epochs(100).batch(32).seed(1);

    Training.Result result = training.listener(new Watch(training)).run(mnist);

    System.out.println("test accuracy " + result.accuracy());
  }

  /** Looks at each step; it is called on the thread that trains, so it should be quick. */
  private static final class Watch implements TrainingListener {
    private final Training training;
    private final long end = System.nanoTime() + SECONDS * 1_000_000_000;
    private double loss = Double.NaN;

    Watch(Training training) {
      this.training = training;
    }

    @Override
    public void step(Step step) {
      // the loss of a single step jumps up and down with its few images
      loss = step.step() == 1 ? step.loss() : 0.98 * loss + 0.02 * step.loss();
      if (step.step() % 100 == 0) {
        System.out.printf("step %d: loss %.3f%n", step.step(), loss);
      }
      if (loss < LOSS) {
        System.out.printf("step %d: loss below %.2f, stopping%n", step.step(), LOSS);
        training.stop();
      } else if (System.nanoTime() - end > 0) {
        System.out.printf("step %d: %d s are over, stopping%n", step.step(), SECONDS);
        training.stop();
      }
    }
  }
}
