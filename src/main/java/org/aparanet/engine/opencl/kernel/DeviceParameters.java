package org.aparanet.engine.opencl.kernel;

import java.util.Arrays;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;

/**
 * Parameters, their gradients and the optimizer's moments on the device.
 *
 * <p>The mark of the parameters is their generation, the number of updates that they have seen; the
 * mark of the gradients is the step's number. Both start over behind {@link
 * TrainingKernel#LAST_MARK}.
 */
public final class DeviceParameters {
  /** Number of the gradients' step while there are no gradients. */
  private static final int NO_STEP = -1;

  private final TrainingKernel kernel;
  private final ArrayTransfer transfer;
  private final DeviceMemory memory;
  private final int workItems;
  private final int headFrom;

  /** Number of the step that the gradients belong to. */
  private int gradientStep = NO_STEP;

  /** Whether the host's copy of the parameters is newer than the device's. */
  private boolean parametersPending = true;

  /** Whether the host's copy of the moments is newer than the device's. */
  private boolean momentsPending = true;

  private Optimizer optimizer = Optimizer.SGD;

  /** Steps since the optimizer was set. */
  private long steps;

  /**
   * @param workItems of each pass
   * @param headFrom index of the first parameter of the network's head
   */
  DeviceParameters(
      TrainingKernel kernel,
      ArrayTransfer transfer,
      DeviceMemory memory,
      int workItems,
      int headFrom) {
    this.kernel = kernel;
    this.transfer = transfer;
    this.memory = memory;
    this.workItems = workItems;
    this.headFrom = headFrom;
  }

  public void set(float[] values) {
    System.arraycopy(values, 0, kernel.parameters, 0, values.length);
    kernel.generation = TrainingKernel.next(kernel.generation);
    kernel.parameters[values.length] = kernel.generation;
    kernel.put(kernel.parameters);
    parametersPending = true;
  }

  /**
   * Copy of the parameters.
   *
   * @throws StateLostException if the device has lost them
   */
  public float[] values() {
    fetch();
    return Arrays.copyOf(kernel.parameters, kernel.parameterCount);
  }

  /**
   * Copies the parameters into an array.
   *
   * @throws StateLostException if the device has lost them
   */
  public void read(float[] values) {
    fetch();
    System.arraycopy(kernel.parameters, 0, values, 0, kernel.parameterCount);
  }

  private void fetch() {
    if (!parametersPending) {
      transfer.fetch(kernel.parameters, kernel.generation, "parameters");
    }
  }

  /**
   * Copy of the last step's gradients, laid out like the parameters.
   *
   * @throws IllegalStateException if there are none
   * @throws StateLostException if the device has lost them
   */
  public float[] gradients() {
    if (gradientStep == NO_STEP) {
      throw new IllegalStateException("there is no gradient: no step has ended with a finite loss");
    }
    transfer.fetch(kernel.dParameters, gradientStep, "gradients");
    return Arrays.copyOf(kernel.dParameters, kernel.parameterCount);
  }

  /** Sets the optimizer, with moments of 0. */
  public void optimize(Optimizer how) {
    if (how.clips() && kernel.squares.length == 1) {
      kernel.squares = new float[workItems + UpdateFunctions.SQUARE_SUMS];
    }
    int moments = how.rule().moments();
    if (moments > 0 && kernel.firstMoments.length == 1) {
      kernel.firstMoments = memory.resident(kernel.parameterCount + 1);
    }
    if (moments > 1 && kernel.secondMoments.length == 1) {
      kernel.secondMoments = memory.resident(kernel.parameterCount + 1);
    }
    optimizer = how;
    kernel.rule = UpdateRule.of(how.rule());
    kernel.momentum = how.momentum();
    kernel.beta2 = how.beta2();
    kernel.weightDecay = how.weightDecay();
    kernel.clipNorm = how.clipNorm();
    float[] zeros = new float[moments > 0 ? kernel.parameterCount : 0];
    setMoments(zeros, zeros, 0);
  }

  public Optimizer optimizer() {
    return optimizer;
  }

  /** Sets parameters, moments and the number of steps. */
  public void restore(TrainingState state) {
    set(state.parameters());
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
    System.arraycopy(values, 0, array, 0, kernel.parameterCount);
    array[kernel.parameterCount] = kernel.momentGeneration;
    kernel.put(array);
  }

  /**
   * Copy of parameters and moments, with the number of steps.
   *
   * @throws StateLostException if the device has lost any of them
   */
  public TrainingState state() {
    float[] parameters = values();
    int moments = optimizer.rule().moments();
    return new TrainingState(
        parameters,
        moments > 0 ? moments(kernel.firstMoments) : new float[0],
        moments > 1 ? moments(kernel.secondMoments) : new float[0],
        steps);
  }

  private float[] moments(float[] array) {
    if (!momentsPending) {
      transfer.fetch(array, kernel.momentGeneration, "moments");
    }
    return Arrays.copyOf(array, kernel.parameterCount);
  }

  /** Steps since the optimizer was set. */
  long steps() {
    return steps;
  }

  /** Drops the gradients, which a new step overwrites. */
  void dropGradients() {
    gradientStep = NO_STEP;
  }

  /** Notes that an execute has taken the host's copies to the device. */
  void taken() {
    parametersPending = false;
    momentsPending = false;
  }

  /** Sets what the next update needs of the host. */
  void beginUpdate(float learningRate) {
    kernel.learningRate = learningRate;
    kernel.headRate = optimizer.headRate(learningRate);
    kernel.headFrom = optimizer.hasHeadRate() ? headFrom : kernel.parameterCount;
    kernel.firstCorrection = biasCorrection(optimizer.momentum());
    kernel.secondCorrection = biasCorrection(optimizer.beta2());
  }

  /** Adam's bias correction of the step that follows: 1 / (1 - beta^t). */
  private float biasCorrection(float beta) {
    return (float) (1 / (1 - Math.pow(beta, steps + 1)));
  }

  /** Counts an update that has moved the parameters. */
  void endUpdate() {
    kernel.generation = TrainingKernel.next(kernel.generation);
    kernel.momentGeneration = kernel.generation;
    gradientStep = kernel.step;
    steps++;
  }
}
