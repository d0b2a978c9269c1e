package org.aparanet.inspect;

import java.util.Objects;
import org.aparanet.model.Shape;

/**
 * The feature maps that a layer makes of one image, or the image itself: a map for each channel.
 *
 * @param shape channels, height and width; for a vector of features, as many channels of one value
 * @param values [C x H x W], each channel row by row; not to be changed
 */
public record FeatureMaps(Shape shape, double[] values) {

  /**
   * Feature maps with a value for each place.
   *
   * @param shape channels, height and width
   * @param values as many as the shape has; not copied
   */
  public FeatureMaps {
    Objects.requireNonNull(shape, "shape");
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          values.length + " values; " + shape + " has " + shape.size());
    }
  }

  /**
   * {@return the value at a place}
   *
   * @param channel of the map, from 0
   * @param row from 0, at the top
   * @param column from 0, at the left
   * @throws IndexOutOfBoundsException if there is no such place
   */
  public double value(int channel, int row, int column) {
    return values[index(channel, row, column)];
  }

  /**
   * {@return whether a map is 0 everywhere: a ReLU let nothing pass, or its filter saw nothing}
   *
   * @param channel of the map, from 0
   */
  public boolean isDead(int channel) {
    return largestMagnitude(channel) == 0;
  }

  /**
   * {@return the largest absolute value of a map}
   *
   * @param channel of the map, from 0
   */
  public double largestMagnitude(int channel) {
    double largest = 0;
    int from = index(channel, 0, 0);
    for (int i = from; i < from + shape.plane(); i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    return largest;
  }

  /** {@return the largest absolute value of all maps} */
  public double largestMagnitude() {
    double largest = 0;
    for (int channel = 0; channel < shape.channels(); channel++) {
      largest = Math.max(largest, largestMagnitude(channel));
    }
    return largest;
  }

  int index(int channel, int row, int column) {
    Objects.checkIndex(channel, shape.channels());
    Objects.checkIndex(row, shape.height());
    Objects.checkIndex(column, shape.width());
    return (channel * shape.height() + row) * shape.width() + column;
  }

  Element element(int index) {
    int place = index % shape.plane();
    return new Element(
        index / shape.plane(), place / shape.width(), place % shape.width(), values[index]);
  }
}
