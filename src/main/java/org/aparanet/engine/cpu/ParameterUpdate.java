package org.aparanet.engine.cpu;

import java.util.Arrays;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.cpu.slice.OperationTimes;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.ParameterOrder;
import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.cpu.slice.Team;

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

  ParameterUpdate(
      Team workers, ParameterOrder order, ParameterArithmetic arithmetic, Stopwatches stopwatches) {
    this.workers = workers;
    this.order = order;
    this.arithmetic = arithmetic;
    this.stopwatches = stopwatches;
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
    boolean alone = groups == 1 && order.learned() <= FEW;
    int share = optimizer.clips() ? CHUNK : share(order.learned(), workers.count());
    int chunk = alone ? Math.max(1, order.learned()) : share;
    int chunks = (order.learned() + chunk - 1) / chunk;
    double[] squares = new double[chunks];
    if (optimizer.clips()) {
      eachChunk(
          chunks,
          chunk,
          (index, from, to) -> {
            reduce(gradients, groups, from, to);
            squares[index] = sumOfSquares(gradients[0], from, to);
          });
    }
    double norm = Math.sqrt(Arrays.stream(squares).sum());
    OptimizerStep body =
        new OptimizerStep(optimizer, rates.body(), optimizer.weightDecay(), step, norm);
    OptimizerStep head =
        new OptimizerStep(optimizer, rates.head(), optimizer.headWeightDecay(), step, norm);
    eachChunk(
        chunks,
        chunk,
        (index, from, to) -> {
          if (!optimizer.clips()) {
            reduce(gradients, groups, from, to);
          }
          if (optimizer.isPlain()) {
            arithmetic.update(from, to, parameters, gradients[0], rates);
          } else {
            int split = rates.split(from, to);
            body.apply(from, split, parameters, gradients[0], moments.first(), moments.second());
            head.apply(split, to, parameters, gradients[0], moments.first(), moments.second());
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

  /** Work on a part of the parameters. */
  @FunctionalInterface
  private interface ChunkTask {
    void run(int chunk, int from, int to);
  }

  private void eachChunk(int chunks, int size, ChunkTask task) {
    workers.run(
        chunks,
        (worker, chunk) -> {
          stopwatches.start(worker);
          int from = chunk * size;
          task.run(chunk, from, Math.min(order.learned(), from + size));
          stopwatches.lap(worker, OperationTimes.Piece.UPDATE);
        });
  }

  private void reduce(float[][] gradients, int groups, int from, int to) {
    for (int group = 1; group < groups; group++) {
      arithmetic.add(from, to, gradients[0], gradients[group]);
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
