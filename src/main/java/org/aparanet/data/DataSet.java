package org.aparanet.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.aparanet.data.format.DataException;
import org.aparanet.data.store.ImagePixels;

/**
 * Images to learn from and images to measure with, of the same shape and classes.
 *
 * @param train the images to learn from
 * @param validation images to choose the best epoch with, where the set has some of its own
 * @param test the images to measure with
 */
public record DataSet(ImageSet train, Optional<ImageSet> validation, ImageSet test) {
  private static final int MOST_IMAGES = Integer.MAX_VALUE - 8; // of an array of labels

  /**
   * Holds out some images of a set to measure with, which follow from the seed.
   *
   * @param images to divide; not changed
   * @param share part of the images to measure with, above 0 and below 1; rounded so that both
   *     parts have an image
   * @param seed any number; the same one holds out the same images
   * @return the images, divided
   * @throws IllegalArgumentException if the share is out of its range, or there are fewer than two
   *     images
   */
  public static DataSet of(ImageSet images, double share, long seed) {
    Holdout parts = Holdout.of(images, share, seed);
    return new DataSet(parts.train(), parts.validation().named(images.name() + " test"));
  }

  /**
   * Checks the values.
   *
   * @param train the images to learn from
   * @param validation images to choose the best epoch with, where the set has some of its own
   * @param test the images to measure with
   * @throws IllegalArgumentException if the sets' shapes or numbers of classes differ
   */
  public DataSet {
    Objects.requireNonNull(validation, "validation");
    validation.ifPresent(images -> requireAlike(train, images));
    requireAlike(train, test);
  }

  /**
   * Two parts, without images to validate with.
   *
   * @param train the images to learn from
   * @param test the images to measure with
   * @throws IllegalArgumentException if the two sets' shapes or numbers of classes differ
   */
  public DataSet(ImageSet train, ImageSet test) {
    this(train, Optional.empty(), test);
  }

  private static void requireAlike(ImageSet train, ImageSet other) {
    if (!train.shape().equals(other.shape()) || train.classes() != other.classes()) {
      throw new IllegalArgumentException(
          "%s has images of %s in %d classes but %s has images of %s in %d classes"
              .formatted(
                  train.name(),
                  train.shape(),
                  train.classes(),
                  other.name(),
                  other.shape(),
                  other.classes()));
    }
  }

  /**
   * {@return the images of all parts as one set, those to learn from first and those to measure
   * with last}
   *
   * @throws DataException if they are too many for one set
   */
  public ImageSet together() {
    List<ImageSet> parts =
        Stream.of(Optional.of(train), validation, Optional.of(test))
            .flatMap(Optional::stream)
            .toList();
    String name = names(parts.stream().map(ImageSet::name).toList());
    long count = parts.stream().mapToLong(ImageSet::count).sum();
    if (count > MOST_IMAGES) {
      throw new DataException(
          "%s have %d images; at most %d fit".formatted(name, count, MOST_IMAGES));
    }
    return new ImageSet(
        name,
        train.shape(),
        parts.stream().map(ImageSet::stored).reduce(ImagePixels::join).orElseThrow(),
        joined(parts.stream().map(ImageSet::labels).toList()),
        train.classes(),
        train.classNames());
  }

  /** Such as {@code photos train, photos validation and photos test}. */
  static String names(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  private static byte[] joined(List<byte[]> parts) {
    byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
