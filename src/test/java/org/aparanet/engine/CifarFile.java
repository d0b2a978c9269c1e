package org.aparanet.engine;

import static org.aparanet.engine.Closeness.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;

/**
 * A training run of a recipe of CIFAR-10, as PyTorch computed it in double precision; {@code
 * cifar.py} beside the files made them. Images and first parameters follow from formulas.
 */
public final class CifarFile {
  private static final Shape SHAPE = new Shape(3, 32, 32);
  private static final int CLASSES = 10;

  /** Mean and standard deviation of the channels, in the same units as {@code cifar.py} has. */
  private static final PixelNormalization NORMALIZATION =
      new PixelNormalization(List.of(0.5f, 0.45f, 0.4f), List.of(0.25f, 0.2f, 0.3f));

  /** Elements of a tensor that the files keep, or up to twice as many. */
  private static final int SAMPLES = 128;

  private final ReferenceFile file;

  /**
   * @param name without the ending
   */
  public CifarFile(String name) {
    file = new ReferenceFile(name + ".safetensors");
  }

  /** The name of the recipe in capitals. */
  public String recipe() {
    return file.metadata("recipe");
  }

  /** The network that was trained. */
  public Network network() {
    return NetworkText.parse(SHAPE, file.metadata("network"))
        .withNormalization(Optional.of(NORMALIZATION));
  }

  /** Images of a step; step i takes those from i * batch on. */
  public int batch() {
    return Integer.parseInt(file.metadata("batch"));
  }

  /** The largest learning rate. */
  public float learningRate() {
    return Float.parseFloat(file.metadata("learning_rate"));
  }

  /** The loss of each step, before its update. */
  public double[] losses() {
    return file.tensor("losses");
  }

  /** The logits of the first batch after the last step, with running statistics. */
  public double[] inferred() {
    return file.tensor("inferred.logits");
  }

  /** The images of all steps: stripes that tell the class, under noise. */
  public ImageSet images() {
    int count = batch() * losses().length;
    byte[] pixels = new byte[count * SHAPE.size()];
    byte[] labels = new byte[count];
    int i = 0;
    for (int image = 0; image < count; image++) {
      int label = (3 * image + image / 10) % CLASSES;
      labels[image] = (byte) label;
      for (int c = 0; c < SHAPE.channels(); c++) {
        for (int y = 0; y < SHAPE.height(); y++) {
          for (int x = 0; x < SHAPE.width(); x++) {
            int wave = ((label + 1) * x + (10 - label) * (c + 1) * y) & 63;
            pixels[i] = (byte) ((mixed(i) >>> 57) + 4 * Math.min(wave, 63 - wave));
            i++;
          }
        }
      }
    }
    return new ImageSet("stripes", SHAPE, pixels, labels, CLASSES);
  }

  /** SplitMix64's mix of a number. */
  private static long mixed(long number) {
    long z = number * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The parameters before the first step. */
  public float[] initial() {
    Network network = network();
    long draw = Long.parseLong(file.metadata("draw"));
    float[] all = new float[network.parameterCount()];
    List<Network.Tensor> tensors = network.tensors();
    for (int t = 0; t < tensors.size(); t++) {
      long key = (1000 * draw + t + 1) << 32;
      for (int i = 0; i < tensors.get(t).size(); i++) {
        double u = (mixed(key + i) >>> 40) / (double) (1 << 24);
        all[tensors.get(t).offset() + i] = (float) first(tensors.get(t), u);
      }
    }
    return all;
  }

  /** A parameter for a number from 0 to below 1. */
  private static double first(Network.Tensor tensor, double u) {
    if (tensor.name().endsWith("running_mean")) {
      return 0;
    }
    if (tensor.name().endsWith("running_var")) {
      return 1;
    }
    if (tensor.dimensions().size() > 1) {
      return (2 * u - 1) * Math.sqrt(6.0 / (tensor.size() / tensor.dimensions().get(0)));
    }
    return tensor.name().endsWith("weight") ? 0.5 + u : (2 * u - 1) * 0.25;
  }

  /**
   * Asserts that the first logits are PyTorch's.
   *
   * @param logits of the first step, [batch, classes]
   * @param tolerance of their distance, as a part of the norm
   */
  public void assertFirst(float[] logits, double tolerance) {
    assertClose(file.tensor("first.logits"), logits, tolerance, "first.logits");
  }

  /**
   * Asserts that the losses are PyTorch's.
   *
   * @param losses of all steps
   * @param first how many steps follow closely
   * @param tolerance of these, as a part of the loss
   * @param later tolerance of the other ones
   */
  public void assertLosses(double[] losses, int first, double tolerance, double later) {
    double[] expected = losses();
    assertEquals(expected.length, losses.length);
    for (int step = 0; step < losses.length; step++) {
      double allowed = (step < first ? tolerance : later) * expected[step];
      assertEquals(expected[step], losses[step], allowed, "loss of step " + step);
    }
  }

  /**
   * Asserts that parameters and running statistics have gone the way that they went in PyTorch.
   *
   * @param parameters after the last step
   * @param tolerance of the distance of each tensor's samples, as a part of the way's length
   */
  public void assertFinal(double[] parameters, double tolerance) {
    float[] initial = initial();
    for (Network.Tensor tensor : network().tensors()) {
      double[] expected = file.tensor("final." + tensor.name());
      int stride = Math.max(1, tensor.size() / SAMPLES);
      assertEquals((tensor.size() + stride - 1) / stride, expected.length, tensor.name());
      double squares = 0;
      double way = 0;
      for (int i = 0; i < expected.length; i++) {
        int at = tensor.offset() + i * stride;
        squares += Math.pow(parameters[at] - expected[i], 2);
        way += Math.pow(expected[i] - initial[at], 2);
      }
      double distance = Math.sqrt(squares / way);
      assertTrue(
          distance <= tolerance, () -> tensor.name() + " is off by " + distance + " of its way");
    }
  }

  /**
   * Asserts that inference is PyTorch's.
   *
   * @param logits of the first batch after the last step
   * @param tolerance of their distance, as a part of the norm
   */
  public void assertInferred(float[] logits, double tolerance) {
    assertClose(inferred(), logits, tolerance, "inferred.logits");
  }
}
