package org.aparanet.engine.opencl.plan;

import java.util.ArrayList;
import java.util.List;
import org.aparanet.engine.opencl.kernel.Opcode;
import org.aparanet.engine.opencl.kernel.Pass;

/** Passes of a network, collected layer by layer, each with its rows. */
final class PassLists {
  private final int batch;
  private final int groups;
  private final List<List<int[]>> forward = new ArrayList<>();
  private final List<List<int[]>> inference = new ArrayList<>();
  private final List<List<int[]>> backward = new ArrayList<>();
  private final List<int[]> updates = new ArrayList<>();
  private long gradientPartials;
  private long forwardPartials;

  /**
   * @param batch the most images of a step
   * @param groups work-groups that fill the device
   */
  PassLists(int batch, int groups) {
    this.batch = batch;
    this.groups = groups;
  }

  /** Most images of a step. */
  int batch() {
    return batch;
  }

  /** Passes from the images to the logits, in training. */
  List<List<int[]>> forward() {
    return forward;
  }

  /** Passes from the images to the logits, in inference. */
  List<List<int[]>> inference() {
    return inference;
  }

  /** Passes from the logits' gradient to the gradients of all parameters. */
  List<List<int[]>> backward() {
    return backward;
  }

  /** Rows of the update, one for each layer with parameters. */
  List<int[]> updates() {
    return updates;
  }

  /** Elements of the array of sums divided into chunks. */
  long partials() {
    return Math.max(gradientPartials, forwardPartials);
  }

  /** Adds a pass that is the same in training and inference. */
  void addForward(int[] row) {
    List<int[]> pass = List.of(row);
    forward.add(pass);
    inference.add(pass);
  }

  /** Adds a forward pass of training alone. */
  void addTraining(int[] row) {
    forward.add(List.of(row));
  }

  /** Adds a forward pass of inference alone. */
  void addInference(int[] row) {
    inference.add(List.of(row));
  }

  void addBackward(int[] row) {
    addBackward(List.of(row));
  }

  void addBackward(List<int[]> pass) {
    backward.add(pass);
  }

  /** Divides sums of a forward pass into chunks, which the next pass adds up. */
  void cutForward(int[] row, int stride) {
    row[Pass.PARTIALS] = 0;
    row[Pass.PARTIAL_STRIDE] = stride;
    forwardPartials = Math.max(forwardPartials, (long) row[Pass.CHUNKS] * stride);
  }

  /** Gives a gradient's chunks an offset, and has the update add them up. */
  int[] gradient(int[] row) {
    row[Pass.PARTIALS] = (int) Math.min(gradientPartials, Integer.MAX_VALUE);
    gradientPartials += (long) row[Pass.CHUNKS] * row[Pass.PARTIAL_STRIDE];
    int[] update = PassRows.with(row, Opcode.UPDATE);
    updates.add(0, PassRows.with(update, Pass.COLUMNS, row[Pass.PARTIAL_STRIDE]));
    return row;
  }

  /** Product's row with its shape on the device. */
  int[] shaped(int[] row) {
    return ProductShape.of(row, batch, groups).in(row);
  }

  /** Batch normalisation's row with the chunks of each channel. */
  int[] normChunks(int[] row) {
    long elements = (long) batch * row[Pass.HEIGHT] * row[Pass.WIDTH];
    int chunks = ProductShape.normChunks(row[Pass.CHANNELS], elements, groups);
    return PassRows.with(row, Pass.CHUNKS, chunks);
  }
}
