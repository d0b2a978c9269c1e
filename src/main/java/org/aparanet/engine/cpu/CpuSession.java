package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.support.SessionArguments;
import org.aparanet.model.Network;

/**
 * A network in Java arrays.
 *
 * <p>A batch is cut into <em>slices</em> of a fixed number of images; a slice goes forward and
 * backward through all layers before the next one begins, so its activations stay in the cache. One
 * or several neighbouring slices form a <em>group</em>, which one thread works on and which has a
 * gradient of its own; the groups' gradients are added in their order. Slices and groups follow
 * from the network and the number of images alone: the same bits come out of any number of threads.
 *
 * <p>A batch normalisation needs the whole batch before any slice goes on. Where there is one, a
 * step has <em>stages</em> with a barrier in between, and each slice has a workspace of its own
 * that keeps its activations from stage to stage.
 */
final class CpuSession implements Session {

  /** The most gradients that are kept, and so the most threads that find work. */
  private static final int MOST_GROUPS = 16;

  /** The most memory that several gradients may take together: 2^26 floats, 256 MiB. */
  private static final int GRADIENT_FLOATS = 1 << 26;

  /** Parameters that one task adds up and updates. */
  private static final int CHUNK = 1 << 15;

  private final Device device;
  private final Network network;
  private final int batch;
  private final int slice;
  private final int mostGroups;
  private final Workers workers;
  private final List<Normalization> normalizations; // in the order of the layers
  private final FilterPanels panels; // null where filters are read as they are
  private final List<ImageSet> sets = new ArrayList<>();
  private Workspace[] workspaces; // by worker; with batch normalisation by slice
  private boolean panelsTaken; // whether the panels are those of the parameters
  private final ParameterOrder order;
  private float[] parameters; // in the order, as are the gradients
  private float[][] gradients; // by group
  private int images; // in all sets
  private boolean gradientKnown;
  private boolean staged;
  private Optimizer optimizer = Optimizer.SGD;
  private Moments moments = Moments.zero(Optimizer.SGD, 0);
  private long seed;
  private long steps; // since the optimizer was set
  private OperationTimes[] times; // by worker; null unless a step is profiled

