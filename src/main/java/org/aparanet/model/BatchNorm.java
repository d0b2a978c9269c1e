package org.aparanet.model;

import java.util.List;

/**
 * Batch normalisation of each channel over the images, rows and columns of a batch (Ioffe and
 * Szegedy, 2015, "Batch normalization", arXiv:1502.03167).
 *
 * <pre>
 * input, output [N, C, H, W]      weight, bias, running_mean, running_var [C]
 * output = (input - mean[c]) / sqrt(variance[c] + EPSILON) * weight[c] + bias[c]
 * </pre>
 *
 * <p>In a training step mean and variance are the batch's own, the variance that of the population
 * (divided by N H W); afterwards the running ones move by {@link #MOMENTUM} towards them, the
 * variance towards that of a sample (divided by N H W - 1, or N H W where that is 1). Inference
 * uses the running ones. All as in PyTorch's {@code BatchNorm2d}.
 */
public record BatchNorm() implements Layer {

  /** Added to the variance, so that a constant channel does not divide by zero. */
  public static final float EPSILON = 1e-5f;

  /** The part of the batch's statistics in the new running ones. */
  public static final float MOMENTUM = 0.1f;

  @Override
  public Shape output(Shape input) {
    return input;
  }

  @Override
  public List<ParameterShape> parameters(Shape input) {
    List<Integer> channels = List.of(input.channels());
    return List.of(
        new ParameterShape("weight", channels),
        new ParameterShape("bias", channels),
        new ParameterShape("running_mean", channels, false),
        new ParameterShape("running_var", channels, false));
  }

  @Override
  public String text() {
    return "batchnorm";
  }

  @Override
  public boolean mayFollowDense() {
    return false;
  }

  @Override
  public <R> R accept(Network.Node node, Cases<R> cases) {
    return cases.batchNorm(node, this);
  }
}
