package org.aparanet.engine.frozen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Inference;
import org.aparanet.engine.Session;
import org.aparanet.model.Network;

/**
 * Outputs of the frozen layers for the images of a session, in the session of the layers behind
 * them. Those of a set that is kept are computed when an image is first asked for; all others take
 * the places of one batch, and are computed for each.
 *
 * <p>The frozen layers always get as many images as a batch has, since an engine may add up
 * otherwise for another number: so an image has the same outputs, to the bit, whenever they are
 * computed.
 */
final class FrozenOutputs implements AutoCloseable {
  private final Engine engine;
  private final Network network;
  private final boolean kept;
  private final int batch;
  private final int outputSize;
  private final float[][] places; // [batch][outputs], for images whose outputs are not kept
  private final int firstPlace; // index in the session
  private final Session behind;
  private final List<Loaded> sets = new ArrayList<>();
  private final byte[] pixels; // [batch, image]
  private final float[] outputs; // [batch, outputs]
  private int count;
  private float[] parameters;
  private Inference layers; // null until it is needed

  /**
   * A set of images.
   *
   * @param first index of the first one among all images
   * @param outputs of each image, null where it is not known; null altogether where none is kept
   * @param inSession index in the session of the first one, if they are kept
   */
  private record Loaded(int first, ImageSet images, float[][] outputs, int inSession) {}

  /** Where the outputs of an image go. */
  private record Wanted(float[][] outputs, int image) {}

  /**
   * @param network the frozen layers
   * @param kept whether the outputs of sets that do not change are kept
   * @param behind the session of the layers behind them
   */
  FrozenOutputs(Engine engine, Network network, boolean kept, Session behind) {
    this.engine = engine;
    this.network = network;
    this.kept = kept;
    this.behind = behind;
    batch = behind.batch();
    outputSize = network.classes();
    places = new float[batch][outputSize];
    firstPlace = behind.load(places);
    pixels = new byte[Math.multiplyExact(batch, network.input().size())];
    outputs = new float[Math.multiplyExact(batch, outputSize)];
    parameters = new float[network.parameterCount()];
  }

  /** Number of images in all sets. */
  int count() {
    return count;
  }

  /**
   * Adds a set.
   *
   * @param changes whether its pixels change between calls
   * @return index of its first image
   * @throws EngineException if the number of images exceeds an int
   */
  int add(ImageSet images, boolean changes) {
    if ((long) count + images.count() > Integer.MAX_VALUE - batch) {
      throw new EngineException(
          images.name() + " takes the session over " + Integer.MAX_VALUE + " images");
    }
    int first = count;
    sets.add(kept && !changes ? keeping(images) : new Loaded(first, images, null, 0));
    count += images.count();
    return first;
  }

  /** A set whose outputs are kept; one that is there already shares them. */
  private Loaded keeping(ImageSet images) {
    for (Loaded set : sets) {
      if (set.images() == images && set.outputs() != null) {
        return new Loaded(count, images, set.outputs(), set.inSession());
      }
    }
    float[][] own = new float[images.count()][];
    return new Loaded(count, images, own, behind.load(own));
  }

  /** Sets the parameters of the frozen layers; where they differ, nothing is known any more. */
  void setParameters(float[] values) {
    if (Arrays.equals(values, parameters)) {
      return;
    }
    close();
    parameters = values;
    for (Loaded set : sets) {
      if (set.outputs() != null) {
        Arrays.fill(set.outputs(), null);
      }
    }
  }

  /** The parameters of the frozen layers. */
  float[] parameters() {
    return parameters;
  }

  /**
   * Computes what is not known of a batch.
   *
   * @param indices of images, of which {@code number} from {@code from} on are used
   * @return their indices in the session of the layers behind, from 0 on
   * @throws EngineException if the device fails
   */
  int[] prepare(int[] indices, int from, int number) {
    int[] prepared = new int[number];
    List<Wanted> wanted = new ArrayList<>();
    for (int row = 0; row < number; row++) {
      int index = indices[from + row];
      Loaded set = set(index);
      int image = index - set.first();
      boolean keeps = set.outputs() != null;
      prepared[row] = keeps ? set.inSession() + image : firstPlace + row;
      if (!keeps || set.outputs()[image] == null) {
        set.images().copy(image, pixels, wanted.size() * network.input().size());
        wanted.add(keeps ? new Wanted(set.outputs(), image) : new Wanted(places, row));
      }
    }
    if (!wanted.isEmpty()) {
      compute(wanted);
    }
    return prepared;
  }

  private Loaded set(int index) {
    int set = sets.size() - 1;
    while (sets.get(set).first() > index) {
      set--;
    }
    return sets.get(set);
  }

  private void compute(List<Wanted> wanted) {
    if (layers == null) {
      layers = engine.openInference(network, parameters, batch);
    }
    layers.infer(pixels, batch, outputs);
    for (int i = 0; i < wanted.size(); i++) {
      float[][] target = wanted.get(i).outputs();
      int image = wanted.get(i).image();
      if (target[image] == null) {
        target[image] = new float[outputSize];
      }
      System.arraycopy(outputs, i * outputSize, target[image], 0, outputSize);
    }
  }

  @Override
  public void close() {
    if (layers != null) {
      layers.close();
      layers = null;
    }
  }
}
