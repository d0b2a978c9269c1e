package org.aparanet.train;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.data.format.FileName;
import org.aparanet.data.format.Printable;
import org.aparanet.model.Model;
import org.aparanet.model.Network;

/** Checks that a network suits a set of images. */
public final class NetworkMatch {
  private NetworkMatch() {}

  /**
   * Checks that a model can run on images.
   *
   * @param model to be run
   * @param images for it
   * @throws MismatchException as below, or if the model's classes are known to be others
   */
  public static void check(Model model, ImageSet images) {
    check(model.network(), images);
    if (!model.classNames().isEmpty()
        && !images.classNames().isEmpty()
        && !composed(model.classNames()).equals(composed(images.classNames()))) {
      throw new MismatchException(
          "the model's classes are "
              + shown(model.classNames())
              + ", but those of "
              + images.name()
              + " are "
              + shown(images.classNames()));
    }
  }

  /** Names in Unicode's composed form; models may have them in another. */
  private static List<String> composed(List<String> names) {
    return names.stream().map(FileName::composed).toList();
  }

  private static String shown(List<String> names) {
    return String.join(", ", names.stream().map(Printable::of).toList());
  }

  /**
   * Checks that a network can run on images.
   *
   * @param network to be run
   * @param images for it
   * @throws MismatchException if the network takes other images or has fewer classes
   */
  public static void check(Network network, ImageSet images) {
    if (!network.input().equals(images.shape())) {
      throw new MismatchException(
          "the network takes images of "
              + network.input()
              + ", but those of "
              + images.name()
              + " have "
              + images.shape());
    }
    if (network.classes() < images.classes()) {
      throw new MismatchException(
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
