package org.aparanet.engine.cpu;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aparanet.engine.cpu.channel.ChannelLayers;
import org.aparanet.engine.cpu.lane.LaneLayers;
import org.aparanet.engine.cpu.lane.WholeBatch;
import org.aparanet.engine.cpu.scalar.ScalarNetwork;
import org.aparanet.engine.cpu.scalar.ScalarParameterArithmetic;
import org.aparanet.engine.cpu.slice.BatchLayers;
import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.ParameterOrder;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.engine.cpu.vector.LaneSupport;
import org.aparanet.model.Convolution;
import org.aparanet.model.Network;

/**
 * Vector layout of a session: images in the lanes, channels in the lanes, or plain Java, chosen
 * from the network and the batch.
 *
 * @param slice the most images that a network computes at a time
 * @param members threads that share a slice; 1 where slices are enough for all threads, or too
 *     little work
 * @param parts into which the layers of a slice are divided for its members; 1 where it has one
 * @param order positions of the parameters
 * @param arithmetic on parameters, shared by all threads
 * @param filters packs the filters when the parameters have changed; null where the layers read the
 *     parameters in place
 * @param normalizations by node, shared by all threads; null where it is no batch normalisation
 * @param wholeBatch layers that are computed for all slices of a batch at once
 * @param sharedFloats of the filters packed for all threads, by the number of threads
 * @param sliceFloats of a network for one thread, or for one slice
 * @param source makes such a network
 * @param inference makes networks that only infer
 */
