package org.aparanet.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.aparanet.model.Shape;

/**
 * Images with their labels, as bytes.
 *
 * @param name what to call the set in messages, such as {@code mnist train}
 * @param shape shape of one image
 * @param pixels unsigned bytes in NCHW order, {@code count x channels x height x width}; not copied
 * @param labels class of each image, from 0; its length is the number of images; not copied
 * @param classes number of classes; every label is below it
 * @param classNames what the classes are called, in their order; empty where that is not known
 */
public record ImageSet(
    String name, Shape shape, byte[] pixels, byte[] labels, int classes, List<String> classNames) {

  /** Pixels are divided by this before the network sees them. */
  public static final float PIXEL_SCALE = 255f;

  /**
   * Checks the values.
   *
   * @param name what to call the set in messages, such as {@code mnist train}
   * @param shape shape of one image
   * @param pixels unsigned bytes in NCHW order, {@code count x channels x height x width}; not
   *     copied
   * @param labels class of each image, from 0; its length is the number of images; not copied
   * @param classes number of classes; every label is below it
   * @param classNames what the classes are called, in their order; empty where that is not known
   * @throws IllegalArgumentException if the arrays' lengths do not fit together, a label is not
   *     below the number of classes or their names are not as many
   */
  public ImageSet {
    Objects.requireNonNull(name);
    classNames = List.copyOf(classNames);
    if (classes < 1 || classes > 256) {
      throw new IllegalArgumentException(name + ": " + classes + " classes; allowed are 1 to 256");
    }
    if (!classNames.isEmpty() && classNames.size() != classes) {
      throw new IllegalArgumentException(
          name + ": " + classNames.size() + " names for " + classes + " classes");
    }
    if (pixels.length != (long) labels.length * shape.size()) {
      throw new IllegalArgumentException(
          name + ": " + pixels.length + " pixels for " + labels.length + " images of " + shape);
    }
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xFF) >= classes) {
        throw new IllegalArgumentException(
            name
                + ": image "
                + i
                + " has label "
                + (labels[i] & 0xFF)
                + "; the largest allowed is "
                + (classes - 1));
      }
    }
  }

  /**
   * Images whose classes have no names.
   *
   * @param name what to call the set in messages, such as {@code mnist train}
   * @param shape shape of one image
   * @param pixels unsigned bytes in NCHW order, {@code count x channels x height x width}; not
   *     copied
   * @param labels class of each image, from 0; its length is the number of images; not copied
   * @param classes number of classes; every label is below it
   */
  public ImageSet(String name, Shape shape, byte[] pixels, byte[] labels, int classes) {
    this(name, shape, pixels, labels, classes, List.of());
  }

  /**
   * {@return this set under another name}
   *
   * @param other the name
   */
  public ImageSet named(String other) {
    return new ImageSet(other, shape, pixels, labels, classes, classNames);
  }

  /** {@return the number of images} */
  public int count() {
    return labels.length;
  }

  /**
   * {@return the class of an image}
   *
   * @param image index of the image
   */
  public int label(int image) {
    return labels[image] & 0xFF;
  }

  /**
   * {@return the first images of this set, or all of them if it has no more than that}
   *
   * @param limit the most images
   */
  public ImageSet first(int limit) {
    if (limit >= count()) {
      return this;
    }
    return new ImageSet(
        name,
        shape,
        Arrays.copyOf(pixels, limit * shape.size()),
        Arrays.copyOf(labels, limit),
        classes,
        classNames);
  }

  /**
   * {@return one image of this set, as a set of its own}
   *
   * @param image index of the image
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public ImageSet only(int image) {
    Objects.checkIndex(image, count());
    return new ImageSet(
        name + " " + image,
        shape,
        Arrays.copyOfRange(pixels, image * shape.size(), (image + 1) * shape.size()),
        new byte[] {labels[image]},
        classes,
        classNames);
  }
}
