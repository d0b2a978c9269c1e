package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;
import java.util.Arrays;
import java.util.List;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.StepOutcome;
import org.aparanet.engine.TrainingState;
import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.Network;

/**
 * The arrays and numbers that a {@link TrainingKernel} works on, of which this class is the only
 * writer on the host: what goes to the device, what is read back, and the marks that tell whether
 * the device still has what was left there.
 *
 * <p>The parameters' mark is their generation, the number of updates that they have seen; the
 * activations' mark is the step's number. Both start over behind {@link TrainingKernel#LAST_MARK}.
 */
public final class DeviceState {
  /** Stands for the gradients' step while there are no gradients. */
  private static final int NO_STEP = -1;

  /** Bits of a NaN that no arithmetic gives. */
  private static final int UNREAD = 0x7fc0_5eed;

  /** A mark that the device never writes. */
  private static final float NO_MARK = -1f;

  /** Is told how many bytes go to the device and come back. */
  public interface Transfers {
    void up(long bytes);

    void down(long bytes);
  }

  /**
   * The pass table and the lengths of the arrays that it needs.
   *
   * @param passes the pass table
   * @param activations elements of the batch's images and activations
   * @param gradients elements of the activations' gradients
   * @param partials elements of the sums that were cut into chunks
   */
  public record Layout(int[] passes, int activations, int gradients, int partials) {}

  private final TrainingKernel kernel = new TrainingKernel();
  private final Device device;
  private final int batch;
  private final int parameterCount;
  private final int workItems;
  private final DeviceMemory memory;
  private final Transfers transfers;

  /** Layers whose keys change from step to step, by index. */
  private final List<Integer> dropouts;

  /** The step that the gradients belong to. */
  private int gradientStep = NO_STEP;

  /** Whether the host's copy of the parameters is newer than the device's. */
  private boolean parametersPending = true;

  /** Whether the host's copy of the moments is newer than the device's. */
  private boolean momentsPending = true;

  private Optimizer optimizer = Optimizer.SGD;

  /** Steps since the optimizer was set. */
  private long steps;

  private boolean open = true;

  /**
   * Allocates every array but those of the optimizer and of losses.
   *
   * @param batch the most images of a step
   * @param layout the network's passes
   * @param workItems of each pass
   * @param memory allocates the arrays
   * @param transfers is told of the bytes that go there and back in each step
   * @throws EngineException if the device has no room for one of them
   */
  public DeviceState(
      Network network,
      int batch,
      Layout layout,
      int workItems,
      DeviceMemory memory,
      Transfers transfers) {
    device = memory.device();
    this.batch = batch;
    this.workItems = workItems;
    this.memory = memory;
    this.transfers = transfers;
    parameterCount = network.parameterCount();
    memory.requireRoom("activations", layout.activations() + 1L);
    memory.requireRoom("gradients of activations", layout.gradients());
    memory.requireRoom("partial sums", layout.partials());
    memory.requireRoom("parameters", parameterCount + 1L);
    dropouts =
        network.nodes().stream()
            .filter(node -> node.layer() instanceof Dropout)
            .map(Network.Node::index)
            .toList();
    kernel.parameters = memory.resident(parameterCount + 1);
    kernel.dParameters = memory.resident(parameterCount + 1);
    kernel.activations = memory.resident(layout.activations() + 1);
    kernel.dActivations = memory.resident(layout.gradients());
    kernel.partials = memory.resident(layout.partials());
    kernel.indices = new int[2 * batch];
    kernel.mostImages = batch;
    kernel.logits = new float[batch * network.classes()];
    kernel.dLogits = new float[batch * network.classes()];
    kernel.passes = layout.passes();
    kernel.status = new int[TrainingKernel.STATUS_LENGTH];
    kernel.imageSize = network.input().size();
    kernel.parameterCount = parameterCount;
    kernel.activationCount = layout.activations();
    kernel.keys = new int[network.nodes().size()];
    kernel.firstMoments = new float[1]; // arrays that the device cannot lack
    kernel.secondMoments = new float[1];
    kernel.squares = new float[1];
    kernel.labels = new int[batch];
    kernel.losses = new float[1];
    kernel.setExplicit(true);
  }

