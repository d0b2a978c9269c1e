package org.aparanet.engine.opencl;

import com.aparapi.Range;
import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.exception.QueryFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.StepOutcome;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.support.HumongousArrays;
import org.aparanet.engine.support.SessionArguments;
import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.Network;

/**
 * A network on an OpenCL device: one {@link TrainingKernel}, executed twice for each step, with the
 * host's softmax in between. The second execute takes the next step's images out of the data set as
 * well, where they are known.
 *
 * <p>From the host to the device go, for each step, the batch's indices and the logits' gradient;
 * from the device to the host the logits and the {@code status}. Everything else stays where it is.
 */
final class OpenClSession implements Session {
  /** Floats count whole numbers exactly up to here; marks start over beyond it. */
  private static final int MARKS = 1 << 23;

  private static final int NO_STEP = -1;

  /** Bits of a NaN that no arithmetic gives. */
  private static final int UNREAD = 0x7fc0_5eed;

  /** A mark that the device never writes. */
  private static final float NO_MARK = -1f;

  private final Device device;
  private final Network network;
  private final int batch;
  private final HostMemory memory;
  private final Launch launch;
  private final DeviceUse use;
  private final PassTable table;
  private final Range range;
  private final TrainingKernel kernel = new TrainingKernel();
  private final long largestAllocation;

  private final ImageChunks chunks;
  private final StagedImages staged;
  private final TrafficCounter traffic = new TrafficCounter();

  /** The images that the last step has gathered for the one that follows, {@link #aheadCount}. */
  private final int[] ahead;

  private int aheadCount;

  /** The step that the gradients belong to. */
  private int gradientStep = NO_STEP;

  /** Whether the host's copy of the parameters is newer than the device's. */
  private boolean parametersPending = true;

  /** The same of the moments. */
  private boolean momentsPending = true;

  private boolean open = true;

  private Optimizer optimizer = Optimizer.SGD;
  private long seed;

  /** Layers whose keys change from step to step, by index. */
  private final List<Integer> dropouts;

  /** Steps since the optimizer was set. */
  private long steps;

  /** Kept from the first profile on, since what it learns of calls gets better each time. */
  private PassTimer timer;

  private boolean profiling;

  /** Null until somebody wants the loss on the device. */
  private LossSteps lossSteps;

  OpenClSession(
      Device device,
      OpenCLDevice target,
      HostMemory memory,
      Launch launch,
      Network network,
      int batch) {
    this.device = device;
    this.launch = launch;
    this.network = network;
    this.batch = batch;
    this.memory = memory;
    int groups = workGroups(target);
    table = PassTable.of(network, batch, groups);
    largestAllocation = target.getMaxMemAllocSize();
    requireRoom("activations", (table.activationCount() + 1L) * Float.BYTES);
    requireRoom("gradients of activations", (long) table.gradientCount() * Float.BYTES);
    requireRoom("partial sums", (long) table.partialCount() * Float.BYTES);
    requireRoom("parameters", (network.parameterCount() + 1L) * Float.BYTES);
    kernel.parameters = resident(network.parameterCount() + 1);
    kernel.dParameters = resident(network.parameterCount() + 1);
    kernel.activations = resident(table.activationCount() + 1);
    kernel.dActivations = resident(table.gradientCount());
    kernel.partials = resident(table.partialCount());
    chunks = new ImageChunks(network.input().size(), largestAllocation);
    staged = new StagedImages(network.input().size());
    handOver();
    kernel.chunkImages = chunks.chunkImages();
    kernel.indices = new int[2 * batch];
    kernel.mostImages = batch;
    ahead = new int[batch];
    kernel.logits = new float[batch * network.classes()];
    kernel.dLogits = new float[batch * network.classes()];
    kernel.passes = table.values();
    kernel.status = new int[TrainingKernel.STATUS_LENGTH];
    kernel.imageSize = network.input().size();
    kernel.parameterCount = network.parameterCount();
    kernel.activationCount = table.activationCount();
    range = Range.create(target, MatrixProduct.GROUP * groups, MatrixProduct.GROUP);
    dropouts =
        network.nodes().stream()
            .filter(node -> node.layer() instanceof Dropout)
            .map(Network.Node::index)
            .toList();
    kernel.keys = new int[network.nodes().size()];
    kernel.firstMoments = new float[1]; // arrays that the device cannot lack
    kernel.secondMoments = new float[1];
    kernel.squares = new float[1];
    kernel.labels = new int[batch];
    kernel.losses = new float[1];
    kernel.setExplicit(true);
    DeviceKernelManager.bind(kernel, target);
    build(target);
    use = new DeviceUse(kernel, target);
    try {
      probe();
    } catch (RuntimeException e) {
      if (use.ever()) {
        kernel.dispose(); // where nothing ever ran, it would end the process
      }
      throw e;
    }
  }

