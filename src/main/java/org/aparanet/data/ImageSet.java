package org.aparanet.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.model.Shape;

/**
 * Images with their labels, as bytes, whose pixels are in memory or, where they are more than that
 * has room for, in a file.
 *
 * @param name what to call the set in messages, such as {@code mnist train}
 * @param shape shape of one image
 * @param stored the pixels, {@code count x channels x height x width}, wherever they are
 * @param labels class of each image, from 0; its length is the number of images; not copied
 * @param classes number of classes; every label is below it
 * @param classNames what the classes are called, in their order; empty where that is not known
 */
public record ImageSet(
    String name,
    Shape shape,
    ImagePixels stored,
    byte[] labels,
    int classes,
    List<String> classNames) {

  /** The most classes: a label is a byte. */
  public static final int MAXIMUM_CLASSES = 256;

  /** Pixels are divided by this before the network sees them. */
  public static final float PIXEL_SCALE = 255f;

  /**
   * Checks the values.
   *
   * @param name what to call the set in messages, such as {@code mnist train}
   * @param shape shape of one image
   * @param stored the pixels, {@code count x channels x height x width}, wherever they are
   * @param labels class of each image, from 0; its length is the number of images; not copied
   * @param classes number of classes; every label is below it
   * @param classNames what the classes are called, in their order; empty where that is not known
   * @throws IllegalArgumentException if the arrays' lengths do not fit together, a label is not
   *     below the number of classes or their names are not as many
   */
  public ImageSet {
    Objects.requireNonNull(name);
    classNames = List.copyOf(classNames);
    if (classes < 1 || classes > MAXIMUM_CLASSES) {
      throw new IllegalArgumentException(
          name + ": " + classes + " classes; allowed are 1 to " + MAXIMUM_CLASSES);
    }
    if (!classNames.isEmpty() && classNames.size() != classes) {
      throw new IllegalArgumentException(
          name + ": " + classNames.size() + " names for " + classes + " classes");
    }
    if (stored.bytes() != (long) labels.length * shape.size()) {
      throw new IllegalArgumentException(
          name + ": " + stored.bytes() + " pixels for " + labels.length + " images of " + shape);
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
   * Images in memory.
   *
   * @param name what to call the set in messages, such as {@code mnist train}
   * @param shape shape of one image
   * @param pixels unsigned bytes in NCHW order, {@code count x channels x height x width}; not
   *     copied
   * @param labels class of each image, from 0; its length is the number of images; not copied
   * @param classes number of classes; every label is below it
   * @param classNames what the classes are called, in their order; empty where that is not known
   */
  public ImageSet(
      String name,
      Shape shape,
      byte[] pixels,
      byte[] labels,
      int classes,
      List<String> classNames) {
    this(name, shape, ImagePixels.of(pixels, shape.size()), labels, classes, classNames);
  }

  /**
   * Images in memory whose classes have no names.
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
    return new ImageSet(other, shape, stored, labels, classes, classNames);
  }

  /**
   * {@return all pixels, unsigned bytes in NCHW order: the array itself, where they are in memory,
   * or else a new one} To look at images one by one, {@link #copy} takes no more memory than one.
   *
   * @throws org.aparanet.data.format.DataException if they are more than an array holds
   */
  public byte[] pixels() {
    return stored.toArray();
  }

  /**
   * Copies the pixels of one image.
   *
   * @param image index of the image
   * @param target receives unsigned bytes in CHW order
   * @param to index of the first byte in {@code target}
   */
  public void copy(int image, byte[] target, int to) {
    stored.copy(image, target, to);
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
        name, shape, stored.first(limit), Arrays.copyOf(labels, limit), classes, classNames);
  }

  /**
   * {@return one image of this set, as a set of its own}
   *
   * @param image index of the image
   * @throws IndexOutOfBoundsException if there is no such image
   */
  public ImageSet only(int image) {
    Objects.checkIndex(image, count());
    byte[] pixels = new byte[shape.size()];
    copy(image, pixels, 0);
    return new ImageSet(
        name + " " + image, shape, pixels, new byte[] {labels[image]}, classes, classNames);
  }
}
