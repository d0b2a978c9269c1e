package org.aparanet.engine.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.NetworkText;
import org.aparanet.model.PixelNormalization;
import org.aparanet.model.Shape;

/**
 * A small network with one layer as its subject. The logits tell whether the subject's forward
 * operation is right, the gradients of its own parameters its backward operations for them, and the
 * gradients of the layers before it its backward operation for data.
 *
 * @param network the network
 * @param subject index of the subject's node
 * @param batch images of a full batch
 * @param ragged images of a smaller last batch
 * @param brief whether a brief check has this case
 */
record CheckCase(Network network, int subject, int batch, int ragged, boolean brief) {

  /** Odd sizes, strides, paddings, and batches on both sides of a vector's width. */
  static final List<CheckCase> ALL =
      List.of(
          of(new Shape(1, 5, 7), "dense 10", 0, 1, 1),
          brief(new Shape(3, 4, 5), "dense 7, dense 5", 1, 9, 4).normalized(),
          of(new Shape(1, 37, 35), "dense 19, dense 10", 1, 70, 67),
          brief(new Shape(2, 5, 4), "dense 6, relu, dense 3", 1, 18, 5),
          of(new Shape(1, 7, 6), "conv 3 2, relu, dense 4", 1, 3, 2),
          brief(new Shape(2, 9, 8), "conv 4 3, conv 5 3, dense 4", 1, 3, 2),
          of(new Shape(3, 11, 9), "conv 3 2, conv 4 3x2 stride 2 pad 1, dense 3", 1, 5, 3)
              .normalized(),
          of(new Shape(2, 7, 6), "conv 3 3, conv 2 4 stride 3 pad 3, dense 4", 1, 18, 1),
          of(new Shape(9, 7, 8), "conv 8 1, conv 11 3 pad 1, dense 4", 1, 18, 7),
          of(new Shape(3, 5, 5), "conv 6 1 nobias, conv 7 1 stride 2 nobias, dense 3", 1, 5, 3),
          of(new Shape(1, 9, 8), "conv 17 3, conv 19 5x2 pad 1, dense 3", 1, 2, 1),
          brief(new Shape(1, 9, 8), "conv 3 3, pool 2, dense 4", 1, 3, 2),
          of(new Shape(2, 9, 11), "conv 4 3 same, pool 3 stride 2, dense 4", 1, 18, 5),
          of(new Shape(1, 13, 12), "conv 3 3, pool 2 stride 3, dense 4", 1, 1, 1),
          of(new Shape(2, 10, 7), "conv 4 3, pool 3 stride 2 pad 1, dense 4", 1, 18, 5),
          brief(
              new Shape(1, 12, 11),
              "conv 4 3 same, relu, pool 2, dense 5, relu, dense 3",
              2,
              20,
              3),
          brief(new Shape(1, 7, 6), "conv 3 3, leakyrelu 0.1, dense 4", 1, 18, 5),
          of(
              new Shape(2, 9, 8),
              "conv 4 3 same, pool 3 stride 1, relu, conv 3 2, dense 4",
              1,
              3,
              2),
          brief(new Shape(2, 6, 7), "conv 3 2, avgpool 3 stride 2, dense 4", 1, 3, 2),
          of(new Shape(2, 7, 6), "conv 5 3 same, avgpool 2 stride 1, dense 3", 1, 18, 5),
          of(new Shape(3, 6, 5), "conv 9 3, globalpool, dense 3", 1, 17, 3),
          brief(new Shape(2, 5, 6), "conv 3 3 same, [conv 3 3 same], dense 4", 2, 3, 2),
          of(
              new Shape(2, 5, 6),
              "conv 3 3 same relu, [relu, [conv 3 1], conv 3 3 same relu] relu, dense 3",
              6,
              18,
              5),
          of(
              new Shape(2, 7, 6),
              "conv 4 3 same relu, [conv 5 3 stride 2 pad 1 relu, conv 5 1 | conv 5 1 stride 2] relu,"
                  + " dense 3",
              7,
              18,
              5),
          brief(new Shape(1, 7, 6), "conv 3 3, dropout 0.4, dense 4", 1, 3, 2),
          brief(new Shape(2, 9, 8), "conv 3 3 nobias, batchnorm, dense 4", 1, 9, 4),
          of(new Shape(1, 9, 8), "conv 5 3 nobias, batchnorm relu, pool 2, dense 4", 1, 40, 37));

  private static CheckCase of(Shape input, String text, int subject, int batch, int ragged) {
    return new CheckCase(NetworkText.parse(input, text), subject, batch, ragged, false);
  }

  private static CheckCase brief(Shape input, String text, int subject, int batch, int ragged) {
    return new CheckCase(NetworkText.parse(input, text), subject, batch, ragged, true);
  }

  /** This case with a normalisation of its own for each channel of the images. */
  private CheckCase normalized() {
    List<Float> mean =
        IntStream.range(0, network.input().channels()).mapToObj(c -> 0.3f + 0.2f * c).toList();
    List<Float> std =
        IntStream.range(0, network.input().channels()).mapToObj(c -> 0.5f - 0.1f * c).toList();
    PixelNormalization normalization = new PixelNormalization(mean, std);
    return new CheckCase(
        network.withNormalization(Optional.of(normalization)), subject, batch, ragged, brief);
  }

  /** The operations that this case measures. */
  CheckedLayer operations() {
    return node().accept(CheckedLayer.CASES);
  }

  /** Whether this is the one case that the optimizers are measured with. */
  boolean optimizers() {
    return this == ALL.get(1);
  }

  Node node() {
    return network.nodes().get(subject);
  }
}
