package org.aparanet.engine.opencl;

import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import java.util.Objects;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.DeviceTraffic;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.LossOnDevice;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.opencl.kernel.DeviceMemory;
import org.aparanet.engine.opencl.kernel.DeviceState;
import org.aparanet.engine.opencl.kernel.MatrixProduct;
import org.aparanet.engine.opencl.plan.PassTable;
import org.aparanet.engine.opencl.plan.PassTableBuilder;
import org.aparanet.engine.opencl.plan.ProductShape;
import org.aparanet.engine.support.SessionArguments;
import org.aparanet.model.Network;

/**
 * Network on an OpenCL device: one {@code TrainingKernel}, executed twice for each step, with the
 * host's softmax in between. The second execute prefetches the next step's images, where they are
 * known.
 *
 * <p>From the host to the device go, for each step, the batch's indices and the logits' gradient;
 * from the device to the host the logits and the {@code status}. Everything else stays where it is,
 * in the arrays of {@link DeviceState}.
 */
final class OpenClSession implements Session {
  private final Device device;
  private final Network network;
  private final int batch;
  private final PassTable table;
  private final Range range;
  private final TrafficCounter traffic = new TrafficCounter();
  private final DeviceState state;
  private final DeviceImages images;
  private final PassExecutor executor;
  private final Prefetch prefetch;

  /** Of a device's memory, of which images take one part: the network needs room, too. */
  private static final int IMAGES_SHARE = 2;

  /** Seed of the dropout masks. */
  private long seed;

  /** Null until the first profile; kept, since its estimate of a call's cost improves. */
  private PassTimer timer;

  private boolean profiling;

  /** Steps with the loss on the device; null until they are first asked for. */
  private LossSteps lossSteps;

  OpenClSession(
      Device device,
      OpenCLDevice target,
      HostMemory memory,
      Launch launch,
      Network network,
      int batch) {
    this.device = device;
    this.network = network;
    this.batch = batch;
    int groups = workGroups(target);
    table = PassTableBuilder.table(network, batch, groups);
    range = Range.create(target, MatrixProduct.GROUP * groups, MatrixProduct.GROUP);
    long largestAllocation = target.getMaxMemAllocSize();
    state =
        new DeviceState(
            network,
            batch,
            table.layout(),
            range.getGlobalSize(0),
            deviceMemory(device, target, memory),
            traffic);
    images =
        new DeviceImages(
            device,
            state.images(),
            network.input().size(),
            network.before() > 0,
            batch,
            largestAllocation,
            roomForImages(target, memory));
    prefetch = new Prefetch(state.images(), images, batch);
    executor = new PassExecutor(device, target, state, range, launch, traffic);
    try {
      probe();
    } catch (RuntimeException e) {
      if (executor.everRan()) {
        state.close(); // closing a kernel that never ran ends the process
      }
      throw e;
    }
  }

  /** Bytes of images that may be on the device: a share, and no more than the network leaves. */
  private long roomForImages(OpenCLDevice target, HostMemory memory) {
    int moments = 2; // of whichever optimizer comes
    DeviceMemory arrays = deviceMemory(device, target, memory);
    long taken = DeviceState.memory(network, batch, table.layout(), moments, arrays, 0).total();
    long all = target.getGlobalMemSize();
    return Math.max(0, Math.min(all / IMAGES_SHARE, all - taken));
  }

  private static DeviceMemory deviceMemory(Device device, OpenCLDevice target, HostMemory memory) {
    return new DeviceMemory(device, target.getMaxMemAllocSize(), memory == HostMemory.SEPARATE);
  }

  /**
   * Memory that a session takes; Java's heap mirrors that of the device.
   *
   * @param moments of the optimizer
   */
  static TrainingMemory memory(
      Device device,
      OpenCLDevice target,
      HostMemory memory,
      Network network,
      int batch,
      int moments) {
    return DeviceState.memory(
        network,
        batch,
        PassTableBuilder.table(network, batch, workGroups(target)).layout(),
        moments,
        deviceMemory(device, target, memory),
        Math.min(target.getGlobalMemSize(), TrainingMemory.heap()));
  }

  /**
   * Number of work-groups, enough per compute unit to hide memory latency; a processor's core needs
   * one, and more only add overhead.
   */
  private static int workGroups(OpenCLDevice target) {
    boolean cpu = target.getType() == com.aparapi.device.Device.TYPE.CPU;
    return Math.max(1, target.getMaxComputeUnits()) * (cpu ? 1 : ProductShape.GROUPS_OF_UNIT);
  }

  /** Executes once on one black image, since a driver that builds may still fail to run. */
  private void probe() {
    forward(new int[1], 0, 1, table.inference());
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
    state.requireOpen();
    SessionArguments.requireShape(set, network);
    return images.load(set);
  }

  @Override
  public int stage(ImageSet set) {
    state.requireOpen();
    SessionArguments.requireStage(set, network, batch, images.isStaged());
    return images.stage(set);
  }

  @Override
  public int load(float[][] floats) {
    state.requireOpen();
    SessionArguments.requireFloats(network);
    return images.load(floats);
  }

  @Override
  public void optimize(Optimizer how, long newSeed) {
    state.requireOpen();
    state.parameters().optimize(how);
    seed = newSeed;
  }

  @Override
  public TrainingState state() {
    state.requireOpen();
    return state.parameters().state();
  }