  /** A kernel that failed to build is left alone: Aparapi's dispose would crash the process. */
  private void build(OpenCLDevice target) {
    long start = System.nanoTime();
    try {
      kernel.compile(target);
      traffic.built(System.nanoTime() - start);
    } catch (CompileFailedException e) {
      throw new EngineException(
          device + " could not build the kernels; the driver's message stands above", e);
    }
    requireWorkGroups(target);
  }

  /**
   * A driver may allow a kernel smaller work-groups than its device can do, and says so only once
   * the kernel is built.
   */
  private void requireWorkGroups(OpenCLDevice target) {
    int allowed;
    try {
      allowed = kernel.getKernelMaxWorkGroupSize(target);
    } catch (QueryFailedException | RuntimeException e) { // the latter from native code
      throw new EngineException(
          device + " does not say how large the kernel's work-groups may be", e);
    }
    if (allowed < MatrixProduct.GROUP) {
      throw new EngineException(
          device
              + " allows work-groups of at most "
              + allowed
              + " work-items for the training kernel, which needs "
              + MatrixProduct.GROUP);
    }
  }

  private float[] resident(int length) {
    return memory == HostMemory.SEPARATE ? HumongousArrays.floats(length) : new float[length];
  }

  /**
   * Enough work-groups to keep every compute unit busy while memory answers; a processor's core is
   * busy with one, and more only cost their start.
   */
  private static int workGroups(OpenCLDevice target) {
    boolean cpu = target.getType() == com.aparapi.device.Device.TYPE.CPU;
    return Math.max(1, target.getMaxComputeUnits()) * (cpu ? 1 : ProductPlan.GROUPS_OF_UNIT);
  }

  /** A first execute on one black image: a driver that builds may still fail to run. */
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
  public int load(ImageSet images) {
    requireOpen();
    SessionArguments.requireShape(images, network);
    if ((long) chunks.loaded() + images.count() > chunks.capacity()) {
      throw new EngineException(
          device
              + " has no room for the images of "
              + images.name()
              + ": "
              + ((long) chunks.loaded() + images.count())
              + " images in all, it takes "
              + chunks.capacity()
              + " in "
              + ImageChunks.MOST
              + " pieces of "
              + largestAllocation
              + " bytes at most");
    }
    int first = images();
    chunks.add(images);
    handOver();
    return first;
  }

  @Override
  public int stage(ImageSet images) {
    requireOpen();
    SessionArguments.requireStage(images, network, batch, staged.present());
    int first = images();
    staged.set(images, first);
    handOver();
    return first;
  }

  /** How many images have an index. */
  private int images() {
    return chunks.loaded() + staged.count();
  }

  @Override
  public void optimize(Optimizer how, long newSeed) {
    requireOpen();
    if (how.clips() && kernel.squares.length == 1) {
      kernel.squares = new float[range.getGlobalSize(0) + OptimizerRules.SQUARE_SUMS];
    }
    int moments = how.rule().moments();
    if (moments > 0 && kernel.firstMoments.length == 1) {
      kernel.firstMoments = resident(network.parameterCount() + 1);
    }
    if (moments > 1 && kernel.secondMoments.length == 1) {
      kernel.secondMoments = resident(network.parameterCount() + 1);
    }
    optimizer = how;
    seed = newSeed;
    kernel.moments = moments;
    kernel.nesterov = how.rule() == Optimizer.Rule.NESTEROV ? 1 : 0;
    kernel.decoupled = how.rule() == Optimizer.Rule.ADAMW ? 1 : 0;
    kernel.momentum = how.momentum();
    kernel.beta2 = how.beta2();
    kernel.weightDecay = how.weightDecay();
    kernel.clipNorm = how.clipNorm();
    float[] zeros = new float[moments > 0 ? network.parameterCount() : 0];
    setMoments(zeros, zeros, 0);
  }

  private void setMoments(float[] first, float[] second, long newSteps) {
    int count = network.parameterCount();
    kernel.momentGeneration = kernel.generation;
    if (optimizer.rule().moments() > 0) {
      System.arraycopy(first, 0, kernel.firstMoments, 0, count);
      kernel.firstMoments[count] = kernel.momentGeneration;
      kernel.put(kernel.firstMoments);
    }
    if (optimizer.rule().moments() > 1) {
      System.arraycopy(second, 0, kernel.secondMoments, 0, count);
      kernel.secondMoments[count] = kernel.momentGeneration;
      kernel.put(kernel.secondMoments);
    }
    momentsPending = true;
    steps = newSteps;
  }

