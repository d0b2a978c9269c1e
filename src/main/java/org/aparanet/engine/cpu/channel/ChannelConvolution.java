package org.aparanet.engine.cpu.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.engine.cpu.slice.OperationTimes;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.cpu.vector.Correlation;
import org.aparanet.engine.support.StepParts.Direction;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network.Node;

/**
 * Convolution of one image with channels in the lanes: each number of the input is multiplied with
 * vectors of filters.
 */
final class ChannelConvolution extends ChannelLayer {
  private static final int LEAST_PART = 48; // positions that are worth another thread
  private static final int MOST_PARTS = 8;

  private final ParameterArithmetic arithmetic;
  private final Correlation outputs;
  private final List<Correlation> parts; // of the outputs, for several threads
  private final Correlation inputGradient; // null where no layer needs it
  private final int weight;
  private final int bias; // -1 without
  private final int end;
  private final int filters;
  private final int area; // of a filter

  ChannelConvolution(Node node, Convolution layer, ChannelLayers layers) {
    super(node, layers);
    arithmetic = layers.arithmetic();
    outputs = Correlation.forward(node, layer, in, out);
    parts = parts(outputs);
    inputGradient = passesBack ? Correlation.backward(node, layer, dOut, dIn) : null;
    weight = layers.order().weight(node);
    bias = layers.order().bias(node);
    end = layers.order().end(node);
    filters = layer.filters();
    area = layer.filterHeight() * layer.filterWidth();
  }

  /** Divides positions into parts, of whole tiles but for the last one. */
  private static List<Correlation> parts(Correlation outputs) {
    int positions = outputs.in().length;
    int size = Math.max(LEAST_PART, (positions / MOST_PARTS + 7) / 8 * 8);
    List<Correlation> parts = new ArrayList<>();
    for (int from = 0; from < positions; from += size) {
      parts.add(outputs.at(IntStream.range(from, Math.min(positions, from + size)).toArray()));
    }
    return parts;
  }

  @Override
  int kept() {
    return passesBack ? inputGradient.tap().length * in.columnStride() : 0; // turned filters
  }

  @Override
  void forward(ChannelSlice s, float[] parameters) {
    if (s.team().count() == 1) {
      s.channels.correlate(outputs, parameters, weight, bias, s.memory);
    } else {
      s.team()
          .run(
              parts.size(),
              (worker, part) ->
                  s.channels.correlate(parts.get(part), parameters, weight, bias, s.memory));
    }
  }

  @Override
  void backward(ChannelSlice s, float[] parameters, float[] gradient, boolean accumulate) {
    s.channels.correlateGradient(
        outputs, gradients(), s.memory, gradient, weight, bias, accumulate);
    s.lap(node, Direction.BACKWARD_FILTER);
    if (passesBack) {
      float[] turned = s.kept(node);
      turn(parameters, turned);
      s.channels.correlate(inputGradient, turned, 0, -1, s.memory);
      s.lap(node, Direction.BACKWARD_DATA);
    }
  }

  /**
   * Turns filters [C, filterHeight, filterWidth, F] into [F, filterHeight, filterWidth, C]: in the
   * backward pass the input's channels are in the lanes.
   */
  private void turn(float[] parameters, float[] turned) {
    int depth = out.columnStride();
    int turnedDepth = in.columnStride();
    for (int c = 0; c < node.input().channels(); c++) {
      for (int k = 0; k < area; k++) {
        int from = weight + (c * area + k) * depth;
        for (int f = 0; f < filters; f++) {
          turned[(f * area + k) * turnedDepth + c] = parameters[from + f];
        }
      }
    }
  }

  @Override
  void backwardAndUpdate(ChannelSlice s, float[] parameters, float[] gradient, StepRates rates) {
    backward(s, parameters, gradient, false);
    arithmetic.update(weight, end, parameters, gradient, rates.body());
    s.lap(OperationTimes.Piece.UPDATE);
  }
}
