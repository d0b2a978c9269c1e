package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.model.Network;

/**
 * Arrays and numbers of a {@link TrainingKernel}, which on the host only this class and its parts
 * write: {@link #images}, {@link #parameters}, {@link #step} and {@link #wholeSteps}.
 */
public final class DeviceState {
  /** Counter of the bytes that go to the device and come back. */
  public interface Transfers {
    void up(long bytes);

    void down(long bytes);
  }

  /**
   * Pass table and the lengths of the arrays that it needs.
   *
   * @param passes the pass table
   * @param activations elements of the batch's images and activations
   * @param gradients elements of the activations' gradients
   * @param partials elements of the sums that were cut into chunks
   */
  public record Layout(int[] passes, int activations, int gradients, int partials) {}

  private final TrainingKernel kernel = new TrainingKernel();
  private final BatchImages images;
  private final DeviceParameters parameters;
  private final DeviceStep step;
  private final WholeSteps wholeSteps;
  private boolean open = true;

  /**
   * Allocates every array but those of the optimizer and of losses.
   *
   * @param batch the most images of a step
   * @param layout the network's passes
   * @param workItems of each pass
   * @param memory allocates the arrays
   * @param transfers is told of the bytes that go there and back in each step
   * @throws org.aparanet.engine.EngineException if the device has no room for one of them
   */
  public DeviceState(
      Network network,
      int batch,
      Layout layout,
      int workItems,
      DeviceMemory memory,
      Transfers transfers) {
    allocate(network, batch, layout, memory);
    ArrayTransfer transfer = new ArrayTransfer(kernel, memory, transfers);
    images = new BatchImages(kernel, transfer);
    parameters = new DeviceParameters(kernel, transfer, memory, workItems, network.headFrom());
    step = new DeviceStep(memory.device(), network, kernel, transfer, parameters);
    wholeSteps = new WholeSteps(kernel, transfer, memory, parameters, step);
  }

  private void allocate(Network network, int batch, Layout layout, DeviceMemory memory) {
    int parameterCount = network.parameterCount();
    memory.requireRoom("activations", layout.activations() + 1L);
    memory.requireRoom("gradients of activations", layout.gradients());
    memory.requireRoom("partial sums", layout.partials());
    memory.requireRoom("parameters", parameterCount + 1L);
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
    kernel.imagePlane = network.input().plane();
    kernel.normalization = normalization(network);
    kernel.floats = new float[network.before() > 0 ? batch * network.input().size() : 1];
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

  /**
   * Memory of the arrays of a state, and of the optimizer's.
   *
   * @param layout the network's passes
   * @param moments of the optimizer
   * @param memory allocates the arrays
   * @param available bytes that there are
   */
  public static TrainingMemory memory(
      Network network, int batch, Layout layout, int moments, DeviceMemory memory, long available) {
    long parameters = memory.residentBytes(network.parameterCount() + 1);
    long activations = memory.residentBytes(layout.activations() + 1);
    long gradients = memory.residentBytes(layout.gradients());
    long partials = memory.residentBytes(layout.partials());
    long rest = layout.passes().length + batch * (3L + 2L * network.classes());
    return new TrainingMemory(
        (2 + moments) * parameters,
        activations + gradients + partials + Integer.BYTES * rest,
        Math.max(Math.max(parameters, partials), Math.max(activations, gradients)),
        available,
        memory.largestAllocation());
  }

  private static float[] normalization(Network network) {
    float[] values = new float[2 * network.input().channels()];
    for (int c = 0; c < network.input().channels(); c++) {
      int channel = c;
      values[2 * c] = network.normalization().map(n -> n.mean().get(channel)).orElse(0f);
      values[2 * c + 1] = network.normalization().map(n -> n.std().get(channel)).orElse(1f);
    }
    return values;
  }

  /** Kernel, to be built and executed. */
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

  public BatchImages images() {
    return images;
  }

  public DeviceParameters parameters() {
    return parameters;
  }

  public DeviceStep step() {
    return step;
  }

  public WholeSteps wholeSteps() {
    return wholeSteps;
  }

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
}