  CpuSession(Device device, Network network, int batch, int threads, Arithmetic arithmetic) {
    this.device = device;
    this.network = network;
    this.batch = batch;
    Workspaces kind = Workspaces.of(network, batch, arithmetic);
    order = kind.order();
    slice = kind.slice();
    mostGroups = Math.max(1, Math.min(MOST_GROUPS, GRADIENT_FLOATS / order.size()));
    int groups = groups(batch);
    int useful = Math.min(threads, groups);
    parameters = new float[order.size()];
    gradients = new float[groups][order.size()];
    panels = kind.panels();
    normalizations = Arrays.stream(kind.normalizations()).filter(Objects::nonNull).toList();
    workspaces = new Workspace[normalizations.isEmpty() ? useful : slices(batch)];
    for (int i = 0; i < workspaces.length; i++) {
      workspaces[i] = kind.open();
    }
    workers = new Workers(useful);
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int load(ImageSet set) {
    requireOpen();
    SessionArguments.requireShape(set, network);
    if ((long) images + set.count() > Integer.MAX_VALUE) {
      throw new EngineException(
          set.name() + " takes the session over " + Integer.MAX_VALUE + " images");
    }
    int first = images;
    sets.add(set);
    images += set.count();
    return first;
  }

  @Override
  public int stage(ImageSet images) {
    requireOpen();
    SessionArguments.requireStage(images, network, batch, staged);
    staged = true;
    return load(images); // every step reads the set's own pixels
  }

  @Override
  public void optimize(Optimizer how, long dropoutSeed) {
    requireOpen();
    optimizer = how;
    seed = dropoutSeed;
    moments = Moments.zero(how, order.size());
    steps = 0;
  }

  @Override
  public TrainingState state() {
    return moments.state(parameters(), order, steps);
  }

  @Override
  public void restore(TrainingState state) {
    requireOpen();
    SessionArguments.requireState(state, network, optimizer);
    setParameters(state.parameters());
    moments.store(state, order);
    steps = state.steps();
  }

  @Override
  public void setParameters(float[] values) {
    requireOpen();
    SessionArguments.requireParameters(values, network);
    order.store(values, parameters);
    panelsTaken = false;
  }

  @Override
  public float[] parameters() {
    requireOpen();
    return order.restore(parameters);
  }

  @Override
  public float[] gradients() {
    requireOpen();
    if (!gradientKnown) {
      throw new IllegalStateException("there is no gradient: no step has ended with a finite loss");
    }
    return order.restore(gradients[0]);
  }

  @Override
  public boolean step(int[] indices, int from, int count, LossGradient loss, float learningRate) {
    requireOpen();
    SessionArguments.requireImages(indices, from, count, batch, images);
    Objects.requireNonNull(loss, "loss");
    gradientKnown = false;
    Batch rows = new Batch(indices, from, count, new DropoutStep(seed, steps));
    takePanels();
    if (normalizations.isEmpty() && count <= slice && optimizer.equals(Optimizer.SGD)) {
      gradientKnown = stepSlice(rows, loss, learningRate);
    } else {
      gradientKnown = backward(rows, loss);
      if (gradientKnown) {
        reduceAndUpdate(groups(count), learningRate);
      }
    }
    if (gradientKnown) {
      normalizations.forEach(n -> n.moveRunning(parameters));
      panelsTaken = false;
      steps++;
    }
    return gradientKnown;
  }

  /**
   * The images of a step or an inference.
   *
   * @param indices of the images, from {@code from} on
   * @param dropout what a step drops; null for inference
   */
  private record Batch(int[] indices, int from, int count, DropoutStep dropout) {}

  @Override
  public StepProfile profile(
      int[] indices, int from, int count, LossGradient loss, float learningRate) {
    requireOpen();
    times = new OperationTimes[workers.count()];
    for (int worker = 0; worker < times.length; worker++) {
      times[worker] = new OperationTimes(network.nodes());
    }
    try {
      long start = System.nanoTime();
      if (!step(indices, from, count, loss, learningRate)) {
        throw new EngineException("the loss of a step that was to be timed is not finite");
      }
      long wall = System.nanoTime() - start;
      return CpuProfile.of(network, count, workspaces[0], times, wall);
    } finally {
      times = null; // each workspace is told when it is used next
    }
  }

  private void start(int worker) {
    if (times != null) {
      times[worker].start();
    }
  }

  private void lap(int worker, OperationTimes.Piece piece) {
    if (times != null) {
      times[worker].lap(piece);
    }
  }

  /** A step of one slice, by the calling thread alone. */
  private boolean stepSlice(Batch rows, LossGradient loss, float learningRate) {
    start(0);
    Workspace workspace = workspace(0, 0);
    read(0, workspace, rows, 0, rows.count());
    workspace.forward(parameters, 0, workspace.nodes());
    if (!loss.apply(workspace.logits(), workspace.dLogits(), 0, 0, rows.count())) {
      return false;
    }
    lap(0, OperationTimes.Piece.SOFTMAX);
    workspace.backwardAndUpdate(parameters, gradients[0], order.learned(), learningRate);
    lap(0, OperationTimes.Piece.UPDATE);
    return true;
  }

  /** What is done with a slice. */
  @FunctionalInterface
  private interface SliceTask {
    /**
     * @param first the slice's first row
     * @param accumulate whether the group has had another slice before
     */
    void run(int worker, Workspace workspace, int group, int first, boolean accumulate);
  }

  /** Runs a task on all slices of a batch, group by group. */
  private void eachSlice(int count, SliceTask task) {
    workers.run(
        groups(count),
        (worker, group) -> {
          start(worker);
          int begin = begin(group, count);
          int end = begin(group + 1, count);
          for (int first = begin; first < end; first += slice) {
            task.run(worker, workspace(worker, first / slice), group, first, first > begin);
          }
        });
  }

  private int rows(int first, int count) {
    return Math.min(slice, count - first);
  }

  /**
   * Forward and backward, stage by stage; each group's gradient is its own. Each normalisation
   * begins a stage.
   */
  private boolean backward(Batch rows, LossGradient loss) {
    int count = rows.count();
    int last = normalizations.size();
    for (int i = 0; i < last; i++) {
      int stage = i;
      Normalization next = normalizations.get(i);
      eachSlice(
          count,
          (worker, workspace, group, first, accumulate) -> {
            forward(worker, workspace, rows, first, stage);
            workspace.measure(next);
          });
      next.train(sums(next, count), parameters);
    }
    AtomicBoolean finite = new AtomicBoolean(true);
    eachSlice(
        count,
        (worker, workspace, group, first, accumulate) -> {
          forward(worker, workspace, rows, first, last);
          applyLoss(worker, workspace, loss, first, rows(first, count), finite);
          if (finite.get()) {
            backward(workspace, gradients[group], accumulate, last);
          }
        });
    for (int i = last - 1; i >= 0 && finite.get(); i--) {
      int stage = i;
      normalizations.get(i).backward(sums(normalizations.get(i), count), gradients[0]);
      eachSlice(
          count,
          (worker, workspace, group, first, accumulate) ->
              backward(workspace, gradients[group], accumulate, stage));
    }
    return finite.get();
  }

  /** A slice's way through a stage, up to the normalisation that begins the next one. */
  private void forward(int worker, Workspace workspace, Batch rows, int first, int stage) {
    if (stage == 0) {
      read(worker, workspace, rows, first, rows(first, rows.count()));
    }
    int last = normalizations.size();
    int from = stage == 0 ? 0 : normalizations.get(stage - 1).node().index();
    int to = stage == last ? workspace.nodes() : normalizations.get(stage).node().index();
    workspace.forward(parameters, from, to);
  }

  /**
   * A slice's way back through a stage: from the normalisation that begins the next one, whose sums
   * are known now, to the one that begins this one, whose sums come next.
   */
  private void backward(Workspace workspace, float[] gradient, boolean accumulate, int stage) {
    int last = normalizations.size();
    int from = stage == last ? workspace.nodes() : normalizations.get(stage).node().index() + 1;
    int to = stage == 0 ? 0 : normalizations.get(stage - 1).node().index() + 1;
    workspace.backward(parameters, gradient, accumulate, from, to);
    if (stage > 0) {
      workspace.measureGradient(normalizations.get(stage - 1));
    }
  }

  private void applyLoss(
      int worker,
      Workspace workspace,
      LossGradient loss,
      int first,
      int count,
      AtomicBoolean finite) {
    if (!loss.apply(workspace.logits(), workspace.dLogits(), 0, first, count)) {
      finite.set(false);
    }
    lap(worker, OperationTimes.Piece.SOFTMAX);
  }

  private List<SliceSums> sums(Normalization n, int count) {
    return Arrays.stream(workspaces, 0, slices(count)).map(w -> w.sums(n)).toList();
  }

  /** Adds the groups' gradients to the first one's, in their order, and moves the parameters. */
  private void reduceAndUpdate(int groups, float learningRate) {
    // groups is 1 where a thread alone did the step: then it also ends it alone
    int chunk = groups == 1 ? Math.max(1, order.learned()) : CHUNK;
    int chunks = (order.learned() + chunk - 1) / chunk;
    boolean plain = optimizer.equals(Optimizer.SGD);
    double[] squares = new double[chunks];
    if (optimizer.clips()) {
      eachChunk(
          chunks,
          chunk,
          (index, from, to, arithmetic) -> {
            reduce(groups, from, to, arithmetic);
            squares[index] = sumOfSquares(gradients[0], from, to);
          });
    }
    double norm = Math.sqrt(Arrays.stream(squares).sum());
    OptimizerStep step = new OptimizerStep(optimizer, learningRate, steps + 1, norm);
    eachChunk(
        chunks,
        chunk,
        (index, from, to, arithmetic) -> {
          if (!optimizer.clips()) {
            reduce(groups, from, to, arithmetic);
          }
          if (plain) {
            arithmetic.update(from, to, parameters, gradients[0], learningRate);
          } else {
            step.apply(from, to, parameters, gradients[0], moments.first(), moments.second());
          }
        });
  }

  /** What is done with a part of the parameters. */
  @FunctionalInterface
  private interface ChunkTask {
    void run(int chunk, int from, int to, Workspace arithmetic);
  }

  private void eachChunk(int chunks, int size, ChunkTask task) {
    workers.run(
        chunks,
        (worker, chunk) -> {
          start(worker);
          int from = chunk * size;
          task.run(chunk, from, Math.min(order.learned(), from + size), workspaces[worker]);
          lap(worker, OperationTimes.Piece.UPDATE);
        });
  }

  private void reduce(int groups, int from, int to, Workspace arithmetic) {
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

  @Override
  public void infer(int[] indices, int from, int count, float[] logits) {
    requireOpen();
    SessionArguments.requireImages(indices, from, count, batch, images);
    SessionArguments.requireRoom(logits, count, network);
    int classes = network.classes();
    Batch rows = new Batch(indices, from, count, null);
    takePanels();
    normalizations.forEach(n -> n.infer(parameters));
    eachSlice(
        count,
        (worker, workspace, group, first, accumulate) -> {
          int images = rows(first, count);
          read(worker, workspace, rows, first, images);
          workspace.forward(parameters, 0, workspace.nodes());
          System.arraycopy(workspace.logits(), 0, logits, first * classes, images * classes);
        });
  }

  private void takePanels() {
    if (!panelsTaken && panels != null) {
      start(0);
      panels.take(parameters);
      lap(0, OperationTimes.Piece.FILTERS);
    }
    panelsTaken = true;
  }

  private Workspace workspace(int worker, int slice) {
    Workspace workspace = workspaces[normalizations.isEmpty() ? worker : slice];
    workspace.profile(times == null ? null : times[worker]);
    return workspace;
  }

  /** Puts the images of a slice into a workspace. */
  private void read(int worker, Workspace workspace, Batch batch, int first, int count) {
    for (int row = 0; row < count; row++) {
      int index = batch.indices()[batch.from() + first + row];
      int set = 0;
      while (index >= sets.get(set).count()) {
        index -= sets.get(set++).count();
      }
      workspace.read(sets.get(set), index, row);
    }
    workspace.begin(count, first, batch.dropout());
    lap(worker, OperationTimes.Piece.READ);
  }

  private int slices(int count) {
    return (count + slice - 1) / slice;
  }

  private int groups(int count) {
    return Math.min(mostGroups, slices(count));
  }

  /** Position in a batch of {@code count} images of a group's first image. */
  private int begin(int group, int count) {
    long firstSlice = (long) slices(count) * group / groups(count);
    return (int) Math.min(count, firstSlice * slice);
  }

  private void requireOpen() {
    if (parameters == null) {
      throw new IllegalStateException("the session is closed");
    }
  }

  @Override
  public void close() {
    workers.close();
    sets.clear();
    workspaces = null;
    parameters = null;
    gradients = null;
  }
}
