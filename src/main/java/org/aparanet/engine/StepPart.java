package org.aparanet.engine;

/**
 * One of the pieces that a training step is made of, with the time that it took.
 *
 * @param name such as {@code 1. conv 32 3 same + relu + pool 2, forward}; what is computed together
 *     is named together
 * @param kind what sort of work it is
 * @param nanos time of this piece in one step, in nanoseconds
 * @param launches launches of device code; 0 on the host
 * @param flop floating-point operations by the layer's definition; 0 where it only moves data
 * @param bytes bytes that have to be read or written, each number once
 * @param layer the layers that it belongs to, with which its name begins; empty if to none
 * @param workGroups work-groups of a launch; 0 on the host
 */
public record StepPart(
    String name,
    Kind kind,
    double nanos,
    int launches,
    double flop,
    double bytes,
    String layer,
    int workGroups) {

  /**
   * A piece that belongs to no layer.
   *
   * @param name such as {@code 1. conv 32 3 same + relu + pool 2, forward}; what is computed
   *     together is named together
   * @param kind what sort of work it is
   * @param nanos time of this piece in one step, in nanoseconds
   * @param launches launches of device code; 0 on the host
   * @param flop floating-point operations by the layer's definition; 0 where it only moves data
   * @param bytes bytes that have to be read or written, each number once
   */
  public StepPart(String name, Kind kind, double nanos, int launches, double flop, double bytes) {
    this(name, kind, nanos, launches, flop, bytes, "", 0);
  }

  /** Sorts of work, in the order of a step. */
  public enum Kind {
    /** The batch's pixels become floats in the network's input. */
    INPUT("input"),
    /** Filters are laid out or transformed for the arithmetic. */
    FILTERS("filter layout"),
    /** A convolution's output. */
    CONVOLUTION_FORWARD("conv forward"),
    /** The gradient of a convolution's filters and bias. */
    CONVOLUTION_BACKWARD_FILTER("conv backward filter"),
    /** The gradient of a convolution's input. */
    CONVOLUTION_BACKWARD_DATA("conv backward data"),
    /** Both gradients of a convolution in one launch. */
    CONVOLUTION_BACKWARD("conv backward filter + data"),
    /** A max-pool of its own or an average pool, either way. */
    POOL("pool"),
    /** Batch normalisation, either way. */
    NORM("batch norm"),
    /** Dropout and residual sums, either way. */
    ELEMENTWISE("elementwise"),
    /** A ReLU of its own, either way. */
    RELU("relu"),
    /** A dense layer, either way. */
    DENSE("dense"),
    /** Softmax and loss on the host. */
    SOFTMAX("softmax"),
    /** Gradients added up and parameters moved. */
    UPDATE("update"),
    /** Between host and device. */
    TRANSFER("transfer"),
    /** Time that starting work on the device costs, whatever the work. */
    CALL("calls"),
    /** Threads without work while others have some. */
    WAITING("waiting"),
    /** A step that its session cannot take apart. */
    STEP("step");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** A few words, such as {@code conv forward}. */
    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * {@return this piece with another time}
   *
   * @param other in nanoseconds
   */
  public StepPart lasting(double other) {
    return new StepPart(name, kind, other, launches, flop, bytes, layer, workGroups);
  }

  /**
   * {@return this piece with a few more words to its name}
   *
   * @param suffix words that follow the name
   */
  public StepPart called(String suffix) {
    return new StepPart(
        name + ", " + suffix, kind, nanos, launches, flop, bytes, layer, workGroups);
  }

  /**
   * {@return this piece as a launch of {@code workGroups} work-groups}
   *
   * @param groups number of work-groups
   */
  public StepPart of(int groups) {
    return new StepPart(name, kind, nanos, launches, flop, bytes, layer, groups);
  }

  /** {@return the name without the layers} */
  public String operation() {
    return layer.isEmpty() ? name : name.substring(layer.length() + ", ".length());
  }
}
