package org.aparanet.engine.opencl.kernel;

import java.util.List;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.StateLostException;
import org.aparanet.model.Dropout;
import org.aparanet.model.DropoutMask;
import org.aparanet.model.Network;

/**
 * Step of two executes, the forward pass and the passes back to the update: what the host sends for
 * each, and the checks of the device's answers. The mark of the activations is the step's number.
 */
public final class DeviceStep {
  private final Device device;
  private final TrainingKernel kernel;
  private final ArrayTransfer transfer;
  private final DeviceParameters parameters;

  /** Layers of the whole network that stand before these. */
  private final int before;

  /** Indices of the layers whose keys change from step to step. */
  private final List<Integer> dropouts;

  DeviceStep(
      Device device,
      Network network,
      TrainingKernel kernel,
      ArrayTransfer transfer,
      DeviceParameters parameters) {
    this.device = device;
    this.kernel = kernel;
    this.transfer = transfer;
    this.parameters = parameters;
    before = network.before();
    dropouts =
        network.nodes().stream()
            .filter(node -> node.layer() instanceof Dropout)
            .map(Network.Node::index)
            .toList();
  }

  /** Sends the keys of the layers with dropout, which change with each step. */
  public void begin(long seed) {
    parameters.dropGradients();
    if (!dropouts.isEmpty()) {
      dropouts.forEach(
          layer -> kernel.keys[layer] = DropoutMask.key(seed, parameters.steps(), before + layer));
      transfer.send(kernel.keys);
    }
  }

  /**
   * Sets the next executes to forward passes.
   *
   * @param gathered whether the step before has gathered the batch
   */
  public void beginForward(boolean gathered) {
    kernel.training = 0;
    kernel.gathered = gathered ? 1 : 0;
  }

  /** Reads back the status of the last execute. */
  public void readStatus() {
    transfer.fetch(kernel.status);
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
    parameters.taken();
    if (kernel.status[TrainingKernel.STATUS_STEP] != kernel.step) {
      throw new EngineException(
          device + " did not run the kernel: its answer to step " + kernel.step + " is missing");
    }
    if (kernel.status[TrainingKernel.STATUS_GENERATION] != kernel.generation) {
      throw transfer.lost("forward pass");
    }
    transfer.fetch(kernel.logits);
  }

  /** Logits [batch, classes] of the last {@link #readLogits}. */
  public float[] logits() {
    return kernel.logits;
  }

  /** Gradient of the logits [batch, classes], written by the host. */
  public float[] dLogits() {
    return kernel.dLogits;
  }

  /** Sends {@link #dLogits}, and sets the next execute to the passes back to the update. */
  public void beginUpdate(float learningRate) {
    transfer.send(kernel.dLogits);
    kernel.gathered = 0;
    beginTraining(learningRate);
  }

  /** Lets the next execute change the parameters. */
  void beginTraining(float learningRate) {
    parameters.beginUpdate(learningRate);
    kernel.training = 1;
  }

  /**
   * Checks the update of a step whose status has been read.
   *
   * @throws StateLostException if the update did not find what it needed
   */
  public void requireMoved() {
    requireMoved(TrainingKernel.next(kernel.generation));
  }

  /**
   * @param generation mark of the parameters behind the update
   */
  void requireMoved(int generation) {
    if (kernel.status[TrainingKernel.STATUS_INTACT] != 1
        || kernel.status[TrainingKernel.STATUS_GENERATION] != generation) {
      throw transfer.lost("update");
    }
  }

  /** Counts the step, whose update has moved the parameters. */
  public void end() {
    parameters.endUpdate();
  }
}
