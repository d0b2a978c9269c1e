package org.aparanet.engine.opencl.plan;

import org.aparanet.engine.opencl.kernel.Pass;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;

/** The forward and backward passes of one layer, and what may be computed along with it. */
interface LayerPasses {
  /** The passes of a layer of a network, by its kind. */
  static LayerPasses of(Network.Node node) {
    return node.accept(LayerKinds.ALL);
  }

  /**
   * What each output of a layer sees of a channel.
   *
   * @param height rows
   * @param width columns
   * @param stride step between two windows
   * @param padding rows and columns around the input
   */
  record Window(int height, int width, int stride, int padding) {
    static final Window OF_ONE = new Window(1, 1, 1, 0);
  }

  /** Allocator of activations. */
  interface Room {
    /** Reserves elements; returns the offset of the first. */
    int reserve(long count);
  }

  /** Shape of one image's input as the passes take it. */
  default Shape input(Network.Node node) {
    return node.input();
  }

  /** The window of the layer's row. */
  default Window window() {
    return Window.OF_ONE;
  }

  /** Fills in further fields of the layer's row that depend on the layer alone. */
  default void describe(int[] row) {}

  /** Fills in the offsets of what only this kind of layer has. */
  default void place(int[] row, Network.Node node, Room room) {}

  /** Whether the pass that computes the layer can apply the ReLU behind it. */
  default boolean joinsRelu() {
    return false;
  }

  /** Whether the pass that computes the layer can apply the 2 x 2 max-pool behind it. */
  default boolean joinsPool() {
    return false;
  }

  /** Whether the layer is a ReLU. */
  default boolean isRelu() {
    return false;
  }

  /** Whether the backward pass asks for the signs of the layer's own output. */
  default boolean gatesByOutput() {
    return false;
  }

  /** Whether the layer is a 2 x 2 max-pool of stride 2 without padding. */
  default boolean isHalvingPool() {
    return false;
  }

  /**
   * Whether the output may be written over the input, if nothing else reads that.
   *
   * @param keptAsMade whether the backward pass of the layer that made the input asks for its
   *     signs, or writes over its gradient
   */
  default boolean mayOverwriteInput(boolean keptAsMade) {
    return false;
  }

  /** Index of the first layer of the branch that the layer ends; {@link Pass#NONE} if none. */
  default int branchStart() {
    return Pass.NONE;
  }

  /** Index of the layer whose input the output is; {@link Pass#NONE} if it is one of its own. */
  default int source() {
    return Pass.NONE;
  }

  /** Adds the passes from input to output, in training and in inference. */
  void forward(int[] row, PassLists passes);

  /**
   * Adds the passes from the output's gradient to those of the parameters and the input.
   *
   * @param data whether the gradient of the input is needed
   */
  void backward(int[] row, boolean data, PassLists passes);
}
