package org.aparanet.engine.support;

import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingState;
import org.aparanet.model.Network;

/** The checks of arguments that every {@link Session} makes, with the same sentences. */
public final class SessionArguments {
  private SessionArguments() {}

  /**
   * @throws IllegalArgumentException if a session is to take less than one image
   */
  public static void requireBatch(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch " + batch + "; it must be at least 1");
    }
  }

  /**
   * @param count images of the call
   * @param batch the most images that the session takes
   * @param loaded images that the session holds
   * @throws IllegalArgumentException if the call asks for too many images, or for one that is not
   *     there
   */
  public static void requireImages(int[] images, int from, int count, int batch, int loaded) {
    if (count < 1 || count > batch) {
      throw new IllegalArgumentException(
          count + " images; this session takes 1 to " + batch + " at a time");
    }
    if (from < 0 || from > images.length - count) {
      throw new IllegalArgumentException(
          "entries "
              + from
              + " to "
              + ((long) from + count - 1)
              + " of "
              + images.length
              + " image indices");
    }
    for (int i = from; i < from + count; i++) {
      if (images[i] < 0 || images[i] >= loaded) {
        throw new IllegalArgumentException(
            "image index " + images[i] + "; this session has " + loaded + " images, from 0");
      }
    }
  }

  /**
   * @throws IllegalArgumentException if there is no room for the logits of {@code count} images
   */
  public static void requireRoom(float[] logits, int count, Network network) {
    long needed = (long) count * network.classes();
    if (logits.length < needed) {
      throw new IllegalArgumentException(
          "room for "
              + logits.length
              + " logits; "
              + count
              + " images of "
              + network.classes()
              + " classes need "
              + needed);
    }
  }

  /**
   * @throws IllegalArgumentException if the number of parameters is not the network's
   */
  public static void requireParameters(float[] values, Network network) {
    if (values.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          values.length + " parameters given; the network has " + network.parameterCount());
    }
  }

  /**
   * @throws IllegalArgumentException if a state has not the network's parameters, or not the
   *     optimizer's moments
   */
  public static void requireState(TrainingState state, Network network, Optimizer optimizer) {
    requireParameters(state.parameters(), network);
    int moments =
        (state.firstMoments().length > 0 ? 1 : 0) + (state.secondMoments().length > 0 ? 1 : 0);
    if (moments != optimizer.rule().moments()) {
      throw new IllegalArgumentException(
          "a state with "
              + moments
              + " moments; "
              + optimizer.rule()
              + " has "
              + optimizer.rule().moments());
    }
  }

  /**
   * @param staged whether there is a set of changing images already
   * @throws IllegalArgumentException if a session cannot take a set of changing images
   * @throws EngineException if the images' shape is not the network's
   */
  public static void requireStage(ImageSet images, Network network, int batch, boolean staged) {
    requireShape(images, network);
    if (staged) {
      throw new IllegalArgumentException("this session has a set of changing images already");
    }
    if (images.stored().array().isEmpty()) {
      throw new IllegalArgumentException(
          images.name() + " is in a file; images that change are in memory");
    }
    if (images.count() > batch) {
      throw new IllegalArgumentException(
          images.count() + " changing images; this session takes at most " + batch);
    }
  }

  /**
   * @throws IllegalArgumentException if a network takes its images as pixels, not as floats
   */
  public static void requireFloats(Network network) {
    if (network.before() == 0) {
      throw new IllegalArgumentException("a whole network takes pixels; these images are floats");
    }
  }

  /**
   * @throws EngineException if the images' shape is not the network's
   */
  public static void requireShape(ImageSet images, Network network) {
    if (!images.shape().equals(network.input())) {
      throw new EngineException(
          images.name()
              + " has images of "
              + images.shape()
              + "; the network takes "
              + network.input());
    }
  }
}
