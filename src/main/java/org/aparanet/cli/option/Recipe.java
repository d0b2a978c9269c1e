package org.aparanet.cli.option;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Trainings that have a name: a data set, a network and all that goes with them, as options of the
 * command {@code train}. docs/training.md says what they achieve.
 */
public enum Recipe {

  /** One pass over MNIST. */
  MNIST_FAST(
      "--data=mnist",
      "--network=conv 8 5 nobias, pool 2, batchnorm relu, conv 32 5 nobias, pool 2, batchnorm relu,"
          + " dense 10",
      "--epochs=1",
      "--batch=96",
      "--learning-rate=0.4",
      "--optimizer=nesterov",
      "--momentum=0.9",
      "--weight-decay=0.0005",
      "--schedule=one-cycle",
      "--label-smoothing=0.05"),

  /** MNIST as well as a network of this size learns it. */
  MNIST_BEST(
      "--data=mnist",
      "--network=conv 32 5 nobias, pool 2, batchnorm relu, conv 64 3 nobias, batchnorm relu, conv 64"
          + " 3 nobias, pool 2, batchnorm relu, dropout 0.3, dense 128 relu, dropout 0.4, dense 10",
      "--epochs=15",
      "--batch=128",
      "--learning-rate=0.15",
      "--optimizer=nesterov",
      "--momentum=0.9",
      "--weight-decay=0.0005",
      "--schedule=one-cycle",
      "--label-smoothing=0.1",
      "--augment=shift 2, rotate 10, scale 0.1, shear 5",
      "--test-every=5"),

  /** Fashion-MNIST as well as a network of this size learns it. */
  FASHION_BEST(
      "--data=fashion-mnist",
      "--network=conv 32 3 same nobias, batchnorm relu, conv 32 3 same nobias, pool 2, batchnorm relu,"
          + " conv 64 3 same nobias, batchnorm relu, conv 64 3 same nobias, pool 2, batchnorm relu,"
          + " conv 128 3 same nobias, batchnorm relu, pool 2, dropout 0.3, dense 10",
      "--epochs=15",
      "--batch=128",
      "--learning-rate=0.1",
      "--optimizer=nesterov",
      "--momentum=0.9",
      "--weight-decay=0.0005",
      "--schedule=one-cycle",
      "--label-smoothing=0.1",
      "--augment=shift 1, flip",
      "--test-every=5"),

  /** CIFAR-10 with a small residual network. */
  CIFAR_SMALL(
      "--data=cifar10",
      "--network=conv 16 3 same nobias, batchnorm relu, [conv 16 3 same nobias, batchnorm relu, conv"
          + " 16 3 same nobias, batchnorm] relu, conv 32 3 stride 2 pad 1 nobias, batchnorm relu,"
          + " [conv 32 3 same nobias, batchnorm relu, conv 32 3 same nobias, batchnorm] relu, conv"
          + " 64 3 stride 2 pad 1 nobias, batchnorm relu, [conv 64 3 same nobias, batchnorm relu,"
          + " conv 64 3 same nobias, batchnorm] relu, globalpool, dense 10",
      "--epochs=30",
      "--batch=128",
      "--learning-rate=0.1",
      "--optimizer=nesterov",
      "--momentum=0.9",
      "--weight-decay=0.0005",
      "--schedule=one-cycle",
      "--augment=shift 4, flip",
      "--test-every=5");

  /** Suit one optimizer only. */
  private static final Set<String> OF_THE_OPTIMIZER =
      Set.of("--learning-rate", "--momentum", "--beta2", "--weight-decay");

  private final List<String> options;

  Recipe(String... options) {
    this.options = List.of(options);
  }

  /** The name on the command line, such as {@code mnist-fast}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The names. */
  static List<String> labels() {
    return Arrays.stream(values()).map(Recipe::label).toList();
  }

  /** The recipe of that name, in capitals or not, or none. */
  static Optional<Recipe> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(recipe -> recipe.label().equals(lower)).findFirst();
  }

  /** Its options. */
  public List<String> options() {
    return options;
  }

  /**
   * Its options, with others in the place of those of the same name. With another optimizer go
   * neither its rate nor its decay.
   *
   * @param given by name
   */
  public List<String> with(Map<String, String> given) {
    Map<String, String> all = ResumedArguments.split(options);
    if (given.containsKey("--optimizer")
        && !given.get("--optimizer").equals(all.get("--optimizer"))) {
      all.keySet().removeAll(OF_THE_OPTIMIZER);
    }
    if (given.containsKey("--weights") && !given.containsKey("--network")) {
      all.remove("--network"); // the model brings its own
    }
    all.putAll(given);
    return ResumedArguments.join(all);
  }
}
