package org.aparanet.engine.support;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aparanet.engine.StepPart;
import org.aparanet.model.Dense;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;

/**
 * Names the pieces of a step and counts their work, in the same way for every engine.
 *
 * <p>FLOP are two for each multiply-add of the layer's definition, whatever arithmetic an engine
 * uses. Bytes count each number that has to be read or written once; what stays in a cache between
 * two pieces is counted all the same.
 *
 * @param network the network
 * @param images images of the step
 */
public record StepParts(Network network, int images) {

  /** Which way through a layer. */
  public enum Direction {
    /** From the input to the output. */
    FORWARD("forward"),
    /** The gradient of the output, where a ReLU stands behind the layer. */
    BACKWARD_RELU("relu backward"),
    /** The gradient of the layer's own parameters. */
    BACKWARD_FILTER("backward filter"),
    /** The gradient of the layer's input. */
    BACKWARD_DATA("backward data"),
    /** Both gradients. */
    BACKWARD("backward filter + data"),
    /** Both gradients, and the parameters moved. */
    BACKWARD_UPDATE("backward + update");

    private final String label;

    Direction(String label) {
      this.label = label;
    }
  }

  /**
   * A layer, with those behind it that are computed together with it.
   *
   * @param nodes the layer, then the others
   * @param direction which way
   * @param nanos time of it
   * @param launches launches of device code
   */
  public StepPart layer(List<Node> nodes, Direction direction, double nanos, int launches) {
    Node node = nodes.get(0);
    String names =
        network.before()
            + node.index()
            + 1
            + ". "
            + nodes.stream().map(n -> n.layer().label()).collect(Collectors.joining(" + "));
    boolean learns = !node.tensors().isEmpty();
    String way = learns ? direction.label : direction == Direction.FORWARD ? "forward" : "backward";
    if (node.layer() instanceof Dense) {
      way = way.replace("filter", "weights");
    }
    double in = node.input().size();
    double out = nodes.get(nodes.size() - 1).output().size();
    if (direction == Direction.BACKWARD_RELU) {
      double bytes = 3.0 * Float.BYTES * images * node.output().size();
      return new StepPart(
          names + ", " + way, StepPart.Kind.RELU, nanos, launches, 0, bytes, names, 0);
    }
    boolean both = direction == Direction.BACKWARD || direction == Direction.BACKWARD_UPDATE;
    double flop = 2.0 * node.multiplyAdds() * images * (both && learns ? 2 : 1);
    double numbers = (in + out) * images + node.parameterCount();
    if (both && learns) { // input and gradient are read, filters too, and both gradients written
      numbers = (2 * in + out) * images + 2.0 * node.parameterCount();
    }
    return new StepPart(
        names + ", " + way,
        node.accept(new StepKinds(direction)),
        nanos,
        launches,
        flop,
        Float.BYTES * numbers,
        names,
        0);
  }

  /**
   * Several layers in one piece.
   *
   * @param parts one for each of them, which lasts {@code nanos} already
   */
  public static StepPart together(List<StepPart> parts, double nanos) {
    StepPart first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    String layers = joined(parts, StepPart::layer);
    return new StepPart(
        layers + ", " + joined(parts, StepPart::operation),
        first.kind(),
        nanos,
        first.launches(),
        parts.stream().mapToDouble(StepPart::flop).sum(),
        parts.stream().mapToDouble(StepPart::bytes).sum(),
        layers,
        first.workGroups());
  }

  /** Texts of parts, each text once. */
  private static String joined(List<StepPart> parts, Function<StepPart, String> text) {
    return parts.stream().map(text).distinct().collect(Collectors.joining("; "));
  }

  /** Pixels, which are bytes, to floats; or floats to their places. */
  public StepPart input(double nanos, int launches) {
    boolean pixels = network.before() == 0;
    double bytes = ((pixels ? 1.0 : Float.BYTES) + Float.BYTES) * images * network.input().size();
    String name = pixels ? "images to floats" : "outputs of the layers before";
    return new StepPart(name, StepPart.Kind.INPUT, nanos, launches, 0, bytes);
  }

  /** Filters laid out anew for the arithmetic. */
  public StepPart filters(double nanos) {
    double bytes = 2.0 * Float.BYTES * network.parameterCount();
    return new StepPart("filters laid out", StepPart.Kind.FILTERS, nanos, 0, 0, bytes);
  }

  /** Softmax and loss. */
  public StepPart softmax(double nanos) {
    double bytes = 2.0 * Float.BYTES * images * network.classes();
    return new StepPart("softmax and loss, on the host", StepPart.Kind.SOFTMAX, nanos, 0, 0, bytes);
  }

  /** All parameters moved. */
  public StepPart update(double nanos, int launches) {
    double bytes = 3.0 * Float.BYTES * network.parameterCount();
    return new StepPart("update", StepPart.Kind.UPDATE, nanos, launches, 0, bytes);
  }

  /**
   * The same, and the pixels of the next step's images to floats.
   *
   * @param next images of the next step
   */
  public StepPart updateAndInput(double nanos, int launches, int next) {
    double bytes = (1.0 + Float.BYTES) * next * network.input().size();
    StepPart update = update(nanos, launches).called("next images to floats");
    return new StepPart(update.name(), update.kind(), nanos, launches, 0, update.bytes() + bytes);
  }

  /** The images' numbers, and those of the next step's images, to the device. */
  public StepPart indices(double nanos) {
    return transfer("indices to the device", nanos, 2);
  }

  /** The logits, to the host. */
  public StepPart logits(double nanos) {
    return transfer("logits to the host", nanos, network.classes());
  }

  /** The logits' gradient, to the device. */
  public StepPart gradient(double nanos) {
    return transfer("gradient to the device", nanos, network.classes());
  }

  /** Readback of a step's status, a few numbers. */
  public StepPart answer(double nanos) {
    return transfer("answer to the host", nanos, 0);
  }

  private StepPart transfer(String what, double nanos, int numbersOfImage) {
    double bytes = (double) Float.BYTES * images * numbersOfImage;
    return new StepPart("transfer: " + what, StepPart.Kind.TRANSFER, nanos, 0, 0, bytes);
  }
}