record CpuLayout(
    int slice,
    int members,
    int parts,
    ParameterOrder order,
    ParameterArithmetic arithmetic,
    BiConsumer<Team, float[]> filters,
    Normalization[] normalizations,
    BatchLayers.Plan wholeBatch,
    IntToLongFunction sharedFloats,
    long sliceFloats,
    Supplier<SliceNetwork> source,
    ForInference inference) {

  /**
   * Networks for inference, without what layers keep for a backward pass.
   *
   * @param floats of one that is not shared
   * @param alone makes a network for one thread
   * @param shared makes one whose slices the members share
   */
  record ForInference(long floats, Supplier<SliceNetwork> alone, Supplier<SliceNetwork> shared) {}

  /** Most floats of a slice's activations, to fit a core's second-level cache: 2^18, 1 MiB. */
  private static final long SLICE_FLOATS = 1 << 18;

  private static final int LARGEST_SLICE = 4;

  /** Parts of a slice, at most, whatever channels its layers have. */
  private static final int MOST_PARTS = 16;

  /** Parts of a slice, at most, where each convolution has as many channels. */
  private static final int MOST_PARTS_OF_WIDE = 32;

  /**
   * Multiply-adds of a slice's forward pass that are worth several threads: 2^26, a millisecond.
   */
  private static final long WORTH_DIVIDING = 1 << 26;

  /**
   * @param batch the most images of a step
   * @param threads that compute it
   * @param arithmetic which vectors to use, if there are vector instructions
   */
  static CpuLayout of(Network network, int batch, int threads, Arithmetic arithmetic) {
    if (arithmetic == Arithmetic.SCALARS || !LaneSupport.present()) {
      return scalars(network, batch);
    }
    int lanes = LaneSupport.operations().lanes();
    return images(network, batch, arithmetic, lanes)
        ? images(network, lanes, members(network, batch, threads, lanes), arithmetic)
        : channels(network, lanes);
  }

  /** The layout for inference of many images, of which all threads may share a slice. */
  static CpuLayout manyForInference(Network network, int threads, Arithmetic arithmetic) {
    if (arithmetic == Arithmetic.SCALARS || !LaneSupport.present()) {
      return scalars(network, Integer.MAX_VALUE);
    }
    int lanes = LaneSupport.operations().lanes();
    int members = worthDividing(network, lanes) ? Math.min(threads, mostParts(network)) : 1;
    return images(network, lanes, members, arithmetic);
  }

  /** The layout for inference of few images, with channels in the lanes. */
  static CpuLayout fewForInference(Network network) {
    return channels(network, LaneSupport.operations().lanes(), true);
  }

  /** The most images of a batch that have channels in the lanes, and so are computed one by one. */
  static int mostWithChannels(Network network, Arithmetic arithmetic) {
    boolean vectors = arithmetic != Arithmetic.SCALARS && LaneSupport.present();
    if (!vectors || alwaysImages(network, arithmetic)) {
      return 0;
    }
    if (arithmetic == Arithmetic.CHANNELS) {
      return Integer.MAX_VALUE;
    }
    int lanes = LaneSupport.operations().lanes();
    int most = 1;
    while (!infersImages(network, most + 1, arithmetic, lanes)) {
      most++;
    }
    return most;
  }

  /** Whether images go into the lanes in training, rather than channels. */
  private static boolean images(Network network, int batch, Arithmetic arithmetic, int lanes) {
    // at one half both have as many operations, and channels occupy more threads
    return alwaysImages(network, arithmetic)
        || arithmetic == Arithmetic.AUTO
            && (batch > lanes / 2 || SharedWeights.worthTraining(network, batch, lanes));
  }

  /** The same, in inference. */
  private static boolean infersImages(
      Network network, int batch, Arithmetic arithmetic, int lanes) {
    return alwaysImages(network, arithmetic)
        || arithmetic == Arithmetic.AUTO
            && (batch > lanes / 2 || SharedWeights.worthInferring(network, batch, lanes));
  }

  private static boolean alwaysImages(Network network, Arithmetic arithmetic) {
    return arithmetic == Arithmetic.IMAGES
        || arithmetic == Arithmetic.WHOLE_BATCH
        || !ChannelLayers.supported(network);
  }

  private static int members(Network network, int batch, int threads, int lanes) {
    boolean worth = worthDividing(network, lanes);
    int slices = SliceCounts.slices(lanes, batch);
    int groups = Math.min(slices, SliceCounts.mostGroups(network.parameterCount()));
    return Division.of(slices, groups, threads, worth ? mostParts(network) : 1).members();
  }

  private static boolean worthDividing(Network network, int lanes) {
    return network.multiplyAdds() * lanes >= WORTH_DIVIDING;
  }

  private static int mostParts(Network network) {
    boolean wide =
        network.nodes().stream()
            .filter(node -> node.layer() instanceof Convolution)
            .allMatch(node -> node.output().channels() >= MOST_PARTS_OF_WIDE);
    return wide ? MOST_PARTS_OF_WIDE : MOST_PARTS;
  }

  /** Parts of a slice: two for each member, which evens them out, if the channels suffice. */
  private static int parts(int members) {
    int even = members > MOST_PARTS ? MOST_PARTS_OF_WIDE : MOST_PARTS;
    return members == 1 ? 1 : Math.min(2 * members, even);
  }

  private static CpuLayout images(Network network, int lanes, int members, Arithmetic lanesOf) {
    int parts = parts(members);
    ParameterArithmetic arithmetic = LaneSupport.parameterArithmetic();
    WholeBatch whole = lanesOf == Arithmetic.WHOLE_BATCH ? WholeBatch.EVERY : WholeBatch.LARGE;
    LaneLayers layers = new LaneLayers(network, lanes, parts, whole);
    return new CpuLayout(
        lanes,
        members,
        parts,
        layers.order(),
        arithmetic,
        layers::layOutFilters,
        layers.normalizations(),
        layers.wholeBatch(),
        layers::sharedFloats,
        layers.sliceFloats(),
        () -> layers.open(arithmetic),
        new ForInference(
            layers.inferenceFloats(),
            () -> layers.openForInference(arithmetic, false),
            () -> layers.openForInference(arithmetic, true)));
  }

  private static CpuLayout channels(Network network, int lanes) {
    return channels(network, lanes, false);
  }

  private static CpuLayout channels(Network network, int lanes, boolean inference) {
    ParameterArithmetic arithmetic = LaneSupport.parameterArithmetic();
    ChannelLayers layers = new ChannelLayers(network, lanes, arithmetic, inference);
    ParameterOrder order = layers.order();
    return new CpuLayout(
        1,
        1,
        1,
        order,
        arithmetic,
        inference ? (team, parameters) -> layers.layOut(parameters) : null,
        Normalization.of(network, order),
        BatchLayers.Plan.NONE,
        threads -> 0,
        layers.sliceFloats(),
        layers::open,
        new ForInference(layers.sliceFloats(), layers::open, layers::open));
  }

  private static CpuLayout scalars(Network network, int batch) {
    ParameterArithmetic arithmetic = new ScalarParameterArithmetic();
    long size = ScalarNetwork.activationSize(network);
    int slice = (int) Math.max(1, Math.min(LARGEST_SLICE, SLICE_FLOATS / size));
    ParameterOrder order = new ParameterOrder(network);
    Normalization[] normalizations = Normalization.of(network, order);
    int largest = Math.min(slice, batch);
    long floats = ScalarNetwork.floats(network, largest);
    Supplier<SliceNetwork> source =
        () -> new ScalarNetwork(network, largest, normalizations, arithmetic);
    return new CpuLayout(
        slice,
        1,
        1,
        order,
        arithmetic,
        null,
        normalizations,
        BatchLayers.Plan.NONE,
        threads -> 0,
        floats,
        source,
        new ForInference(floats, source, source));
  }

  /** Whether each slice of a batch has a network of its own, as a step stops between layers. */
  boolean staged() {
    return !barriers().isEmpty();
  }

  /** Where a step waits for all slices of a batch, in the order of the layers. */
  List<Barrier> barriers() {
    return Stream.concat(
            Arrays.stream(normalizations)
                .filter(Objects::nonNull)
                .map(normalization -> new Barrier(normalization.node(), normalization)),
            wholeBatch.nodes().stream().map(node -> new Barrier(node, null)))
        .sorted(Comparator.comparingInt(barrier -> barrier.node().index()))
        .toList();
  }

  /** Makes a network for one thread, or for one slice. */
  SliceNetwork open() {
    return source.get();
  }
}
