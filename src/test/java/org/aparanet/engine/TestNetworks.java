package org.aparanet.engine;

import java.util.List;
import java.util.stream.Stream;
import org.aparanet.model.Shape;

/** The networks that every engine is held to the reference with. */
public final class TestNetworks {

  /** Layers whose forward pass is the same in training and inference, one after the other. */
  static final List<TestNetwork> PLAIN =
      List.of(
          new TestNetwork(new Shape(1, 5, 7), "dense 10", 1, 1),
          new TestNetwork(new Shape(3, 4, 5), "dense 7 relu, dense 5, dense 3", 9, 4),
          new TestNetwork(new Shape(1, 37, 35), "dense 3", 5, 3),
          new TestNetwork(new Shape(1, 8, 8), "conv 4 3, dense 5", 4, 1),
          new TestNetwork(new Shape(1, 8, 9), "conv 4 3 nobias, dense 5", 1, 1),
          new TestNetwork(new Shape(3, 11, 9), "conv 5 3x2, conv 3 2x3 nobias, dense 4", 3, 2),
          new TestNetwork(
              new Shape(3, 11, 9),
              "conv 5 3 stride 2 pad 1 relu, conv 4 3 stride 2 pad 2, dense 3",
              3,
              1),
          new TestNetwork(
              new Shape(2, 7, 6), "conv 3 5 pad 4, conv 2 4 stride 3 pad 3, dense 4", 2, 1),
          new TestNetwork(
              new Shape(2, 9, 10), "conv 3 2x5 pad 1, conv 4 5x2 stride 2 pad 1, dense 4", 2, 1),
          new TestNetwork(new Shape(3, 5, 5), "conv 6 1 relu, conv 7 1 stride 2, dense 3", 5, 3),
          new TestNetwork(new Shape(2, 6, 7), "conv 3 2, conv 5 5x6, dense 3", 3, 2),
          new TestNetwork(new Shape(4, 1, 1), "conv 3 1, conv 5 1 relu, dense 2", 6, 5),
          new TestNetwork(
              new Shape(2, 6, 1), "conv 3 5 same, conv 2 5 stride 2 pad 4, dense 3", 3, 2),
          new TestNetwork(
              new Shape(2, 1, 7), "conv 3 5 same, conv 2 5 stride 2 pad 4, dense 3", 3, 2),
          new TestNetwork(new Shape(1, 9, 11), "conv 3 3 same, pool 3 stride 2, dense 4", 3, 2),
          new TestNetwork(new Shape(1, 13, 12), "conv 3 3, pool 2 stride 3, dense 4", 3, 2),
          new TestNetwork(
              new Shape(3, 13, 12),
              "conv 5 3 stride 2 pad 1 relu, pool 3 stride 2 pad 1, dense 4",
              3,
              2),
          new TestNetwork(new Shape(1, 8, 7), "conv 3 3, pool 2 pad 1, dense 4", 18, 5),
          new TestNetwork(
              new Shape(2, 7, 6),
              "pool 4 stride 1 pad 2 relu, conv 9 3, pool 3 pad 1, dense 4",
              2,
              1),
          new TestNetwork(
              new Shape(2, 9, 8),
              "conv 4 3 same, pool 3 stride 1 relu, conv 3 2, pool 2, dense 4",
              3,
              2),
          new TestNetwork(new Shape(2, 9, 8), "pool 2, conv 4 3 relu, dense 5", 3, 2),
          new TestNetwork(
              new Shape(2, 9, 8),
              "relu, conv 4 3, relu, relu, pool 2 relu, dense 5 relu, relu, dense 3",
              3,
              2),
          new TestNetwork(
              new Shape(1, 9, 8), "conv 17 3 relu, conv 19 3, pool 2, dense 33, dense 4", 3, 2),
          new TestNetwork(new Shape(9, 7, 8), "conv 8 3 same relu, conv 11 3 pad 2, dense 4", 3, 2),
          new TestNetwork(new Shape(8, 5, 4), "conv 9 3 nobias, conv 8 2x1 relu, dense 4", 18, 1),
          new TestNetwork(
              new Shape(8, 4, 9), "conv 8 3 same, conv 12 3 pad 1 relu, conv 9 3, dense 3", 3, 2),
          new TestNetwork(new Shape(1, 6, 6), "conv 3 3 relu, dense 4", 70, 67),
          new TestNetwork(new Shape(2, 36, 34), "conv 70 3 same, conv 3 3 same, dense 3", 1, 1),
          new TestNetwork(new Shape(1, 7, 6), "conv 3 3, pool 2 stride 1, dense 4", 3, 2),
          new TestNetwork(
              new Shape(8, 6, 5), "conv 8 3 same, conv 9 3 stride 2 pad 1 relu, dense 4", 3, 2),
          // a single output, most of whose taps are on the padding
          new TestNetwork(new Shape(2, 1, 1), "conv 2 3 same, dense 2", 5, 3),
          new TestNetwork(
              new Shape(3, 2, 2),
              "conv 4 5 stride 3 pad 2, conv 3 3 stride 2 pad 1, dense 3",
              3,
              2),
          // gradients of strided convolutions have gaps, which all that writes them must keep
          new TestNetwork(
              new Shape(3, 15, 13), "conv 8 3, conv 9 3 stride 2, conv 8 3 same, dense 4", 3, 2),
          new TestNetwork(
              new Shape(2, 17, 16),
              "conv 5 3, conv 8 5 stride 3 pad 2, [conv 8 3 same, leakyrelu 0.1] relu, dense 4",
              3,
              2),
          // filters' gradients as products of matrices: rests of vectors, positions and tiles
          new TestNetwork(
              new Shape(16, 9, 5),
              "conv 64 1 relu, conv 35 3 stride 2 pad 1 relu, conv 33 2 stride 2 nobias, dense 4",
              18,
              5),
          // more positions than have one sum
          new TestNetwork(
              new Shape(2, 12, 13), "conv 67 1 relu, conv 48 1 relu, pool 2, dense 3", 3, 2),
          // more sums than stay in a cache
          new TestNetwork(
              new Shape(2, 4, 3), "conv 300 1, conv 64 3 stride 2 pad 1, dense 3", 3, 2),
          new TestNetwork(
              new Shape(2, 9, 8),
              "leakyrelu 0.3, conv 4 3, leakyrelu 0.01, pool 2, dense 9, leakyrelu 0.2, dense 3",
              18,
              5),
          new TestNetwork(
              new Shape(3, 7, 6),
              "conv 5 3 stride 2 pad 1 relu, leakyrelu 0.1, leakyrelu 0.5 relu, conv 3 2, pool 2"
                  + " stride 1, leakyrelu 0.25, dense 4",
              3,
              2),
          // windows larger than the image
          new TestNetwork(
              new Shape(2, 5, 4), "conv 3 2, pool 65536 pad 32768 stride 7, dense 4", 18, 5),
          new TestNetwork(
              new Shape(1, 6, 5),
              "conv 3 2, pool 99999998 pad 49999999 stride 1, conv 2 2, dense 4",
              3,
              2),
          // parameters end in the middle of a vector, and the last of them count
          new TestNetwork(new Shape(1, 6, 6), "conv 3 3 nobias, dense 16", 70, 67),
          new TestNetwork(new Shape(1, 4, 4), "conv 2 2, dense 70, dense 3", 3, 2),
          // so many that an engine's parts of a batch have to be added up
          new TestNetwork(new Shape(8, 4, 4), "conv 8 3 same, conv 3 2 relu, dense 5", 300, 281),
          new TestNetwork(new Shape(1, 6, 6), "conv 3 3, pool 2, dense 4", 300, 281));