  @Override
  public TrainingState state() {
    float[] parameters = parameters();
    int moments = optimizer.rule().moments();
    return new TrainingState(
        parameters,
        moments > 0 ? moments(kernel.firstMoments) : new float[0],
        moments > 1 ? moments(kernel.secondMoments) : new float[0],
        steps);
  }

  private float[] moments(float[] array) {
    if (!momentsPending) {
      fetch(array, kernel.momentGeneration, "moments");
    }
    return Arrays.copyOf(array, network.parameterCount());
  }

  @Override
  public void restore(TrainingState state) {
    requireOpen();
    SessionArguments.requireState(state, network, optimizer);
    setParameters(state.parameters());
    setMoments(state.firstMoments(), state.secondMoments(), state.steps());
  }

  private void handOver() {
    kernel.images0 = chunks.chunk(0);
    kernel.images1 = chunks.chunk(1);
    kernel.images2 = chunks.chunk(2);
    kernel.images3 = chunks.chunk(3);
    kernel.staged = staged.pixels();
  }

  @Override
  public void setParameters(float[] values) {
    requireOpen();
    SessionArguments.requireParameters(values, network);
    if (lossSteps != null) {
      lossSteps.forget();
    }
    System.arraycopy(values, 0, kernel.parameters, 0, values.length);
    kernel.generation = (kernel.generation + 1) % MARKS;
    kernel.parameters[values.length] = kernel.generation;
    kernel.put(kernel.parameters);
    parametersPending = true;
  }

  @Override
  public float[] parameters() {
    requireOpen();
    if (!parametersPending) {
      fetch(kernel.parameters, kernel.generation, "parameters");
    }
    return Arrays.copyOf(kernel.parameters, network.parameterCount());
  }

  @Override
  public float[] gradients() {
    requireOpen();
    if (gradientStep == NO_STEP) {
      throw new IllegalStateException("there is no gradient: no step has ended with a finite loss");
    }
    fetch(kernel.dParameters, gradientStep, "gradients");
    return Arrays.copyOf(kernel.dParameters, network.parameterCount());
  }

  @Override
  public void expect(int[] images, int from, int count) {
    requireOpen();
    SessionArguments.requireImages(images, from, count, batch, images());
    boolean changing = staged.place(images, from, count, kernel.indices, batch);
    kernel.nextBatch = changing ? 0 : count;
  }

  @Override
  public boolean step(int[] images, int from, int count, LossGradient loss, float learningRate) {
    try {
      return takeStep(images, from, count, loss, learningRate);
    } finally {
      kernel.nextBatch = 0;
    }
  }

  private boolean takeStep(
      int[] images, int from, int count, LossGradient loss, float learningRate) {
    requireOpen();
    SessionArguments.requireImages(images, from, count, batch, images());
    Objects.requireNonNull(loss, "loss");
    beginStep();
    forward(images, from, count, table.forward());
    if (!loss.apply(kernel.logits, kernel.dLogits, 0, 0, count)) {
      return false;
    }
    kernel.put(kernel.dLogits);
    traffic.up(Float.BYTES * kernel.dLogits.length);
    kernel.gathered = 0;
    update(learningRate, optimizer.clips() ? table.clipped() : table.backward());
    fetch(kernel.status);
    requireMoved(kernel.nextGeneration);
    endStep();
    return true;
  }

  private void beginStep() {
    gradientStep = NO_STEP;
    traffic.beginStep();
    if (!dropouts.isEmpty()) {
      dropouts.forEach(layer -> kernel.keys[layer] = DropoutMask.key(seed, steps, layer));
      kernel.put(kernel.keys);
      traffic.up(Integer.BYTES * kernel.keys.length);
    }
  }

  /** Executes passes of which the last one moves the parameters. */
  private void update(float learningRate, PassTable.Passes passes) {
    kernel.learningRate = learningRate;
    kernel.firstCorrection = correction(optimizer.momentum());
    kernel.secondCorrection = correction(optimizer.beta2());
    kernel.nextGeneration = (kernel.generation + 1) % MARKS;
    kernel.nextStep = (kernel.step + 1) % MARKS;
    kernel.training = 1;
    execute(passes);
  }

  /** Looks at the status, which has to be on the host, for what the last update said. */
  private void requireMoved(int generation) {
    if (kernel.status[TrainingKernel.STATUS_INTACT] != 1
        || kernel.status[TrainingKernel.STATUS_GENERATION] != generation) {
      throw lost("update");
    }
  }

