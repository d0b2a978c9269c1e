package org.aparanet.engine.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.cpu.slice.OperationTimes;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.ParameterOrder;
import org.aparanet.engine.cpu.slice.PartUpdate;
import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.cpu.slice.Team;
import org.aparanet.model.Network.Node;

/**
 * Reduction of the groups' gradients in their order, and update of the parameters by an optimizer,
 * in chunks on all threads.
 */
final class ParameterUpdate {

  /** The most parameters that one task adds up and updates. */
  private static final int CHUNK = 1 << 15;

  /** Parameters that are worth a task of their own, whole cache lines of them. */
  private static final int LEAST_CHUNK = 1 << 11;

  /** Tasks for each thread, so that one that begins late leaves some to the others. */
  private static final int TASKS_OF_A_THREAD = 4;

  /** Parameters that are not worth several threads. */
  private static final int FEW = 1 << 18;

  private final Team workers;
  private final ParameterOrder order;
  private final ParameterArithmetic arithmetic;
  private final Stopwatches stopwatches;
  private final List<Node> wholeBatch; // layers with one gradient, of all slices
  private final List<Chunk> uncut; // all but those, in one
  private final List<Chunk> shared; // all but those, a few for each thread
  private final List<Chunk> all; // the same for any number of threads

  ParameterUpdate(
      Team workers,
      ParameterOrder order,
      ParameterArithmetic arithmetic,
      Stopwatches stopwatches,
      List<Node> wholeBatch) {
    this.workers = workers;
    this.order = order;
    this.arithmetic = arithmetic;
    this.stopwatches = stopwatches;
    this.wholeBatch = wholeBatch;
    uncut = List.of(new Chunk(null, 0, order.shared()));
    shared = cut(null, 0, order.shared(), share(order.shared(), workers.count())).toList();
    all =
        Stream.concat(
                cut(null, 0, order.shared(), CHUNK),
                wholeBatch.stream()
                    .flatMap(node -> cut(node, order.weight(node), order.end(node), CHUNK)))
            .toList();
  }

  /**
   * Adds the groups' gradients to the first one's, in their order, and moves the parameters.
   *
   * @param groups number of gradients
   * @param step number of the step, from 1
   */
  void apply(
      Optimizer optimizer,
      StepRates rates,
      long step,
      float[] parameters,
      float[][] gradients,
      int groups,
      Moments moments) {
    // few parameters of one group, as of a step that one thread computed, are updated by it alone
    boolean alone = groups == 1 && order.shared() <= FEW;
    List<Chunk> chunks = alone ? uncut : shared;
    double norm = 0;
    if (optimizer.clips()) {
      chunks = alone && wholeBatch.isEmpty() ? uncut : all;
      double[] squares = new double[chunks.size()];
      eachChunk(
          chunks,
          (index, chunk) -> {
            reduce(gradients, groups, chunk);
            squares[index] = sumOfSquares(gradients[0], chunk.from, chunk.to);
          });
      norm = Math.sqrt(Arrays.stream(squares).sum());
    }
    Rules rules = new Rules(optimizer, rates, step, norm, parameters, moments);
    boolean reduced = optimizer.clips();
    eachChunk(
        chunks,
        (index, chunk) -> {
          if (!reduced) {
            reduce(gradients, groups, chunk);
          }
          if (chunk.node == null) {
            rules.apply(chunk.from, chunk.to, gradients[0]);
          } else {
            rules.apply(chunk.node, chunk.from, chunk.to, gradients[0]);
          }
        });
  }

  /** Parameters of a task, the same for all threads; a norm is summed by whole chunks instead. */
  private static int share(int learned, int threads) {
    int share = learned / (TASKS_OF_A_THREAD * threads);
    return Math.min(CHUNK, (share / LEAST_CHUNK + 1) * LEAST_CHUNK);
  }

  /** Whether all threads share an update that clips nothing, and not one does it alone. */
  static boolean shared(int learned, int groups, int threads) {
    return threads > 1 && (groups > 1 || learned > FEW) && learned > share(learned, threads);
  }

  /**
   * Update of layers of the whole batch as soon as their gradient is known; later, with all others,
   * where the gradients' norm must be known before.
   *
   * @param step number of the step, from 1
   */
  PartUpdate parts(
      Optimizer optimizer, StepRates rates, long step, float[] parameters, Moments moments) {
    if (wholeBatch.isEmpty() || optimizer.clips()) {
      return PartUpdate.LATER;
    }
    return new Rules(optimizer, rates, step, 0, parameters, moments)::apply;
  }

  /** Update rule of a step, with the rate of each layer. */
  private final class Rules {
    private final boolean plain;
    private final StepRates rates;
    private final OptimizerStep body;
    private final OptimizerStep head;
    private final float[] parameters;
    private final Moments moments;

    Rules(
        Optimizer optimizer,
        StepRates rates,
        long step,
        double norm,
        float[] parameters,
        Moments moments) {
      plain = optimizer.isPlain();
      this.rates = rates;
      body = new OptimizerStep(optimizer, rates.body(), optimizer.weightDecay(), step, norm);
      head = new OptimizerStep(optimizer, rates.head(), optimizer.headWeightDecay(), step, norm);
      this.parameters = parameters;
      this.moments = moments;
    }

    /** Moves parameters whose gradient was a sum over groups; the head is the last of them. */
    void apply(int from, int to, float[] gradient) {
      if (plain) {
        arithmetic.update(from, to, parameters, gradient, rates);
      } else {
        int split = rates.split(from, to);
        body.apply(from, split, parameters, gradient, moments.first(), moments.second());
        head.apply(split, to, parameters, gradient, moments.first(), moments.second());
      }
    }

    /** Moves parameters of a layer of the whole batch. */
    void apply(Node node, int from, int to, float[] gradient) {
      boolean ofHead = order.weight(node) == rates.headFrom();
      if (plain) {
        float rate = ofHead ? rates.head() : rates.body();
        arithmetic.update(from, to, parameters, gradient, rate);
      } else {
        (ofHead ? head : body)
            .apply(from, to, parameters, gradient, moments.first(), moments.second());
      }
    }
  }

  /**
   * Parameters that a task moves.
   *
   * @param node layer of the whole batch that they belong to; null where they are the others'
   */
  private record Chunk(Node node, int from, int to) {}

  private static Stream<Chunk> cut(Node node, int from, int to, int size) {
    return IntStream.iterate(from, at -> at < to, at -> at + size)
        .mapToObj(at -> new Chunk(node, at, Math.min(to, at + size)));
  }

  /** Work on a part of the parameters. */
  @FunctionalInterface
  private interface ChunkTask {
    void run(int index, Chunk chunk);
  }

  private void eachChunk(List<Chunk> chunks, ChunkTask task) {
    workers.run(
        chunks.size(),
        (worker, index) -> {
          stopwatches.start(worker);
          task.run(index, chunks.get(index));
          stopwatches.lap(worker, OperationTimes.Piece.UPDATE);
        });
  }

  private void reduce(float[][] gradients, int groups, Chunk chunk) {
    for (int group = 1; group < groups && chunk.node == null; group++) {
      arithmetic.add(chunk.from, chunk.to, gradients[0], gradients[group]);
    }
  }

  private static double sumOfSquares(float[] values, int from, int to) {
    double even = 0;
    double odd = 0;
    int i = from;
    for (; i + 1 < to; i += 2) {
      even += (double) values[i] * values[i];
      odd += (double) values[i + 1] * values[i + 1];
    }
    return even + odd + (i < to ? (double) values[i] * values[i] : 0);
  }
}
