package org.aparanet.engine.cpu.channel;

import java.util.Arrays;
import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.cpu.vector.LaneMemory;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Network.Node;

/**
 * Dense layer of one image. Its inputs have the layout of the layer before, borders included, and
 * its weights the same.
 */
final class ChannelDense extends ChannelLayer {
  private static final int LEAST_PART = 1 << 14; // products that are worth another thread
  private static final int MOST_PARTS = 8;

  private final int inputs; // length of a row of weights
  private final int outputs;
  private final int weight;
  private final int bias;
  private final int end;
  private final int row; // where the gradient of the input is written, in one piece
  private final int[] targets; // positions to copy it to; empty where it is written in place

  ChannelDense(Node node, ChannelLayers layers) {
    super(node, layers);
    inputs = rowLength(node, layers.memory());
    outputs = node.output().size();
    weight = layers.order().weight(node);
    bias = layers.order().bias(node);
    end = layers.order().end(node);
    boolean right = dIn != null && dIn.dense();
    row = right ? dIn.at() : layers.memory().scratch(inputs, 1);
    targets = dIn == null || right ? new int[0] : dIn.planeIndices();
  }

  /** Floats of a row of weights: as many as the input takes, in whole vectors. */
  static int rowLength(Node node, LaneMemory memory) {
    return memory.wholeVectors(memory.input(node).value().size());
  }

  @Override
  void forward(ChannelSlice s, float[] parameters) {
    int part = Math.max(2, LEAST_PART / inputs / 2 * 2); // outputs are computed in pairs
    if (s.team().count() == 1 || outputs <= part) {
      forward(s, 0, parameters, 0, outputs);
    } else {
      int size = Math.max(part, (outputs / MOST_PARTS + 1) / 2 * 2);
      s.team()
          .run(
              (outputs + size - 1) / size,
              (worker, task) ->
                  forward(
                      s, worker, parameters, task * size, Math.min(outputs, (task + 1) * size)));
    }
  }

  private void forward(ChannelSlice s, int worker, float[] parameters, int from, int to) {
    s.channels.dense(
        inputs,
        to - from,
        parameters,
        weight + from * inputs,
        bias + from,
        s.memory,
        in.at(),
        out.at() + from,
        s.scratch(worker, s.channels.denseScratch()));
  }

  @Override
  void backward(ChannelSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    if (!accumulate) {
      Arrays.fill(gradient, weight, end, 0f);
    }
    s.channels.denseBackward(
        inputs, outputs, parameters, weight, s.memory, in.at(), dOut.at(), row, gradient, bias);
    spreadRow(s.memory);
    s.lap(node, Direction.BACKWARD);
  }

  @Override
  void backwardAndUpdate(ChannelSlice s, float[] parameters, float[] gradient, StepRates rates) {
    s.channels.denseStep(
        inputs,
        outputs,
        parameters,
        weight,
        s.memory,
        in.at(),
        dOut.at(),
        row,
        gradient,
        bias,
        rates.at(weight));
    spreadRow(s.memory);
    s.lap(node, Direction.BACKWARD_UPDATE);
  }

  /** Copies the gradient of the input to the positions that the layer before reads. */
  private void spreadRow(float[] memory) {
    int depth = in.columnStride();
    for (int p = 0; p < targets.length; p++) {
      System.arraycopy(memory, row + p * depth, memory, targets[p], depth);
    }
  }
}
