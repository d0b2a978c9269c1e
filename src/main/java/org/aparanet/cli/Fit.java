package org.aparanet.cli;

import org.aparanet.data.ImageSet;
import org.aparanet.model.Network;

/** Whether a network can be used with a data set. */
final class Fit {
  private Fit() {}

  /**
   * @throws CommandException if the network takes other images or has fewer classes
   */
  static void check(Network network, ImageSet images) {
    if (!network.input().equals(images.shape())) {
      throw new CommandException(
          "the network takes images of "
              + network.input()
              + ", but those of "
              + images.name()
              + " have "
              + images.shape());
    }
    if (network.classes() < images.classes()) {
      throw new CommandException(
          "the network has "
              + network.classes()
              + " outputs, but "
              + images.name()
              + " has "
              + images.classes()
              + " classes; its last layer must be dense "
              + images.classes());
    }
  }
}
