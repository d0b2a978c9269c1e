package org.aparanet.engine.cpu;

import java.util.List;
import java.util.stream.Stream;
import org.aparanet.model.Network;
import org.aparanet.model.Network.Node;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/**
 * Layer of a certain shape, in the midst of a small network: a convolution of one by one makes its
 * channels of one plane, so that the gradient of its input is needed, and a max-pool and a dense
 * layer of two outputs follow it.
 *
 * @param batch images
 * @param input of the layer
 * @param text of the layer, as in a network's text
 */
record LayerShape(int batch, Shape input, String text) {

  /** One by one to seven by seven, of few and of many channels, large and small pictures; dense. */
  static final List<LayerShape> ALL =
      Stream.of(
              "64 3x32x32 conv 32 3 same",
              "64 1x28x28 conv 6 5 same",
              "64 1x28x28 conv 32 3 same",
              "64 6x14x14 conv 16 5",
              "64 32x28x28 conv 32 3 same",
              "128 32x14x14 conv 64 3 same",
              "128 64x14x14 conv 64 3 same",
              "16 64x56x56 conv 64 3 same",
              "1 64x56x56 conv 64 3 same",
              "16 64x56x56 conv 128 3 stride 2 pad 1",
              "16 128x28x28 conv 128 3 same",
              "1 128x28x28 conv 128 3 same",
              "16 256x14x14 conv 256 3 same",
              "1 256x14x14 conv 256 3 same",
              "16 512x7x7 conv 512 3 same",
              "8 512x7x7 conv 512 3 same",
              "1 512x7x7 conv 512 3 same",
              "64 512x7x7 conv 512 3 same",
              "32 16x32x32 conv 16 3 same",
              "256 16x16x16 conv 32 5 same",
              "64 32x16x16 conv 32 5 same",
              "16 64x28x28 conv 96 5 same",
              "16 32x56x56 conv 32 7 same",
              "16 64x56x56 conv 256 1",
              "16 256x56x56 conv 64 1",
              "1 256x56x56 conv 64 1",
              "16 512x28x28 conv 128 1",
              "16 256x14x14 conv 512 1",
              "16 512x7x7 conv 512 1",
              "1 512x7x7 conv 512 1",
              "256 64x8x8 conv 64 1",
              "64 16x14x14 dense 10",
              "64 64x7x7 dense 128",
              "128 8x8x8 dense 512",
              "1 8x8x8 dense 512",
              "64 8x32x32 dense 1024",
              "256 8x16x16 dense 2048",
              "8 8x16x16 dense 2048",
              "16 8x8x8 dense 8192",
              "16 3x224x224 conv 64 7 stride 2 pad 3",
              "1 3x224x224 conv 64 7 stride 2 pad 3",
              "16 3x224x224 conv 64 3 same")
          .map(LayerShape::parse)
          .toList();

  private static LayerShape parse(String line) {
    String[] words = line.split(" ", 3);
    String[] sizes = words[1].split("x");
    Shape input =
        new Shape(
            Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2]));
    return new LayerShape(Integer.parseInt(words[0]), input, words[2]);
  }

  /** The network that the layer stands in. */
  Network network() {
    Network upTo = layers(first() + ", " + text + ", dense 2");
    int size = upTo.nodes().get(1).output().height();
    return layers(first() + ", " + text + pool(size) + ", dense 2");
  }

  /** The same network without the layer. */
  Network without() {
    return layers(first() + pool(input.height()) + ", dense 2");
  }

  /** The layer in {@link #network}. */
  Node node() {
    return network().nodes().get(1);
  }

  private String first() {
    return "conv " + input.channels() + " 1 nobias";
  }

  private static String pool(int size) {
    return size > 1 ? ", pool " + size : "";
  }

  private Network layers(String layers) {
    return NetworkText.parse(new Shape(1, input.height(), input.width()), layers);
  }

  /** Floating-point operations of a forward pass over the batch. */
  long flop() {
    return 2L * batch * node().multiplyAdds();
  }

  @Override
  public String toString() {
    return "%d | %s | %s".formatted(batch, input, text);
  }
}
