package org.aparanet.engine.cpu;

import java.util.function.BiConsumer;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.aparanet.engine.cpu.channel.ChannelLayers;
import org.aparanet.engine.cpu.lane.LaneLayers;
import org.aparanet.engine.cpu.scalar.ScalarNetwork;
import org.aparanet.engine.cpu.scalar.ScalarParameterArithmetic;
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
 * @param sharedFloats of the filters packed for all threads, by the number of threads
 * @param sliceFloats of a network for one thread, or for one slice
 * @param source makes such a network
 */
record CpuLayout(
    int slice,
    int members,
    int parts,
    ParameterOrder order,
    ParameterArithmetic arithmetic,
    BiConsumer<Team, float[]> filters,
    Normalization[] normalizations,
    IntToLongFunction sharedFloats,
    long sliceFloats,
    Supplier<SliceNetwork> source) {

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
        ? images(network, lanes, members(network, batch, threads, lanes))
        : channels(network, lanes);
  }

  /** The layout for inference of few images, with channels in the lanes. */
  static CpuLayout fewForInference(Network network) {
    return channels(network, LaneSupport.operations().lanes(), true);
  }

  /** The most images of a batch that have channels in the lanes, and so are computed one by one. */
  static int mostWithChannels(Network network, Arithmetic arithmetic) {
    boolean vectors = arithmetic != Arithmetic.SCALARS && LaneSupport.present();
    if (!vectors || images(network, 1, arithmetic, LaneSupport.operations().lanes())) {
      return 0;
    }
    return arithmetic == Arithmetic.CHANNELS
        ? Integer.MAX_VALUE
        : LaneSupport.operations().lanes() / 2;
  }

  /** Whether images go into the lanes, rather than channels. */
  private static boolean images(Network network, int batch, Arithmetic arithmetic, int lanes) {
    if (arithmetic == Arithmetic.IMAGES || !ChannelLayers.supported(network)) {
      return true;
    }
    // at one half both have as many operations, and channels occupy more threads
    return arithmetic == Arithmetic.AUTO && batch > lanes / 2;
  }

  private static int members(Network network, int batch, int threads, int lanes) {
    boolean worth = network.multiplyAdds() * lanes >= WORTH_DIVIDING;
    int slices = SliceCounts.slices(lanes, batch);
    int groups = Math.min(slices, SliceCounts.mostGroups(network.parameterCount()));
    return Division.of(slices, groups, threads, worth ? mostParts(network) : 1).members();
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

  private static CpuLayout images(Network network, int lanes, int members) {
    int parts = parts(members);
    ParameterArithmetic arithmetic = LaneSupport.parameterArithmetic();
    LaneLayers layers = new LaneLayers(network, lanes, parts);
    return new CpuLayout(
        lanes,
        members,
        parts,
        layers.order(),
        arithmetic,
        layers::layOutFilters,
        layers.normalizations(),
        layers::sharedFloats,
        layers.sliceFloats(),
        () -> layers.open(arithmetic));
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
        threads -> 0,
        layers.sliceFloats(),
        layers::open);
  }

  private static CpuLayout scalars(Network network, int batch) {
    ParameterArithmetic arithmetic = new ScalarParameterArithmetic();
    long size = ScalarNetwork.activationSize(network);
    int slice = (int) Math.max(1, Math.min(LARGEST_SLICE, SLICE_FLOATS / size));
    ParameterOrder order = new ParameterOrder(network);
    Normalization[] normalizations = Normalization.of(network, order);
    int largest = Math.min(slice, batch);
    return new CpuLayout(
        slice,
        1,
        1,
        order,
        arithmetic,
        null,
        normalizations,
        threads -> 0,
        ScalarNetwork.floats(network, largest),
        () -> new ScalarNetwork(network, largest, normalizations, arithmetic));
  }

  /** Makes a network for one thread, or for one slice. */
  SliceNetwork open() {
    return source.get();
  }
}
