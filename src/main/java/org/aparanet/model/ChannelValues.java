package org.aparanet.model;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A number for each channel of an image, as text {@code 0.485,0.456,0.406}.
 *
 * @param values in the order of the channels, at least one
 */
public record ChannelValues(List<Float> values) {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]{1,3})?");

  /**
   * Checks the values.
   *
   * @param values in the order of the channels, at least one
   * @throws IllegalArgumentException if there is no value
   */
  public ChannelValues {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no value; there must be one for each channel");
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @param text such as {@code 0.485,0.456,0.406}; spaces around a number are allowed
   * @return the values, in the order of the text
   * @throws IllegalArgumentException if there is anything but finite numbers with commas between
   *     them
   */
  public static ChannelValues parse(String text) {
    return new ChannelValues(
        Arrays.stream(text.split(",", -1)).map(String::strip).map(ChannelValues::number).toList());
  }

  private static float number(String text) {
    if (!NUMBER.matcher(text).matches() || !Float.isFinite(Float.parseFloat(text))) {
      throw new IllegalArgumentException("\"" + text + "\" is not a finite number");
    }
    return Float.parseFloat(text);
  }

  /** The numbers with commas between them. */
  @Override
  public String toString() {
    return values.stream().map(value -> Float.toString(value)).collect(Collectors.joining(","));
  }
}