  @Override
  public void restore(TrainingState saved) {
    state.requireOpen();
    SessionArguments.requireState(saved, network, state.parameters().optimizer());
    forgetLosses();
    state.parameters().restore(saved);
  }

  @Override
  public void setParameters(float[] values) {
    state.requireOpen();
    SessionArguments.requireParameters(values, network);
    forgetLosses();
    state.parameters().set(values);
  }

  private void forgetLosses() {
    if (lossSteps != null) {
      lossSteps.forget();
    }
  }

  @Override
  public float[] parameters() {
    state.requireOpen();
    return state.parameters().values();
  }

  @Override
  public void parameters(float[] values) {
    state.requireOpen();
    state.parameters().read(values);
  }

  @Override
  public float[] gradients() {
    state.requireOpen();
    return state.parameters().gradients();
  }

  @Override
  public void expect(int[] indices, int from, int count) {
    state.requireOpen();
    SessionArguments.requireImages(indices, from, count, batch, images.count());
    if (network.before() == 0) { // floats come from the host with their step
      prefetch.expect(indices, from, count);
    }
  }

  @Override
  public boolean step(int[] indices, int from, int count, LossGradient loss, float learningRate) {
    try {
      return takeStep(indices, from, count, loss, learningRate);
    } finally {
      prefetch.expectNothing();
    }
  }

  private boolean takeStep(
      int[] indices, int from, int count, LossGradient loss, float learningRate) {
    state.requireOpen();
    SessionArguments.requireImages(indices, from, count, batch, images.count());
    Objects.requireNonNull(loss, "loss");
    beginStep();
    forward(indices, from, count, table.forward());
    if (!loss.apply(state.step().logits(), state.step().dLogits(), 0, 0, count)) {
      return false;
    }
    state.step().beginUpdate(learningRate);
    execute(state.parameters().optimizer().clips() ? table.clipped() : table.backward());
    state.step().readStatus();
    state.step().requireMoved();
    state.step().end();
    endStep();
    return true;
  }

  private void beginStep() {
    traffic.beginStep();
    state.step().begin(seed);
  }

  private void endStep() {
    prefetch.stepEnded();
    if (!profiling) { // a profiled step has more executes, and is not counted
      traffic.endStep();
    }
  }

  @Override
  public Optional<LossOnDevice> lossOnDevice() {
    if (lossSteps == null) {
      lossSteps = new LossSteps(state, traffic, this::wholeStep);
    }
    return Optional.of(lossSteps);
  }

  /** Takes a step of one execute, with the loss on the device; returns the step's number. */
  private int wholeStep(
      int[] indices,
      int from,
      int count,
      int[] labels,
      float smoothing,
      float learningRate,
      int slot) {
    try {
      state.requireOpen();
      SessionArguments.requireImages(indices, from, count, batch, images.count());
      lossSteps.requireRoom();
      beginStep();
      state.wholeSteps().sendLabels(labels, count);
      images.place(indices, from, count);
      boolean gathered = prefetch.take(count);
      state.wholeSteps().begin(slot, smoothing, gathered, learningRate);
      PassTable.Passes passes =
          state.parameters().optimizer().clips() ? table.clippedStep() : table.step();
      execute(gathered ? passes.withoutFirst() : passes);
      int number = state.wholeSteps().end();
      endStep();
      return number;
    } finally {
      prefetch.expectNothing();
      state.wholeSteps().leave();
    }
  }

  @Override
  public StepProfile profile(
      int[] indices, int from, int count, LossGradient loss, float learningRate) {
    state.requireOpen();
    if (timer == null) {
      timer = new PassTimer(state, table, executor::execute, range.getNumGroups(0));
    }
    timer.begin();
    PassTimer.TimedLoss timed = timer.timed(loss);
    profiling = true;
    try {
      if (!step(indices, from, count, timed, learningRate)) {
        throw new EngineException("the loss of a step that was to be timed is not finite");
      }
      return timer.profile(network, count, prefetch.count(), timed);
    } finally {
      profiling = false;
    }
  }

  @Override
  public void infer(int[] indices, int from, int count, float[] logits) {
    state.requireOpen();
    SessionArguments.requireImages(indices, from, count, batch, images.count());
    SessionArguments.requireRoom(logits, count, network);
    forward(indices, from, count, table.inference());
    System.arraycopy(state.step().logits(), 0, logits, 0, count * network.classes());
  }

  private void forward(int[] indices, int from, int count, PassTable.Passes passes) {
    images.place(indices, from, count);
    boolean gathered = prefetch.take(count) && passes.equals(table.forward());
    state.step().beginForward(gathered);
    execute(gathered ? passes.withoutFirst() : passes);
    state.step().readStatus();
    if (gathered && !state.step().foundBatch()) {
      // the batch is lost, as state may be: nothing else depends on it
      state.step().beginForward(false);
      execute(passes);
      state.step().readStatus();
    }
    state.step().readLogits();
  }

  private void execute(PassTable.Passes passes) {
    if (profiling) {
      timer.execute(passes);
    } else {
      executor.execute(passes.first(), passes.count(), passes.count() - 1);
    }
  }

  @Override
  public Optional<DeviceTraffic> traffic() {
    return Optional.of(traffic.read());
  }

  @Override
  public void close() {
    images.close();
    state.close();
  }
}
