package org.aparanet.train;

import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.data.format.FileName;
import org.aparanet.data.format.Printable;
import org.aparanet.model.Model;
import org.aparanet.model.Network;

/** Checks that a network suits a set of images. */
public final class NetworkMatch {
  private static final int MOST_LABELS = 256; // of a byte

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
    if (!mayBeNamedAlike(model, images)) {
      throw new MismatchException(
          "the model's classes are "
              + shown(model.classNames())
              + ", but those of "
              + images.name()
              + " are "
              + shown(images.classNames()));
    }
  }

  /**
   * {@return whether the classes of images are those of a model: as many, and of the same names
   * where both have names}
   *
   * @param model that has learned
   * @param images that it may learn
   */
  public static boolean hasClasses(Model model, ImageSet images) {
    return model.network().classes() == images.classes() && mayBeNamedAlike(model, images);
  }

  /** Whether the classes have the same names, as far as both have names. */
  private static boolean mayBeNamedAlike(Model model, ImageSet images) {
    return model.classNames().isEmpty()
        || images.classNames().isEmpty()
        || composed(model.classNames()).equals(composed(images.classNames()));
  }

  /**
   * Checks as {@link #check(Model, ImageSet)} does, but images of some of the model's classes are
   * enough.
   *
   * @param model to be run
   * @param images for it
   * @return the images, with the model's classes where both have names
   * @throws MismatchException if the images have a class that the model has not, or another shape
   */
  public static ImageSet suited(Model model, ImageSet images) {
    List<String> known = composed(model.classNames());
    List<String> names = composed(images.classNames());
    if (names.isEmpty()
        || known.equals(names)
        || !known.containsAll(names)
        || known.size() > MOST_LABELS) {
      check(model, images);
      return images;
    }
    byte[] labels = new byte[images.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) known.indexOf(names.get(images.label(i)));
    }
    ImageSet suited =
        new ImageSet(
            images.name(),
            images.shape(),
            images.stored(),
            labels,
            known.size(),
            model.classNames());
    check(model, suited);
    return suited;
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
