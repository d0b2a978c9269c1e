package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.SessionArguments;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.TrainingState;
import org.aparanet.model.Network;

/**
 * A network in Java arrays.
 *
 * <p>A batch is cut into <em>slices</em> of a fixed number of images; a slice goes forward and
 * backward through all layers before the next one begins, so its activations stay in the cache. One
 * or several neighbouring slices form a <em>group</em>, which one thread works on and which has a
 * gradient of its own; the groups' gradients are added in their order. Slices and groups follow
 * from the network and the number of images alone: the same bits come out of any number of threads.
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
  private final List<ImageSet> sets = new ArrayList<>();
  private Workspace[] workspaces; // by worker
  private long version = 1; // of the parameters
  private final long[] taken; // by worker: the version that its workspace knows
  private final ParameterOrder order;
  private float[] parameters; // in the order, as are the gradients
  private float[][] gradients; // by group
  private int images; // in all sets
  private boolean gradientKnown;
  private boolean staged;
  private Optimizer optimizer = Optimizer.SGD;
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
    workspaces = new Workspace[useful];
    for (int i = 0; i < useful; i++) {
      workspaces[i] = kind.open();
    }
    taken = new long[useful];
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
  public void optimize(Optimizer how, long seed) {
    requireOpen();
    optimizer = how;
    if (!how.equals(Optimizer.SGD)) {
      throw new EngineException("the Java engine knows SGD only");
    }
    steps = 0;
  }

  @Override
  public TrainingState state() {
    return new TrainingState(parameters(), new float[0], new float[0], steps);
  }

  @Override
  public void restore(TrainingState state) {
    requireOpen();
    SessionArguments.requireState(state, network, optimizer);
    setParameters(state.parameters());
    steps = state.steps();
  }

  @Override
  public void setParameters(float[] values) {
    requireOpen();
    SessionArguments.requireParameters(values, network);
    order.store(values, parameters);
    version++;
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
    boolean updated =
        count <= slice
            ? stepSlice(indices, from, count, loss, learningRate)
            : stepGroups(indices, from, count, loss, learningRate);
    gradientKnown = updated;
    steps += updated ? 1 : 0;
    return updated;
  }

  @Override
  public StepProfile profile(
      int[] indices, int from, int count, LossGradient loss, float learningRate) {
    requireOpen();
    times = new OperationTimes[workspaces.length];
    for (int worker = 0; worker < times.length; worker++) {
      times[worker] = new OperationTimes(network.nodes());
      workspaces[worker].profile(times[worker]);
    }
    try {
      long start = System.nanoTime();
      if (!step(indices, from, count, loss, learningRate)) {
        throw new EngineException("the loss of a step that was to be timed is not finite");
      }
      long wall = System.nanoTime() - start;
      return CpuProfile.of(network, count, workspaces[0], times, wall);
    } finally {
      times = null;
      for (Workspace workspace : workspaces) {
        workspace.profile(null);
      }
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
  private boolean stepSlice(
      int[] indices, int from, int count, LossGradient loss, float learningRate) {
    start(0);
    Workspace workspace = workspace(0);
    forward(0, workspace, indices, from, count);
    if (!loss.apply(workspace.logits(), workspace.dLogits(), 0, 0, count)) {
      return false;
    }
    lap(0, OperationTimes.Piece.SOFTMAX);
    workspace.backwardAndUpdate(count, parameters, gradients[0], learningRate);
    lap(0, OperationTimes.Piece.UPDATE);
    version++;
    return true;
  }

  private boolean stepGroups(
      int[] indices, int from, int count, LossGradient loss, float learningRate) {
    AtomicBoolean finite = new AtomicBoolean(true);
    int groups = groups(count);
    workers.run(
        groups,
        (worker, group) -> {
          start(worker);
          Workspace workspace = workspace(worker);
          int begin = begin(group, count);
          int end = begin(group + 1, count);
          for (int first = begin; first < end; first += slice) {
            int rows = Math.min(slice, end - first);
            forward(worker, workspace, indices, from + first, rows);
            if (!loss.apply(workspace.logits(), workspace.dLogits(), 0, first, rows)) {
              finite.set(false);
            }
            lap(worker, OperationTimes.Piece.SOFTMAX);
            if (finite.get()) {
              workspace.backward(rows, parameters, gradients[group], first > begin);
            }
          }
        });
    if (!finite.get()) {
      return false;
    }
    reduceAndUpdate(groups, learningRate);
    version++;
    return true;
  }

  /** Adds the groups' gradients to the first one's, in their order, and moves the parameters. */
  private void reduceAndUpdate(int groups, float learningRate) {
    // groups is 1 where a thread alone did the step: then it also ends it alone
    int chunks = groups == 1 ? 1 : (parameters.length + CHUNK - 1) / CHUNK;
    workers.run(
        chunks,
        (worker, chunk) -> {
          start(worker);
          Workspace arithmetic = workspaces[worker];
          int begin = chunk * CHUNK;
          int end = chunks == 1 ? parameters.length : Math.min(parameters.length, begin + CHUNK);
          for (int group = 1; group < groups; group++) {
            arithmetic.add(begin, end, gradients[0], gradients[group]);
          }
          arithmetic.update(begin, end, parameters, gradients[0], learningRate);
          lap(worker, OperationTimes.Piece.UPDATE);
        });
  }

  @Override
  public void infer(int[] indices, int from, int count, float[] logits) {
    requireOpen();
    SessionArguments.requireImages(indices, from, count, batch, images);
    int classes = network.classes();
    SessionArguments.requireRoom(logits, count, network);
    workers.run(
        groups(count),
        (worker, group) -> {
          Workspace workspace = workspace(worker);
          int end = begin(group + 1, count);
          for (int first = begin(group, count); first < end; first += slice) {
            int rows = Math.min(slice, end - first);
            forward(worker, workspace, indices, from + first, rows);
            System.arraycopy(workspace.logits(), 0, logits, first * classes, rows * classes);
          }
        });
  }

  /** A worker's workspace, knowing the parameters as they are now. */
  private Workspace workspace(int worker) {
    if (taken[worker] != version) {
      workspaces[worker].takeParameters(parameters);
      taken[worker] = version;
      lap(worker, OperationTimes.Piece.FILTERS);
    }
    return workspaces[worker];
  }

  private void forward(int worker, Workspace workspace, int[] indices, int from, int rows) {
    for (int row = 0; row < rows; row++) {
      int index = indices[from + row];
      int set = 0;
      while (index >= sets.get(set).count()) {
        index -= sets.get(set++).count();
      }
      workspace.read(sets.get(set), index, row);
    }
    lap(worker, OperationTimes.Piece.READ);
    workspace.forward(rows, parameters);
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
