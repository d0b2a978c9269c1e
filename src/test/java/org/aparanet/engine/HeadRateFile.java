package org.aparanet.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;

/**
 * A training run in which the head has a learning rate of its own, as PyTorch's parameter groups
 * computed it; {@code head_rate.py} beside the files made them.
 */
public final class HeadRateFile {

  /** All runs. */
  public static final List<String> NAMES =
      List.of("sgd", "few", "momentum", "nesterov", "adam", "adamw");

  private final ReferenceFile file;

  /**
   * @param name one of {@link #NAMES}
   */
  public HeadRateFile(String name) {
    file = new ReferenceFile("head-" + name + ".safetensors");
  }

  /** The network that was trained. */
  public Network network() {
    return NetworkText.parse(ReferenceFile.images().shape(), file.metadata("network"));
  }

  /** Images of a step; step i takes those from i * batch on. */
  public int batch() {
    return Integer.parseInt(file.metadata("batch"));
  }

  /** The learning rate of all layers but the head, before the schedule. */
  public float learningRate() {
    return number("learning_rate");
  }

  /** The head's learning rate, before the schedule. */
  public float headRate() {
    return number("head_rate");
  }

  /** The schedule's text. */
  public String schedule() {
    return file.metadata("schedule");
  }

  /** The learning rate of all layers but the head, of each step. */
  public double[] rates() {
    return file.tensor("rates");
  }

  /** The loss of each step, before its update. */
  public double[] losses() {
    return file.tensor("losses");
  }

  /** The optimizer with its numbers. */
  public Optimizer optimizer() {
    float clip = number("clip_norm");
    return new Optimizer(
        Optimizer.Rule.valueOf(file.metadata("rule")),
        number("momentum"),
        number("beta2"),
        number("weight_decay"),
        clip == 0 ? Float.POSITIVE_INFINITY : clip,
        headRate() / (double) learningRate(),
        1);
  }

  private float number(String key) {
    return Float.parseFloat(file.metadata(key));
  }

  /** The parameters before the first step. */
  public double[] initial() {
    return parameters("initial.");
  }

  private double[] parameters(String prefix) {
    Network network = network();
    double[] all = new double[network.parameterCount()];
    for (Network.Tensor tensor : network.tensors()) {
      double[] values = file.tensor(prefix + tensor.name());
      assertEquals(tensor.size(), values.length, tensor.name());
      System.arraycopy(values, 0, all, tensor.offset(), values.length);
    }
    return all;
  }

  /**
   * Asserts that each tensor has gone the way that it went in PyTorch.
   *
   * @param parameters after the last step
   * @param tolerance of the distance, as a part of the way's length
   */
  public void assertFinal(double[] parameters, double tolerance) {
    double[] way = difference(parameters("final."), initial());
    double[] gone = difference(parameters, initial());
    for (Network.Tensor tensor : network().tensors()) {
      double squares = 0;
      double length = 0;
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        squares += (gone[i] - way[i]) * (gone[i] - way[i]);
        length += way[i] * way[i];
      }
      double distance = Math.sqrt(squares / length);
      assertTrue(
          distance <= tolerance, () -> tensor.name() + " is off by " + distance + " of its way");
    }
  }

  private static double[] difference(double[] values, double[] from) {
    double[] difference = new double[values.length];
    Arrays.setAll(difference, i -> values[i] - from[i]);
    return difference;
  }

  /** The numbers in single precision, which hold them exactly before the first step. */
  public static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The numbers in double precision. */
  public static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
