package org.aparanet.engine.check;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.model.BatchNorm;
import org.aparanet.model.Network;

/**
 * Random images, labels and parameters for a network; the same seed gives the same.
 *
 * @param network the network
 * @param images one for each row of a batch
 * @param parameters laid out as the network's tensors say
 */
public record Workload(Network network, ImageSet images, float[] parameters) {

  /** Closer to a kink than this, rounding may decide which way a ReLU or a pooling window goes. */
  public static final double MARGIN = 2e-5;

  private static final int SEEDS = 1000;

  /**
   * Draws a workload of {@code count} images.
   *
   * @param network to be worked on
   * @param count number of images
   * @param seed the same one gives the same workload
   * @return the workload
   */
  public static Workload draw(Network network, int count, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[Math.multiplyExact(count, network.input().size())];
    random.nextBytes(pixels);
    byte[] labels = new byte[count];
    int classes = Math.min(network.classes(), ImageSet.MAXIMUM_CLASSES); // of more only the first
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(classes);
    }
    ImageSet images = new ImageSet("random", network.input(), pixels, labels, classes);
    float[] parameters = new float[network.parameterCount()];
    for (Network.Tensor tensor : network.tensors()) {
      double deviation = Math.sqrt(2.0 * tensor.dimensions().get(0) / tensor.size());
      for (int i = 0; i < tensor.size(); i++) {
        parameters[tensor.offset() + i] =
            (float) (random.nextGaussian() * (tensor.dimensions().size() == 1 ? 0.2 : deviation));
      }
    }
    for (Network.Node node : network.nodes()) {
      if (node.layer() instanceof BatchNorm) {
        nearOne(node.tensors().get(0), parameters);
        nearOne(node.tensors().get(3), parameters);
      }
    }
    return new Workload(network, images, parameters);
  }

  /** Weights and variances: above 0. */
  private static void nearOne(Network.Tensor tensor, float[] parameters) {
    for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
      parameters[i] = 1 + Math.max(-0.75f, parameters[i]);
    }
  }

  /**
   * Draws with the first seed whose activations all keep away from kinks.
   *
   * @param network to be worked on
   * @param count number of images
   * @return the workload
   * @throws IllegalStateException if there is none among many
   */
  public static Workload apartFromKinks(Network network, int count) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Workload workload = draw(network, count, seed);
      if (workload.reference(count).margin() > MARGIN) {
        return workload;
      }
    }
    throw new IllegalStateException("no seed keeps " + network.text() + " away from kinks");
  }

  /** {@return the positions of all images, in order} */
  public int[] indices() {
    return IntStream.range(0, images.count()).toArray();
  }

  /**
   * {@return the labels of the first {@code count} images}
   *
   * @param count number of images
   */
  public int[] labels(int count) {
    return IntStream.range(0, count).map(images::label).toArray();
  }

  /**
   * {@return the expected results of a training pass over the first {@code count} images}
   *
   * @param count number of images
   */
  public ReferenceNetwork.Pass reference(int count) {
    return reference(parameters, count);
  }

  /**
   * {@return the expected results of the first {@code count} images with other parameters}
   *
   * @param values the parameters
   * @param count number of images
   */
  public ReferenceNetwork.Pass reference(float[] values, int count) {
    return new ReferenceNetwork(network).run(doubles(values), inputs(count), labels(count));
  }

  /**
   * {@return the logits that inference should give for the first {@code count} images}
   *
   * @param values the parameters
   * @param count number of images
   */
  public double[][] inference(float[] values, int count) {
    return new ReferenceNetwork(network).infer(doubles(values), inputs(count));
  }

  private double[][] inputs(int count) {
    double[][] inputs = new double[count][];
    for (int i = 0; i < count; i++) {
      inputs[i] = ReferenceNetwork.pixels(network, images, i);
    }
    return inputs;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /**
   * {@return the rows, one behind the other}
   *
   * @param rows of any lengths
   */
  public static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
