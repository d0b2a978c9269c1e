package org.aparanet.data;

import java.awt.image.BufferedImage;
import java.util.List;
import org.aparanet.model.Shape;

/** Image sets from a program's own arrays and images. */
public final class ImageSets {
  private static final int MOST_CLASSES = 256;

  /** The longest array that every JVM can make. */
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private ImageSets() {}

  /**
   * A set from bytes.
   *
   * @param name what to call the set in messages
   * @param shape shape of one image
   * @param pixels unsigned bytes [images, channels, height, width]; not copied
   * @param labels class of each image, from 0
   * @param classNames what the classes are called, in their order: as many names as classes
   * @return the set
   * @throws IllegalArgumentException if the numbers do not fit together, or a label has no class
   */
  public static ImageSet of(
      String name, Shape shape, byte[] pixels, int[] labels, List<String> classNames) {
    return new ImageSet(
        name, shape, pixels, labels(name, labels, classNames), classNames.size(), classNames);
  }

  /**
   * A set from pixels from 0 to 1, which are rounded to the 256 values that image files have.
   *
   * @param name what to call the set in messages
   * @param shape shape of one image
   * @param pixels values from 0 to 1 [images, channels, height, width]
   * @param labels class of each image, from 0
   * @param classNames what the classes are called, in their order: as many names as classes
   * @return the set
   * @throws IllegalArgumentException as above, or if a pixel is not from 0 to 1
   */
  public static ImageSet of(
      String name, Shape shape, float[] pixels, int[] labels, List<String> classNames) {
    byte[] bytes = new byte[pixels.length];
    try {
      PixelBytes.round(pixels, bytes, 0);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
    return of(name, shape, bytes, labels, classNames);
  }

  /**
   * A set from images, which are stretched to one shape.
   *
   * @param name what to call the set in messages
   * @param shape shape of one image, of 1 channel for grey or 3 for red, green and blue
   * @param images of any sizes; not changed
   * @param labels class of each image, from 0
   * @param classNames what the classes are called, in their order: as many names as classes
   * @return the set
   * @throws IllegalArgumentException as above, or if the shape has other channels
   */
  public static ImageSet of(
      String name, Shape shape, List<BufferedImage> images, int[] labels, List<String> classNames) {
    if (!ImageScaling.suits(shape)) {
      throw new IllegalArgumentException(
          name + ": a shape of " + shape.channels() + " channels; images give 1 or 3");
    }
    if (images.size() != labels.length) {
      throw new IllegalArgumentException(
          name + ": " + labels.length + " labels for " + images.size() + " images");
    }
    if ((long) images.size() * shape.size() > LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "%s: %d images of %s; a set holds at most %d"
              .formatted(name, images.size(), shape, LARGEST_ARRAY / shape.size()));
    }
    byte[] pixels = new byte[images.size() * shape.size()];
    for (int i = 0; i < images.size(); i++) {
      byte[] image = ImageScaling.pixels(images.get(i), shape);
      System.arraycopy(image, 0, pixels, i * shape.size(), image.length);
    }
    return of(name, shape, pixels, labels, classNames);
  }

  private static byte[] labels(String name, int[] labels, List<String> classNames) {
    int classes = classNames.size();
    if (classes < 1 || classes > MOST_CLASSES) {
      throw new IllegalArgumentException(
          name + ": " + classes + " names of classes; allowed are 1 to " + MOST_CLASSES);
    }
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "%s: image %d has label %d; allowed are 0 to %d"
                .formatted(name, i, labels[i], classes - 1));
      }
      bytes[i] = (byte) labels[i];
    }
    return bytes;
  }
}
