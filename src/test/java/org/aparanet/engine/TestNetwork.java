package org.aparanet.engine;

import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/**
 * A network to test with.
 *
 * @param input shape of one image
 * @param text the layers
 * @param batch images of a full batch
 * @param ragged images of a smaller last batch
 */
public record TestNetwork(Shape input, String text, int batch, int ragged) {

  public Network network() {
    return NetworkText.parse(input, text);
  }

  @Override
  public String toString() {
    return batch + " x " + input + ": " + text;
  }
}
