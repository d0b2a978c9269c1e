package org.aparanet.engine.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.cpu.slice.BatchLayers;
import org.aparanet.engine.cpu.slice.Normalization;
import org.aparanet.engine.cpu.slice.OperationTimes;
import org.aparanet.engine.cpu.slice.PartUpdate;
import org.aparanet.engine.cpu.slice.SliceNetwork;
import org.aparanet.engine.cpu.slice.SliceSums;
import org.aparanet.engine.cpu.slice.StepRates;
import org.aparanet.engine.cpu.slice.Team;

/**
 * Slices of a batch, forward and backward on all threads.
 *
 * <p>A batch is divided into <em>slices</em> of a fixed number of images; a slice has its forward
 * and backward pass through all layers before the next one, so that its activations stay in the
 * cache. One or several neighbouring slices form a <em>group</em>, which is computed by one team of
 * threads and has a gradient of its own. Slices and groups depend on the network and the number of
 * images alone, so that results are bitwise equal for any number of threads.
 *
 * <p>Where a batch has fewer slices than there are threads, and the network is large, several
 * threads share each slice: see {@link Division}.
 *
 * <p>A batch normalisation needs the whole batch, and so do layers that are computed for all slices
 * at once. Where there is one, a step has <em>stages</em> with a {@link Barrier} in between, and
 * each slice has a network of its own that keeps its activations from stage to stage.
 */
final class Slices implements AutoCloseable {
  private final int slice;
  private final SliceCounts counts;
  private final LoadedImages images;
  private final Stopwatches stopwatches;
  private final List<Normalization> normalizations; // in the order of the layers
  private final List<Barrier> barriers; // in the order of the layers
  private final BatchLayers wholeBatch; // null where there are none
  private float[][] gradients; // by group; only the first one has layers of the whole batch
  private final Teams teams;
  private SliceNetwork[] networks; // by leader; with barriers by slice

