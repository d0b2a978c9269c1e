package org.aparanet.engine.opencl.kernel;

import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import java.util.Arrays;
import java.util.Random;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.aparanet.engine.opencl.plan.ProductShape;
import org.aparanet.engine.opencl.plan.SingleRow;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/**
 * A program that runs one product of one layer once, for a simulator to count its instructions.
 * Arguments: the input as CxHxW, the layers as text, the number of the layer from 0, the operation,
 * the batch.
 */
final class OperationProbe {
  /** A device with as many work-groups as the tables in docs/performance.md assume. */
  private static final int GROUPS = 64;

  private OperationProbe() {}

  public static void main(String[] arguments) {
    int[] sides = Arrays.stream(arguments[0].split("x")).mapToInt(Integer::parseInt).toArray();
    Network network = NetworkText.parse(new Shape(sides[0], sides[1], sides[2]), arguments[1]);
    Network.Node node = network.nodes().get(Integer.parseInt(arguments[2]));
    int batch = Integer.parseInt(arguments[4]);
    int[] layer = SingleRow.shapes(node);
    layer[Pass.BIAS] = node.tensors().get(0).size();
    layer[Pass.RELU] = 1;
    int operation =
        switch (arguments[3]) {
          case "forward" -> Opcode.FORWARD;
          case "data" -> Opcode.BACKWARD_DATA;
          case "filter" -> Opcode.BACKWARD_FILTER;
          default -> throw new IllegalArgumentException(arguments[3]);
        };
    int[] row = SingleRow.product(operation, layer);
    ProductShape plan = ProductShape.of(row, batch, GROUPS);
    row = plan.in(row);
    row[Pass.PARTIALS] = 0;
    if (operation == Opcode.FORWARD) {
      row[Pass.PARTIAL_STRIDE] = batch * node.output().size();
    }
    float[] input = noise(batch * node.input().size());
    float[] output = noise(batch * node.output().size());
    float[] parameters = noise(node.parameterCount());
    float[] partials = new float[plan.chunks() * Math.max(output.length, parameters.length)];
    int[] passes = SingleRow.passes(row);
    MatrixProduct kernel;
    if (operation == Opcode.FORWARD) {
      ConvolutionForward forward = new ConvolutionForward();
      forward.input = input;
      forward.parameters = parameters;
      forward.output = output;
      forward.partials = partials;
      kernel = forward;
    } else if (operation == Opcode.BACKWARD_DATA) {
      ConvolutionBackwardData data = new ConvolutionBackwardData();
      data.input = input;
      data.parameters = parameters;
      data.dOutput = output;
      data.dInput = input.clone();
      kernel = data;
    } else {
      ConvolutionBackwardFilter filter = new ConvolutionBackwardFilter();
      filter.input = input;
      filter.dOutput = output;
      filter.partials = partials;
      kernel = filter;
    }
    kernel.passes = passes;
    kernel.batch = batch;
    kernel.setExplicit(true);
    OpenCLDevice target = OpenClTestDevice.target(HostMemory.SEPARATE);
    OpenClTestDevice.bind(kernel, target);
    int units = units(row, batch);
    kernel.execute(Range.create(target, units * BlockProduct.GROUP, BlockProduct.GROUP));
    kernel.dispose();
    System.out.println(
        "multiply-adds "
            + (long) row[Pass.ROWS] * row[Pass.COLUMNS] * row[Pass.DEPTH] * batch
            + " units "
            + units
            + " tile "
            + plan.tileRows()
            + " chunks "
            + plan.chunks());
  }

  /** Work-groups that have work: one tile each. */
  private static int units(int[] row, int batch) {
    boolean filter = row[Pass.OPERATION] == Opcode.BACKWARD_FILTER;
    int columns = row[Pass.COLUMNS] * (filter ? 1 : batch);
    int tileColumns = row[Pass.ITEMS_ACROSS] * TileProduct.ITEM_COLUMNS;
    return ceiling(row[Pass.ROWS], row[Pass.TILE_ROWS])
        * ceiling(columns, tileColumns)
        * row[Pass.CHUNKS];
  }

  private static int ceiling(int dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private static float[] noise(int length) {
    Random random = new Random(1);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