  /** The kernel, to be built and executed. */
  public Kernel kernel() {
    return kernel;
  }

  /** Releases the device's buffers; later calls do nothing. */
  public void close() {
    if (open) {
      open = false;
      kernel.dispose();
    }
  }

  /**
   * @throws IllegalStateException behind {@link #close}
   */
  public void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the session is closed");
    }
  }

  // images

  /**
   * Sets the arrays that images are taken from.
   *
   * @param chunks the data set, in as many arrays as the kernel has
   * @param chunkImages images of a full chunk
   * @param staged images that the host changes between steps
   */
  public void pointKernelAtImages(List<byte[]> chunks, int chunkImages, byte[] staged) {
    kernel.images0 = chunks.get(0);
    kernel.images1 = chunks.get(1);
    kernel.images2 = chunks.get(2);
    kernel.images3 = chunks.get(3);
    kernel.chunkImages = chunkImages;
    kernel.staged = staged;
  }

  /** Sends the images that the host has changed. */
  public void putStaged() {
    kernel.put(kernel.staged);
    transfers.up(kernel.staged.length);
  }

  /** The numbers of the batch's images, and behind the batch's size those of the next batch. */
  public int[] indices() {
    return kernel.indices;
  }

  /** Sends {@link #indices}, with which a new step begins. */
  public void putIndices(int count) {
    kernel.put(kernel.indices);
    transfers.up(Integer.BYTES * kernel.indices.length);
    kernel.batch = count;
    kernel.step = TrainingKernel.next(kernel.step);
  }

  /** Sets how many images the next update takes out of the data set for the step behind it. */
  public void setNextBatch(int count) {
    kernel.nextBatch = count;
  }

  /** How many images the update takes out of the data set for the next step. */
  public int nextBatch() {
    return kernel.nextBatch;
  }

  // parameters and moments

  public void setParameters(float[] values) {
    System.arraycopy(values, 0, kernel.parameters, 0, values.length);
    kernel.generation = TrainingKernel.next(kernel.generation);
    kernel.parameters[values.length] = kernel.generation;
    kernel.put(kernel.parameters);
    parametersPending = true;
  }

  public float[] parameters() {
    if (!parametersPending) {
      fetch(kernel.parameters, kernel.generation, "parameters");
    }
    return Arrays.copyOf(kernel.parameters, parameterCount);
  }

  /**
   * The gradients of the last step.
   *
   * @throws IllegalStateException if there are none
   */
  public float[] gradients() {
    if (gradientStep == NO_STEP) {
      throw new IllegalStateException("there is no gradient: no step has ended with a finite loss");
    }
    fetch(kernel.dParameters, gradientStep, "gradients");
    return Arrays.copyOf(kernel.dParameters, parameterCount);
  }

  /** Sets the optimizer, with moments of 0. */
  public void optimize(Optimizer how) {
    if (how.clips() && kernel.squares.length == 1) {
      kernel.squares = new float[workItems + UpdateFunctions.SQUARE_SUMS];
    }
    int moments = how.rule().moments();
    if (moments > 0 && kernel.firstMoments.length == 1) {
      kernel.firstMoments = memory.resident(parameterCount + 1);
    }
    if (moments > 1 && kernel.secondMoments.length == 1) {
      kernel.secondMoments = memory.resident(parameterCount + 1);
    }
    optimizer = how;
    kernel.rule = UpdateRule.of(how.rule());
    kernel.momentum = how.momentum();
    kernel.beta2 = how.beta2();
    kernel.weightDecay = how.weightDecay();
    kernel.clipNorm = how.clipNorm();
    float[] zeros = new float[moments > 0 ? parameterCount : 0];
    setMoments(zeros, zeros, 0);
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  /** Sets parameters, moments and the number of steps. */
  public void restore(TrainingState state) {
    setParameters(state.parameters());
    setMoments(state.firstMoments(), state.secondMoments(), state.steps());
  }

  private void setMoments(float[] first, float[] second, long newSteps) {
    kernel.momentGeneration = kernel.generation;
    if (optimizer.rule().moments() > 0) {
      setMoments(kernel.firstMoments, first);
    }
    if (optimizer.rule().moments() > 1) {
      setMoments(kernel.secondMoments, second);
    }
    momentsPending = true;
    steps = newSteps;
  }

  private void setMoments(float[] array, float[] values) {
    System.arraycopy(values, 0, array, 0, parameterCount);
    array[parameterCount] = kernel.momentGeneration;
    kernel.put(array);
  }

  /** Parameters, moments and the number of steps. */
  public TrainingState trainingState() {
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
    return Arrays.copyOf(array, parameterCount);
  }

  // forward

  /**
   * Sets the next executes to forward passes.
   *
   * @param gathered whether the step before has gathered the batch
   */
  public void beginForward(boolean gathered) {
    kernel.training = 0;
    kernel.gathered = gathered ? 1 : 0;
  }

  /** Reads back what the last execute says of itself. */
  public void readStatus() {
    fetch(kernel.status);
  }

  /** Whether the last execute has found the batch that was gathered ahead. */
  public boolean foundBatch() {
    return kernel.status[TrainingKernel.STATUS_GATHERED] == 1;
  }

  /**
   * Reads the logits back, behind a forward pass whose status has been read.
   *
   * @throws EngineException if the device has not answered to this step
   * @throws StateLostException if it has not found the parameters
   */
  public void readLogits() {
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

  /** Logits [batch, classes], as {@link #readLogits} found them. */
  public float[] logits() {
    return kernel.logits;
  }

  /** Gradient of the logits [batch, classes], which the host writes. */
  public float[] dLogits() {
    return kernel.dLogits;
  }

  // steps

  /** Sends the keys of the layers with dropout, which change with each step. */
  public void beginStep(long seed) {
    gradientStep = NO_STEP;
    if (!dropouts.isEmpty()) {
      dropouts.forEach(layer -> kernel.keys[layer] = DropoutMask.key(seed, steps, layer));
      kernel.put(kernel.keys);
      transfers.up(Integer.BYTES * kernel.keys.length);
    }
  }

  /** Sends {@link #dLogits}, and sets the next execute to the passes back to the update. */
  public void beginUpdate(float learningRate) {
    kernel.put(kernel.dLogits);
    transfers.up(Float.BYTES * kernel.dLogits.length);
    kernel.gathered = 0;
    beginTraining(learningRate);
  }

  private void beginTraining(float learningRate) {
    kernel.learningRate = learningRate;
    kernel.firstCorrection = biasCorrection(optimizer.momentum());
    kernel.secondCorrection = biasCorrection(optimizer.beta2());
    kernel.training = 1;
  }

  /** Adam's bias correction of the step that follows: 1 / (1 - beta^t). */
  private float biasCorrection(float beta) {
    return (float) (1 / (1 - Math.pow(beta, steps + 1)));
  }

  /**
   * Checks the update of a step whose status has been read.
   *
   * @throws StateLostException if the update did not find what it needed
   */
  public void requireMoved() {
    requireMoved(TrainingKernel.next(kernel.generation));
  }

  private void requireMoved(int generation) {
    if (kernel.status[TrainingKernel.STATUS_INTACT] != 1
        || kernel.status[TrainingKernel.STATUS_GENERATION] != generation) {
      throw lost("update");
    }
  }

  /** Counts the step, whose update has moved the parameters. */
  public void endStep() {
    kernel.generation = TrainingKernel.next(kernel.generation);
    kernel.momentGeneration = kernel.generation;
    gradientStep = kernel.step;
    steps++;
  }

  // steps whose loss the device computes

  /** Allocates the losses of steps. */
  public void allocateLosses(int mostSteps) {
    kernel.losses = memory.resident(mostSteps * lossLength());
  }

  /** Elements of the kernel's losses for a step: two for an image, and a mark. */
  private int lossLength() {
    return 2 * batch + 1;
  }

  /** Sends the classes of the batch's images. */
  public void putLabels(int[] labels, int count) {
    System.arraycopy(labels, 0, kernel.labels, 0, count);
    kernel.put(kernel.labels);
    transfers.up(Integer.BYTES * kernel.labels.length);
  }

  /**
   * Sets the next execute to a whole step, from the images to the update.
   *
   * @param slot number of the step among those whose losses have not been read
   * @param gathered whether the step before has gathered the batch
   */
  public void beginWholeStep(int slot, float smoothing, boolean gathered, float learningRate) {
    kernel.whole = 1;
    kernel.smoothing = smoothing;
    kernel.lossesAt = slot * lossLength();
    kernel.gathered = gathered ? 1 : 0;
    beginTraining(learningRate);
  }

  /** Counts a whole step, before its losses have been read; returns its number. */
  public int endWholeStep() {
    parametersPending = false;
    momentsPending = false;
    endStep();
    return kernel.step;
  }

  /** Sets what follows to steps whose loss the host computes. */
  public void endWholeSteps() {
    kernel.whole = 0;
  }

  /**
   * Reads the losses of whole steps back.
   *
   * @throws StateLostException if the last update did not find what it needed
   */
  public void readLosses() {
    readStatus();
    requireMoved(kernel.generation);
    fetch(kernel.losses);
  }

  /**
   * What came of a whole step whose losses have been read.
   *
   * @param slot number of the step among those whose losses have been read
   * @param count images of the step
   * @param step the step's number
   * @throws StateLostException if another step's losses are there
   */
  public StepOutcome outcome(int slot, int count, int step) {
    int at = slot * lossLength();
    if (kernel.losses[at + 2 * batch] != step) {
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

  // executes

  /**
   * Sets which passes the next execute runs.
   *
   * @param firstPass number of the first one in the pass table
   * @param lastPass the pass, from 0, after which a forward pass leaves its marks; -1 for none
   */
  public void beginExecute(int firstPass, int lastPass) {
    kernel.firstPass = firstPass;
    kernel.lastPass = lastPass;
  }

  /** Whether executes go back and may change the parameters. */
  public boolean training() {
    return kernel.training == 1;
  }

  /** Sets whether executes go back and may change the parameters. */
  public void setTraining(boolean training) {
    kernel.training = training ? 1 : 0;
  }

  /** Does something with a batch of no images and no update, so that passes have no work. */
  public void withoutImages(Runnable action) {
    int images = kernel.batch;
    int training = kernel.training;
    kernel.batch = 0;
    kernel.training = 0;
    try {
      action.run();
    } finally {
      kernel.batch = images;
      kernel.training = training;
    }
  }

  // readback

  /** Reads a small array back; where memory is shared it is there already. */
  private void fetch(int[] array) {
    transfers.down(Integer.BYTES * array.length);
    if (memory.separate()) {
      kernel.get(array);
    }
  }

  /** A readback that fails is not reported: the array just stays as it was. */
  private void fetch(float[] array) {
    transfers.down(Float.BYTES * array.length);
    if (memory.separate()) {
      array[0] = Float.intBitsToFloat(UNREAD);
      kernel.get(array);
      if (Float.floatToRawIntBits(array[0]) == UNREAD) {
        throw new EngineException(device + " did not hand over its results");
      }
    }
  }

  /** Reads an array with a mark back and checks that it is the one that was left there. */
  private void fetch(float[] array, int mark, String what) {
    if (memory.separate()) {
      array[parameterCount] = NO_MARK;
      kernel.get(array);
    }
    if (array[parameterCount] != mark) {
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
}