  private void endStep() {
    kernel.generation = kernel.nextGeneration;
    kernel.momentGeneration = kernel.nextGeneration;
    gradientStep = kernel.step;
    aheadCount = kernel.nextBatch;
    System.arraycopy(kernel.indices, batch, ahead, 0, aheadCount);
    steps++;
    if (!profiling) { // a step whose passes are run one by one is none to count
      traffic.endStep();
    }
  }

  @Override
  public Optional<LossOnDevice> lossOnDevice() {
    if (lossSteps == null) {
      kernel.losses = resident(LossSteps.WINDOW * lossLength());
      lossSteps = new LossSteps();
    }
    return Optional.of(lossSteps);
  }

  /** What a step leaves in the kernel's losses: two numbers for an image, and a mark. */
  private int lossLength() {
    return 2 * batch + 1;
  }

  /** Steps that are one execute each, with the loss on the device. */
  private final class LossSteps implements LossOnDevice {
    private static final int WINDOW = 16;

    /** Images of each step since the last outcomes. */
    private final List<Integer> counts = new ArrayList<>();

    /** Its number. */
    private final List<Integer> numbers = new ArrayList<>();

    @Override
    public int window() {
      return WINDOW;
    }

    @Override
    public void step(
        int[] images, int from, int count, int[] labels, float smoothing, float learningRate) {
      try {
        take(images, from, count, labels, smoothing, learningRate);
      } finally {
        kernel.nextBatch = 0;
        kernel.whole = 0;
      }
    }

    private void take(
        int[] images, int from, int count, int[] labels, float smoothing, float learningRate) {
      requireOpen();
      SessionArguments.requireImages(images, from, count, batch, images());
      if (counts.size() == WINDOW) {
        throw new IllegalStateException(
            WINDOW + " steps have been taken since their outcomes were asked for");
      }
      beginStep();
      System.arraycopy(labels, 0, kernel.labels, 0, count);
      kernel.put(kernel.labels);
      traffic.up(Integer.BYTES * kernel.labels.length);
      place(images, from, count);
      kernel.whole = 1;
      kernel.smoothing = smoothing;
      kernel.lossesAt = counts.size() * lossLength();
      kernel.gathered = isAhead(count) ? 1 : 0;
      aheadCount = 0;
      PassTable.Passes passes = optimizer.clips() ? table.clippedStep() : table.step();
      update(learningRate, kernel.gathered == 1 ? passes.withoutFirst() : passes);
      parametersPending = false;
      momentsPending = false;
      counts.add(count);
      numbers.add(kernel.step);
      endStep();
    }

    @Override
    public List<StepOutcome> outcomes() {
      requireOpen();
      List<StepOutcome> outcomes = new ArrayList<>();
      if (!counts.isEmpty()) {
        fetch(kernel.status);
        requireMoved(kernel.generation);
        fetch(kernel.losses);
        traffic.endOutcomes();
        for (int step = 0; step < counts.size(); step++) {
          outcomes.add(outcome(step * lossLength(), counts.get(step), numbers.get(step)));
        }
        forget();
      }
      return outcomes;
    }

    private StepOutcome outcome(int at, int count, int number) {
      if (kernel.losses[at + 2 * batch] != number) {
        throw lost("readback of losses");
      }
      double sum = 0;
      int correct = 0;
      for (int image = 0; image < count; image++) {
        sum += kernel.losses[at + image];
        correct += (int) kernel.losses[at + batch + image];
      }
      return new StepOutcome(sum, correct);
    }

    /** Whoever sets other parameters asks no more what steps came to that led to the old ones. */
    private void forget() {
      counts.clear();
      numbers.clear();
    }
  }

  /** What makes up, in the step that follows, for a moment that began at 0. */
  private float correction(float beta) {
    return (float) (1 / (1 - Math.pow(beta, steps + 1)));
  }

  @Override
  public StepProfile profile(
      int[] images, int from, int count, LossGradient loss, float learningRate) {
    requireOpen();
    if (timer == null) {
      timer = new PassTimer(kernel, table, this::launch, range.getNumGroups(0));
    }
    timer.begin();
    PassTimer.TimedLoss timed = timer.timed(loss);
    profiling = true;
    try {
      if (!step(images, from, count, timed, learningRate)) {
        throw new EngineException("the loss of a step that was to be timed is not finite");
      }
      return timer.profile(network, count, aheadCount, timed);
    } finally {
      profiling = false;
    }
  }

