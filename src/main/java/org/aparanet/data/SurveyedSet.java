package org.aparanet.data;

import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aparanet.data.store.UnreadPixels;

/**
 * A data set whose training images are to be read elsewhere, shard by shard: of them only the
 * number, the classes and the size are known here.
 */
public final class SurveyedSet {

  /** The set without images that cannot be read: a sentence for each, by its number. */
  interface Rest extends Function<SortedMap<Integer, String>, SurveyedSet> {}

  private final ImageSet train;
  private final Optional<ImageSet> validation;
  private final Supplier<ImageSet> test;
  private final Function<int[], ImageShard> shards;
  private final Rest rest; // null where there can be no such images

  /**
   * @param train with {@link UnreadPixels}
   * @param test reads the images to measure with
   * @param shards some of the images, by their numbers in ascending order
   */
  SurveyedSet(
      ImageSet train,
      Optional<ImageSet> validation,
      Supplier<ImageSet> test,
      Function<int[], ImageShard> shards,
      Rest rest) {
    this.train = train;
    this.validation = validation;
    this.test = test;
    this.shards = shards;
    this.rest = rest;
  }

  /**
   * A set of files that have no image which would be left out.
   *
   * @param shards some of the images, by their numbers in ascending order
   */
  static SurveyedSet ofSoundFiles(
      ImageSet train, Supplier<ImageSet> test, Function<int[], ImageShard> shards) {
    return new SurveyedSet(train, Optional.empty(), test, shards, null);
  }

  /** {@return the images to learn from, whose pixels cannot be asked for} */
  public ImageSet train() {
    return train;
  }

  /**
   * {@return some of the images to learn from, whose pixels cannot be asked for}
   *
   * @param images their numbers
   */
  public ImageSet train(int[] images) {
    byte[] labels = new byte[images.length];
    for (int i = 0; i < images.length; i++) {
      labels[i] = train.labels()[images[i]];
    }
    return new ImageSet(
        train.name(),
        train.shape(),
        new UnreadPixels(images.length, train.shape().size()),
        labels,
        train.classes(),
        train.classNames());
  }

  /** {@return whether the images are in files of their own, which are resized} */
  public boolean isOfImageFiles() {
    return rest != null;
  }

  /** {@return the images to choose the best epoch with, where the set has some of its own} */
  public Optional<ImageSet> validation() {
    return validation;
  }

  /** {@return the images to measure with, which are read now} */
  public ImageSet test() {
    return test.get();
  }

  /**
   * Describes a shard of the images to learn from.
   *
   * @param images their numbers, in ascending order
   * @return the shard
   */
  public ImageShard shard(int[] images) {
    return shards.apply(images);
  }

  /**
   * The set without images that cannot be read, once that is known of all of them. Who listened to
   * the survey is told which they are.
   *
   * @param problems a sentence for each of them, by its number
   * @return the set without them
   * @throws org.aparanet.data.format.DataException if there is no image of a class left
   */
  public SurveyedSet without(SortedMap<Integer, String> problems) {
    return rest == null ? this : rest.apply(problems);
  }
}