  /** Layers that train in another way than they infer, layers with two inputs, and averages. */
  static final List<TestNetwork> TRAINING =
      List.of(
          new TestNetwork(new Shape(2, 5, 4), "batchnorm, dense 3", 3, 2),
          new TestNetwork(new Shape(1, 7, 6), "conv 3 3 nobias, batchnorm, dense 4", 4, 2),
          new TestNetwork(new Shape(1, 7, 6), "conv 3 3, batchnorm relu, dense 4", 40, 37),
          new TestNetwork(
              new Shape(1, 12, 11),
              "conv 5 3 nobias, pool 2, batchnorm relu, conv 6 3 same nobias, pool 2, batchnorm relu,"
                  + " dense 4",
              19,
              9),
          new TestNetwork(
              new Shape(2, 11, 12),
              "conv 5 3 same nobias, batchnorm, pool 2 relu, conv 4 3 same, batchnorm relu, pool 3"
                  + " stride 2, dense 7 relu, dense 3",
              18,
              17),
          // a stride without a border in front of what reads whole planes
          new TestNetwork(
              new Shape(1, 7, 7), "conv 3 3, conv 4 1 stride 2, batchnorm, dense 3", 4, 3),
          new TestNetwork(
              new Shape(2, 6, 7), "conv 3 2, avgpool 3 stride 2 relu, avgpool 2, dense 3", 5, 3),
          new TestNetwork(
              new Shape(2, 9, 7), "avgpool 2 stride 3, conv 3 2, avgpool 1, dense 3", 2, 1),
          new TestNetwork(new Shape(2, 6, 7), "conv 3 2, avgpool 3 stride 1, dense 3", 9, 3),
          new TestNetwork(new Shape(3, 6, 5), "conv 9 3 relu, globalpool, dense 3", 17, 3),
          new TestNetwork(
              new Shape(2, 5, 6),
              "conv 3 3 same relu, [conv 3 3 same relu, conv 3 3 same] relu, dense 3",
              5,
              3),
          new TestNetwork(
              new Shape(2, 8, 6),
              "conv 4 3 same, [relu, [conv 4 1], conv 4 3 same nobias, batchnorm], pool 2, dense 3",
              18,
              3),
          new TestNetwork(
              new Shape(3, 5, 5),
              "[conv 3 3 same nobias, batchnorm relu, conv 3 3 same nobias, batchnorm] relu, conv 8 3"
                  + " stride 2 pad 1 nobias, batchnorm relu, [conv 8 3 same nobias, batchnorm relu,"
                  + " conv 8 3 same nobias, batchnorm] relu, globalpool, dense 3",
              20,
              3),
          new TestNetwork(
              new Shape(2, 5, 6),
              "conv 3 3 same, [pool 3 stride 1 pad 1], [relu, pool 3 stride 1 pad 1], dense 3",
              18,
              5),
          // branches that end in what writes over its input, and begin in all sorts of places
          new TestNetwork(
              new Shape(1, 6, 6),
              "conv 3 3 same relu, [conv 3 3 same relu, dropout 0.3], dense 4",
              5,
              3),
          new TestNetwork(new Shape(2, 5, 6), "conv 3 3 same relu, [dropout 0.4], dense 3", 5, 2),
          new TestNetwork(
              new Shape(2, 5, 6), "conv 3 3 same, [conv 3 3 same relu], dense 3", 18, 5),
          new TestNetwork(
              new Shape(2, 5, 6), "conv 3 3 same, [relu, dropout 0.4, relu], dense 3", 5, 3),
          new TestNetwork(
              new Shape(3, 5, 4),
              "[conv 3 3 same relu, dropout 0.3 relu], dropout 0.2, pool 2, dense 3",
              5,
              3),
          new TestNetwork(
              new Shape(2, 6, 5),
              "conv 3 3 same relu, [[conv 3 1 relu] relu, dropout 0.2] relu, avgpool 2, dense 3",
              18,
              3),
          new TestNetwork(
              new Shape(2, 6, 5),
              "conv 4 3 same nobias, batchnorm relu, [conv 4 3 same nobias, batchnorm relu, dropout"
                  + " 0.3], [batchnorm, dropout 0.2, relu], pool 2, dense 3",
              9,
              4),
          // two branches: with a projection, one in the other, from the image, behind max-pools,
          // and with second branches that begin in what could write over its input
          new TestNetwork(
              new Shape(2, 8, 7),
              "conv 4 3 same nobias, batchnorm relu, pool 3 stride 2 pad 1, [conv 6 3 stride 2 pad 1"
                  + " nobias, batchnorm relu, conv 6 3 same nobias, batchnorm | conv 6 1 stride 2"
                  + " nobias, batchnorm] relu, globalpool, dense 3",
              18,
              5),
          new TestNetwork(
              new Shape(2, 7, 6),
              "[conv 9 3 same relu, conv 8 3 same | conv 8 5 same], [conv 8 1 | conv 8 3 same] relu,"
                  + " [avgpool 2 | conv 8 2 stride 2] relu, dense 4",
              18,
              5),
          new TestNetwork(
              new Shape(3, 6, 6),
              "[pool 2 | conv 3 1 stride 2, relu], [relu, conv 3 1 | pool 3 stride 1 pad 1], dense 3",
              5,
              3),
          new TestNetwork(
              new Shape(2, 6, 7),
              "conv 4 3 same relu, [[conv 5 1 relu | conv 5 3 same] relu, conv 3 1 | conv 3 3 same],"
                  + " [conv 3 1 | [conv 3 3 same relu | conv 3 1], conv 3 1 relu] relu, dense 3",
              18,
              5),
          new TestNetwork(
              new Shape(2, 5, 6),
              "conv 3 3 same, [[relu, [conv 3 1] | [leakyrelu 0.2]] | [relu | dropout 0.3]], dense 3",
              5,
              3),
          new TestNetwork(
              new Shape(2, 8, 8),
              "conv 5 3 same relu, pool 2, [conv 4 1 relu | conv 4 3 same relu, dropout 0.2],"
                  + " [dropout 0.3, relu, relu | relu, relu], [batchnorm, dropout 0.2 | batchnorm"
                  + " relu], avgpool 2, dense 3",
              18,
              3),
          // what a residual sum writes over is written over again on the way back
          new TestNetwork(
              new Shape(2, 5, 6),
              "conv 3 3 same, [conv 3 3 same, dropout 0.3], [conv 3 1 | conv 3 3 same, dropout 0.4],"
                  + " dense 3",
              5,
              3),
          // what a residual sum writes over keeps its signs
          new TestNetwork(
              new Shape(2, 5, 6),
              "conv 3 3 same, [conv 3 3 same, leakyrelu 0.1], [leakyrelu 0.3, conv 3 1,"
                  + " dropout 0.2, leakyrelu 0.2, relu] relu, leakyrelu 0.4, dense 3",
              18,
              5),
          new TestNetwork(
              new Shape(2, 6, 5),
              "conv 4 3 same nobias, batchnorm, leakyrelu 0.1, [conv 4 3 same, batchnorm, leakyrelu"
                  + " 0.2, dropout 0.3], leakyrelu 0.3, avgpool 2, dense 3",
              9,
              4),
          new TestNetwork(
              new Shape(1, 6, 6),
              "conv 3 3, dropout 0.3 relu, dense 9, dropout 0.5, dense 3",
              7,
              2),
          new TestNetwork(
              new Shape(1, 8, 7),
              "dropout 0.1, conv 3 3 nobias, batchnorm relu, pool 2, dropout 0.4, dense 12 relu,"
                  + " dropout 0.5, dense 5",
              35,
              9));

  private TestNetworks() {}

  /** All of them. */
  public static Stream<TestNetwork> all() {
    return Stream.concat(PLAIN.stream(), TRAINING.stream());
  }
}
