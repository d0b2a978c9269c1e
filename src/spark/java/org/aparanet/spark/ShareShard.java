package org.aparanet.spark;

import java.io.Serializable;
import java.util.List;
import org.aparanet.data.ImageShard;
import org.aparanet.model.Shape;

/**
 * The images of a share, described.
 *
 * @param set what to call the set in messages
 * @param share its number, from 0
 * @param images where they are
 * @param labels their classes
 * @param classes number of classes
 * @param classNames what the classes are called; empty where that is not known
 * @param channels of an image
 * @param height of an image
 * @param width of an image
 */
record ShareShard(
    String set,
    int share,
    ImageShard images,
    byte[] labels,
    int classes,
    List<String> classNames,
    int channels,
    int height,
    int width)
    implements Serializable {

  Shape shape() {
    return new Shape(channels, height, width);
  }
}
