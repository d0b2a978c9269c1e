package org.aparanet.train.checkpoint;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;
import org.aparanet.file.Digests;
import org.aparanet.train.MismatchException;
import org.aparanet.train.Settings;
import org.aparanet.train.TrainingData;
import org.aparanet.train.history.History;

/**
 * Identity of a run, and the settings to continue it with.
 *
 * @param description all that decides what the run computes: strings, numbers and booleans by name,
 *     as the first line of a {@link History}
 * @param data a digest of the images, see {@link #digest}
 * @param settings those of the run; with the network they make its plan
 */
public record RunIdentity(Map<String, Object> description, String data, Settings settings) {
  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  /**
   * No part may be missing.
   *
   * @param description all that decides what the run computes: strings, numbers and booleans by
   *     name, as the first line of a {@link History}
   * @param data a digest of the images, see {@link #digest}
   * @param settings those of the run; with the network they make its plan
   */
  public RunIdentity {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(settings, "settings");
  }

  /**
   * {@return the names, sizes and a SHA-256 digest of the labels and pixels of a run's images}
   *
   * @param data a digest of the images, see {@link #digest}
   */
  public static String digest(TrainingData data) {
    MessageDigest digest = Digests.sha256();
    StringBuilder text = new StringBuilder();
    add(data.train(), digest, text);
    data.validation().ifPresent(images -> add(images, digest, text));
    add(data.test(), digest, text);
    return text + "sha256 " + HexFormat.of().formatHex(digest.digest());
  }

  /**
   * {@return the names, sizes and an {@link ImageDigest} of a run's images, which a cluster can
   * compute shard by shard}
   *
   * @param data all images of the run
   */
  public static String summedDigest(TrainingData data) {
    return summedDigest(data, new ImageDigest().add(ImageDigest.Part.TRAIN, data.train(), i -> i));
  }

  /**
   * {@return the same, with the images to learn from digested already}
   *
   * @param data the images of the run
   * @param train digest of those to learn from
   */
  public static String summedDigest(TrainingData data, ImageDigest train) {
    ImageDigest sum = new ImageDigest().add(train);
    data.validation().ifPresent(set -> sum.add(ImageDigest.Part.VALIDATION, set, i -> i));
    sum.add(ImageDigest.Part.TEST, data.test(), i -> i);
    StringBuilder text = new StringBuilder();
    text.append(line(data.train()));
    data.validation().ifPresent(set -> text.append(line(set)));
    return text.append(line(data.test())) + "sum of sha256 " + sum;
  }

  /**
   * {@return the names in the descriptions under which the two runs have different values}
   *
   * @param other run to compare with
   */
  public List<String> differences(RunIdentity other) {
    return Stream.concat(description.keySet().stream(), other.description.keySet().stream())
        .distinct()
        .filter(name -> !value(name).equals(other.value(name)))
        .toList();
  }

  /**
   * Checks that the run is the same.
   *
   * @param now the run as it is now
   * @throws MismatchException if it is not
   */
  public void requireSame(RunIdentity now) {
    if (!data.equals(now.data)) {
      throw new MismatchException(
          "the checkpoints are of a training with other images ("
              + data
              + ") than there are now ("
              + now.data
              + ")");
    }
    List<String> differences = differences(now);
    if (!differences.isEmpty()) {
      throw new MismatchException(
          "the checkpoints are of a training with another "
              + String.join(", ", differences)
              + " than this version of aparanet would go on with");
    }
  }

  private String value(String name) {
    Object value = description.get(name);
    if (value instanceof Number number) {
      try { // JSON may have another form of the same number, such as 3.0 for 3
        return new BigDecimal(number.toString()).stripTrailingZeros().toString();
      } catch (NumberFormatException e) { // an exponent out of BigDecimal's range
        return number.toString();
      }
    }
    return JSON.toJson(value);
  }

  private static void add(ImageSet images, MessageDigest digest, StringBuilder text) {
    String line = line(images);
    text.append(line);
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update(images.labels());
    byte[] pixels = new byte[images.shape().size()];
    for (int i = 0; i < images.count(); i++) {
      images.copy(i, pixels, 0);
      digest.update(pixels);
    }
  }

  private static String line(ImageSet images) {
    return "%s: %d of %s in %d classes; "
        .formatted(images.name(), images.count(), images.shape(), images.classes());
  }
}