  /**
   * @param batch the most images of a step
   * @param threads the most threads to use
   * @param start starts so many of them
   */
  Slices(
      CpuLayout layout,
      int batch,
      int threads,
      IntFunction<Workers> start,
      LoadedImages images,
      Stopwatches stopwatches) {
    this.images = images;
    this.stopwatches = stopwatches;
    slice = layout.slice();
    counts = SliceCounts.of(layout, batch, threads);
    normalizations = Arrays.stream(layout.normalizations()).filter(Objects::nonNull).toList();
    barriers = layout.barriers();
    gradients = new float[groups(batch)][];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = new float[counts.gradientFloats(layout, i)];
    }
    networks = new SliceNetwork[counts.networks()];
    teams = new Teams(counts.teams(), counts.members(), start);
    wholeBatch = layout.wholeBatch().open(slices(batch), counts.threads());
    for (int i = 0; i < networks.length; i++) {
      networks[i] = layout.open();
    }
  }

  /** Threads, which are free for other work between two steps. */
  Team workers() {
    return teams;
  }

  /** Stopwatches that a profile needs: threads that share a slice are timed together. */
  int stopwatches() {
    return teams.leaders().count();
  }

  /** Batch normalisations, in the order of the layers. */
  List<Normalization> normalizations() {
    return normalizations;
  }

  /** Groups' gradients, in the order of the parameters. */
  float[][] gradients() {
    return gradients;
  }

  /** Any of the networks, to tell which layers are fused. */
  SliceNetwork anyNetwork() {
    return networks[0];
  }

  /** Number of groups, and so of gradients, of a batch of {@code count} images. */
  int groups(int count) {
    return counts.groups(count);
  }

  private int slices(int count) {
    return counts.slices(count);
  }

  /** Position in a batch of {@code count} images of a group's first image. */
  private int begin(int group, int count) {
    long firstSlice = Division.begin(group, slices(count), groups(count));
    return (int) Math.min(count, firstSlice * slice);
  }

  private int rows(int first, int count) {
    return Math.min(slice, count - first);
  }

  /** Whether a step of {@code count} images is one slice of one thread. */
  boolean alone(int count) {
    return barriers.isEmpty() && count <= slice && counts.members() == 1;
  }

  /**
   * Step of one slice with plain stochastic gradient descent, by the calling thread alone. The
   * first group's gradient becomes that of the step.
   *
   * @return whether the loss was finite
   */
  boolean stepAlone(Batch batch, LossGradient loss, float[] parameters, StepRates rates) {
    stopwatches.start(0);
    SliceNetwork network = network(0, 0);
    read(0, network, batch, 0, batch.count());
    network.forward(parameters, 0, network.nodes());
    if (!loss.apply(network.logits(), network.dLogits(), 0, 0, batch.count())) {
      return false;
    }
    stopwatches.lap(0, OperationTimes.Piece.SOFTMAX);
    network.backwardAndUpdate(parameters, gradients[0], rates);
    stopwatches.lap(0, OperationTimes.Piece.UPDATE);
    return true;
  }

  /**
   * Forward and backward pass, stage by stage. Each group's gradient becomes the sum over its
   * slices.
   *
   * @param update of the layers that are computed for the whole batch, behind their gradient
   * @return whether the loss was finite
   */
  boolean backward(Batch batch, LossGradient loss, float[] parameters, PartUpdate update) {
    int count = batch.count();
    int last = barriers.size();
    for (int i = 0; i < last; i++) {
      Barrier next = barriers.get(i);
      forwardStage(batch, i, parameters);
      if (next.normalizes()) {
        next.normalization().train(sums(next.normalization(), count), parameters);
      } else {
        wholeBatch.forward(next.node(), networks(count), teams, stopwatches, parameters);
      }
    }
    AtomicBoolean finite = new AtomicBoolean(true);
    eachSlice(
        count,
        (worker, network, group, first, accumulate) -> {
          forward(worker, network, batch, first, last, parameters);
          applyLoss(worker, network, loss, first, rows(first, count), finite);
          if (finite.get()) {
            backward(network, parameters, gradients[group], accumulate, last);
          }
        });
    for (int i = last - 1; i >= 0 && finite.get(); i--) {
      int stage = i;
      Barrier next = barriers.get(i);
      if (next.normalizes()) {
        next.normalization().backward(sums(next.normalization(), count), gradients[0]);
      } else {
        wholeBatch.backward(
            next.node(), networks(count), teams, stopwatches, parameters, gradients[0], update);
      }
      eachSlice(
          count,
          (worker, network, group, first, accumulate) ->
              backward(network, parameters, gradients[group], accumulate, stage));
    }
    return finite.get();
  }

  /** Forward pass of all slices up to a barrier. */
  private void forwardStage(Batch batch, int stage, float[] parameters) {
    Barrier next = barriers.get(stage);
    eachSlice(
        batch.count(),
        (worker, network, group, first, accumulate) -> {
          forward(worker, network, batch, first, stage, parameters);
          if (next.normalizes()) {
            network.measure(next.normalization());
          }
        });
  }

  /**
   * Forward pass with running statistics and without dropout.
   *
   * @param logits receives the outputs, [images, classes]
   */
  void infer(Batch batch, float[] parameters, float[] logits, int classes) {
    int count = batch.count();
    int begin = 0;
    for (Barrier barrier : barriers) {
      if (!barrier.normalizes()) { // running statistics need no other slice
        inferStage(batch, begin, barrier.end(), parameters);
        wholeBatch.forward(barrier.node(), networks(count), teams, stopwatches, parameters);
        begin = barrier.next();
      }
    }
    int from = begin;
    eachSlice(
        count,
        (worker, network, group, first, accumulate) -> {
          int rows = rows(first, count);
          inferSlice(worker, network, batch, first, from, network.nodes(), parameters);
          System.arraycopy(network.logits(), 0, logits, first * classes, rows * classes);
        });
  }

  private void inferStage(Batch batch, int from, int to, float[] parameters) {
    eachSlice(
        batch.count(),
        (worker, network, group, first, accumulate) ->
            inferSlice(worker, network, batch, first, from, to, parameters));
  }

  private void inferSlice(
      int worker,
      SliceNetwork network,
      Batch batch,
      int first,
      int from,
      int to,
      float[] parameters) {
    if (from == 0) {
      read(worker, network, batch, first, rows(first, batch.count()));
    }
    network.forward(parameters, from, to);
  }

  /** Work on one slice. */
  @FunctionalInterface
  private interface SliceTask {
    /**
     * @param first the slice's first row
     * @param accumulate whether the group has had another slice before
     */
    void run(int worker, SliceNetwork network, int group, int first, boolean accumulate);
  }

  /** Runs a task on all slices of a batch, group by group. */
  private void eachSlice(int count, SliceTask task) {
    teams
        .leaders()
        .run(
            groups(count),
            (worker, group) -> {
              stopwatches.start(worker);
              int begin = begin(group, count);
              int end = begin(group + 1, count);
              for (int first = begin; first < end; first += slice) {
                task.run(worker, network(worker, first / slice), group, first, first > begin);
              }
            });
  }

  private SliceNetwork network(int worker, int index) {
    SliceNetwork network = networks[barriers.isEmpty() ? worker : index];
    network.slice().share(teams.of(worker));
    stopwatches.attach(worker, network);
    return network;
  }

  private void read(int worker, SliceNetwork network, Batch batch, int first, int rows) {
    images.read(network, batch, first, rows);
    stopwatches.lap(worker, OperationTimes.Piece.READ);
  }

  /** Forward pass of a slice's stage, up to the barrier before the next one. */
  private void forward(
      int worker, SliceNetwork network, Batch batch, int first, int stage, float[] parameters) {
    if (stage == 0) {
      read(worker, network, batch, first, rows(first, batch.count()));
    }
    int last = barriers.size();
    int from = stage == 0 ? 0 : barriers.get(stage - 1).next();
    int to = stage == last ? network.nodes() : barriers.get(stage).end();
    network.forward(parameters, from, to);
  }

  /**
   * Backward pass of a slice's stage: from the barrier behind it, where all slices have been waited
   * for, to the one before it, which comes next.
   */
  private void backward(
      SliceNetwork network, float[] parameters, float[] gradient, boolean accumulate, int stage) {
    int last = barriers.size();
    int from = stage == last ? network.nodes() : barriers.get(stage).endBack();
    int to = stage == 0 ? 0 : barriers.get(stage - 1).nextBack();
    network.backward(parameters, gradient, accumulate, from, to);
    if (stage > 0 && barriers.get(stage - 1).normalizes()) {
      network.measureGradient(barriers.get(stage - 1).normalization());
    }
  }

  private List<SliceNetwork> networks(int count) {
    return Arrays.asList(networks).subList(0, slices(count));
  }

  private void applyLoss(
      int worker,
      SliceNetwork network,
      LossGradient loss,
      int first,
      int count,
      AtomicBoolean finite) {
    if (!loss.apply(network.logits(), network.dLogits(), 0, first, count)) {
      finite.set(false);
    }
    stopwatches.lap(worker, OperationTimes.Piece.SOFTMAX);
  }

  private List<SliceSums> sums(Normalization n, int count) {
    return Arrays.stream(networks, 0, slices(count)).map(w -> w.sums(n)).toList();
  }

  @Override
  public void close() {
    teams.close();
    networks = null;
    gradients = null;
  }
}
