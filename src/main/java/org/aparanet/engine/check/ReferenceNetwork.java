package org.aparanet.engine.check;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Layer;
import org.aparanet.model.Network;
import org.aparanet.model.PixelNormalization;

/**
 * The reference for every engine: a network in double precision, written straight from the layers'
 * definitions, one image and one multiplication at a time.
 */
public final class ReferenceNetwork {
  private final Network network;
  private final List<ReferenceLayer> layers;

  /**
   * A reference of a network.
   *
   * @param network to be computed
   */
  public ReferenceNetwork(Network network) {
    this.network = network;
    Layer.Cases<ReferenceLayer> cases = new ReferenceLayers();
    layers = network.nodes().stream().map(node -> node.accept(cases)).toList();
  }

  /**
   * Results of one training pass over a batch.
   *
   * @param logits [images][classes]
   * @param loss mean softmax cross-entropy
   * @param gradient of the loss, laid out like the parameters; 0 for running statistics
   * @param statistics the parameters with the running statistics moved
   * @param choices which way each ReLU and each max-pool's window went, in order
   * @param margin how far the nearest ReLU input is from 0, or the nearest pooling window from
   *     another choice: below it, rounding decides
   */
  public record Pass(
      double[][] logits,
      double loss,
      double[] gradient,
      double[] statistics,
      List<Integer> choices,
      double margin) {}

  /**
   * Forward and backward over a batch of images, in the first step of a training with seed 0.
   *
   * @param parameters in the order of the network
   * @param images the pixels of each
   * @param labels class of each image
   * @return what came of it
   */
  public Pass run(double[] parameters, double[][] images, int[] labels) {
    return run(parameters, images, labels, 0, 0);
  }

  /**
   * Forward and backward over a batch of images with their labels.
   *
   * @param parameters in the order of the network
   * @param images the pixels of each
   * @param labels class of each image
   * @param seed of the training, for dropout
   * @param step number of the step, from 0, for dropout
   * @return what came of it
   */
  public Pass run(double[] parameters, double[][] images, int[] labels, long seed, long step) {
    return run(ReferencePass.training(parameters, images, network, seed, step), labels, 0);
  }

  /**
   * As the first one, with label smoothing.
   *
   * @param smoothing part of each label that is spread over all classes
   */
  Pass run(double[] parameters, double[][] images, int[] labels, double smoothing) {
    return run(ReferencePass.training(parameters, images, network, 0, 0), labels, smoothing);
  }

  private Pass run(ReferencePass pass, int[] labels, double smoothing) {
    double[][] logits = forward(pass);
    double[][] dLogits = new double[labels.length][network.classes()];
    double loss = 0;
    for (int image = 0; image < labels.length; image++) {
      double[] probabilities = softmax(logits[image]);
      for (int c = 0; c < probabilities.length; c++) {
        double target = (c == labels[image] ? 1 - smoothing : 0) + smoothing / network.classes();
        if (target > 0) {
          loss -= target * Math.log(probabilities[c]) / labels.length;
        }
        dLogits[image][c] = (probabilities[c] - target) / labels.length;
      }
    }
    double[][] dy = dLogits;
    for (int i = layers.size() - 1; i >= 0; i--) {
      dy = pass.withSkips(i, layers.get(i).backward(pass, pass.input(i), dy));
    }
    return new Pass(
        logits, loss, pass.gradient(), pass.statistics(), pass.choices(), pass.margin());
  }

  /**
   * {@return the logits of inference, [images][classes]: with running statistics, without dropout}
   *
   * @param parameters in the order of the network
   * @param images the pixels of each
   */
  public double[][] infer(double[] parameters, double[][] images) {
    return forward(ReferencePass.inference(parameters, images, layers.size()));
  }

  /**
   * {@return what inference makes of one image: its pixels, and behind them the output of each
   * layer, [layers + 1][C x H x W]}
   *
   * @param parameters in the order of the network
   * @param image the pixels as the network sees them
   */
  public double[][] outputs(double[] parameters, double[] image) {
    ReferencePass pass = ReferencePass.inference(parameters, new double[][] {image}, layers.size());
    forward(pass);
    double[][] outputs = new double[layers.size() + 1][];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = pass.input(i)[0];
    }
    return outputs;
  }

  private double[][] forward(ReferencePass pass) {
    for (int i = 0; i < layers.size(); i++) {
      pass.setInput(i + 1, layers.get(i).forward(pass, pass.input(i)));
    }
    return pass.input(layers.size());
  }

  /**
   * {@return the image as a network sees it}
   *
   * @param network whose normalisation applies
   * @param set of the image
   * @param image index of the image
   */
  public static double[] pixels(Network network, ImageSet set, int image) {
    byte[] pixels = new byte[set.shape().size()];
    set.copy(image, pixels, 0);
    double[] values = new double[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xFF) / 255.0;
      if (network.normalization().isPresent()) {
        PixelNormalization normalization = network.normalization().get();
        int channel = i / set.shape().plane();
        values[i] -= normalization.mean().get(channel);
        values[i] /= normalization.std().get(channel);
      }
    }
    return values;
  }

  /**
   * {@return the probabilities of the classes}
   *
   * @param logits of one image
   */
  public static double[] softmax(double[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      probabilities[c] = Math.exp(logits[c] - largest);
      sum += probabilities[c];
    }
    for (int c = 0; c < logits.length; c++) {
      probabilities[c] /= sum;
    }
    return probabilities;
  }
}