  @Override
  public void infer(int[] images, int from, int count, float[] logits) {
    requireOpen();
    SessionArguments.requireImages(images, from, count, batch, images());
    SessionArguments.requireRoom(logits, count, network);
    forward(images, from, count, table.inference());
    System.arraycopy(kernel.logits, 0, logits, 0, count * network.classes());
  }

  private void forward(int[] images, int from, int count, PassTable.Passes passes) {
    place(images, from, count);
    kernel.training = 0;
    kernel.gathered = passes.equals(table.forward()) && isAhead(count) ? 1 : 0;
    aheadCount = 0;
    execute(kernel.gathered == 1 ? passes.withoutFirst() : passes);
    fetch(kernel.status);
    if (kernel.gathered == 1 && kernel.status[TrainingKernel.STATUS_GATHERED] != 1) {
      kernel.gathered = 0; // the batch is lost, as state may be: nothing else depends on it
      execute(passes);
      fetch(kernel.status);
    }
    parametersPending = false;
    momentsPending = false;
    if (kernel.status[TrainingKernel.STATUS_STEP] != kernel.step) {
      throw new EngineException(
          device + " did not run the kernel: its answer to step " + kernel.step + " is missing");
    }
    if (kernel.status[TrainingKernel.STATUS_GENERATION] != kernel.generation) {
      throw lost("forward pass");
    }
    fetch(kernel.logits);
  }

  /** Says to the kernel which images it takes. */
  private void place(int[] images, int from, int count) {
    if (staged.place(images, from, count, kernel.indices, 0)) {
      kernel.put(kernel.staged);
      traffic.up(kernel.staged.length);
    }
    kernel.put(kernel.indices);
    traffic.up(Integer.BYTES * kernel.indices.length);
    kernel.batch = count;
    kernel.step = (kernel.step + 1) % MARKS;
  }

  /** Whether the step before has gathered the images whose numbers are now in the kernel. */
  private boolean isAhead(int count) {
    return count == aheadCount && Arrays.equals(kernel.indices, 0, count, ahead, 0, count);
  }

  private void execute(PassTable.Passes passes) {
    if (profiling) {
      timer.execute(passes);
    } else {
      launch(passes.first(), passes.count(), passes.count() - 1);
    }
  }

  private void launch(int firstPass, int passes, int lastPass) {
    kernel.firstPass = firstPass;
    kernel.lastPass = lastPass;
    traffic.execute(passes);
    try {
      launch.execute(kernel, range, passes);
    } catch (DeviceKernelManager.DeviceFailedException e) {
      throw new EngineException(
          device + " failed while it ran a kernel; the driver's message stands above", e);
    }
    if (!use.since()) {
      throw new EngineException(device + " did not run the kernel: it ran somewhere else");
    }
  }

  /** Brings a small array to the host; where memory is shared it is there already. */
  private void fetch(int[] array) {
    traffic.down(Integer.BYTES * array.length);
    if (memory == HostMemory.SEPARATE) {
      kernel.get(array);
    }
  }

  /** A readback that fails is not reported: the array just stays as it was. */
  private void fetch(float[] array) {
    traffic.down(Float.BYTES * array.length);
    if (memory == HostMemory.SEPARATE) {
      array[0] = Float.intBitsToFloat(UNREAD);
      kernel.get(array);
      if (Float.floatToRawIntBits(array[0]) == UNREAD) {
        throw new EngineException(device + " did not hand over its results");
      }
    }
  }

  /** Brings an array with a mark to the host and checks that it is the one that was left there. */
  private void fetch(float[] array, int mark, String what) {
    int at = network.parameterCount();
    if (memory == HostMemory.SEPARATE) {
      array[at] = NO_MARK;
      kernel.get(array);
    }
    if (array[at] != mark) {
      throw lost("readback of " + what);
    }
  }

  private StateLostException lost(String where) {
    return new StateLostException(
        device
            + " lost its state before the "
            + where
            + ": the garbage collector moved an array (use G1, java -XX:+UseG1GC)");
  }

  private void requireRoom(String what, long bytes) {
    if (bytes > Math.min(largestAllocation, Integer.MAX_VALUE - 8L)) {
      throw new EngineException(
          device
              + " has no room for the "
              + what
              + ": "
              + bytes
              + " bytes in one piece, it allows "
              + Math.min(largestAllocation, Integer.MAX_VALUE - 8L));
    }
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the session is closed");
    }
  }

  @Override
  public Optional<DeviceTraffic> traffic() {
    return Optional.of(traffic.read());
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      kernel.dispose();
    }
  }
}
