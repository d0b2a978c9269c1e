package org.aparanet.train;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;

/**
 * The images of a run.
 *
 * @param train to learn from, at least one
 * @param validation to choose the best epoch with, where it is to be chosen
 * @param test to measure the result with
 */
public record TrainingData(ImageSet train, Optional<ImageSet> validation, ImageSet test) {

  /**
   * Checks the values.
   *
   * @param train to learn from, at least one
   * @param validation to choose the best epoch with, where it is to be chosen
   * @param test to measure the result with
   * @throws IllegalArgumentException if there is no image to train or to validate with
   */
  public TrainingData {
    if (train.count() == 0) {
      throw new IllegalArgumentException(train.name() + " has no image to train with");
    }
    validation.ifPresent(
        images -> {
          if (images.count() == 0) {
            throw new IllegalArgumentException(images.name() + " has no image to validate with");
          }
        });
  }

  /** {@return the bytes of the images that are in Java's heap, and not in a file} */
  public long bytesInMemory() {
    Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    Stream.of(Optional.of(train), validation, Optional.of(test))
        .flatMap(Optional::stream)
        .flatMap(set -> set.stored().array().stream())
        .forEach(arrays::add);
    return arrays.stream().mapToLong(array -> array.length).sum();
  }
}
