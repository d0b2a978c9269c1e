package org.aparanet.engine;

import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Network;

/**
 * A network on a device: parameters, activations and images stay there between calls.
 *
 * <p>A session is used by one thread at a time. Where a method fails with an {@link
 * EngineException}, the parameters on the device are no longer to be trusted; {@link
 * #setParameters} makes them so again after a {@link StateLostException}, and after any other
 * failure the session can only be closed.
 */
public interface Session extends AutoCloseable {

  /** {@return the device that does the work} */
  Device device();

  /** {@return the network that this session was opened for} */
  Network network();

  /** {@return the most images that a call takes} */
  int batch();

  /**
   * Makes a set of images available to {@link #step} and {@link #infer}. It stays available until
   * the session closes.
   *
   * @param images to be loaded
   * @return the index by which the set's first image is known to this session; its other images
   *     follow in order
   * @throws EngineException if the images' shape is not the network's, or the device has no room
   */
  int load(ImageSet images);

  /**
   * Makes a set of images available as {@link #load} does, but one whose pixels the caller changes
   * between calls: every {@link #step} and {@link #infer} sees what they are then. A session takes
   * one such set.
   *
   * @param images at most as many as {@link #batch()}; the pixel array itself is used
   * @return the index by which the set's first image is known to this session
   * @throws IllegalArgumentException if there are more images than the batch has, or there is such
   *     a set already
   * @throws EngineException as {@link #load}
   */
  int stage(ImageSet images);

  /**
   * Makes images available as {@link #load} does, as the floats that a part of a network takes
   * ({@link Network#before()}). The arrays are used themselves: every {@link #step} and {@link
   * #infer} sees what they hold then, and an image that it does not take need have none.
   *
   * @param images for each of them its floats [C, H, W], or null until a call takes it
   * @return the index by which the first one is known to this session; the others follow in order
   * @throws IllegalArgumentException if the network takes pixels
   */
  int load(float[][] images);

  /**
   * Says how steps move the parameters from now on; without it by plain stochastic gradient
   * descent, with seed 0. Moments begin at 0, and steps are counted anew.
   *
   * @param optimizer the rule and its numbers
   * @param seed of what is random in a step: {@link org.aparanet.model.DropoutMask}
   */
  void optimize(Optimizer optimizer, long seed);

  /**
   * Copies what a training needs to go on.
   *
   * @return new arrays
   */
  TrainingState state();

  /**
   * Goes back to a state; the optimizer and the seed stay as {@link #optimize} set them.
   *
   * @param state copied
   * @throws IllegalArgumentException if its arrays do not suit the network and the optimizer
   */
  void restore(TrainingState state);

  /**
   * Replaces all parameters, and leaves the moments and the count of steps alone.
   *
   * @param values {@code network().parameterCount()} elements, laid out as {@code
   *     network().tensors()} says; copied
   */
  void setParameters(float[] values);

  /**
   * Copies the current parameters to the host.
   *
   * @return a new array, laid out as {@code network().tensors()} says
   */
  float[] parameters();

  /**
   * Copies the current parameters into an array, as {@link #parameters()} does into a new one.
   *
   * @param values receives {@code network().parameterCount()} elements
   */
  default void parameters(float[] values) {
    System.arraycopy(parameters(), 0, values, 0, network().parameterCount());
  }

  /**
   * Says which images the step behind the coming one will take, so that a device can fetch them
   * along with the coming one's update. Nothing depends on it but time: the step that comes then
   * may take others.
   *
   * @param images indices as {@link #load} gave them
   * @param from index of the first entry of {@code images} to use
   * @param count number of images, 1 to {@link #batch()}
   */
  default void expect(int[] images, int from, int count) {}

  /**
   * Runs one training step: forward, loss, backward, then the optimizer's update.
   *
   * @param images indices as {@link #load} gave them
   * @param from index of the first entry of {@code images} to use
   * @param count number of images in this step, 1 to {@link #batch()}
   * @param loss the host's part, see {@link LossGradient}
   * @param learningRate of the update; the head has its own if the optimizer says so
   * @return true if the parameters were updated; false if the loss was not finite, and then they
   *     and the rest of the state are as they were
   */
  boolean step(int[] images, int from, int count, LossGradient loss, float learningRate);

  /** {@return the steps whose loss the device computes itself; empty where only the host can} */
  default Optional<LossOnDevice> lossOnDevice() {
    return Optional.empty();
  }

  /**
   * Runs one training step as {@link #step} does, with the same result, and tells where its time
   * went. A session that cannot take a step apart tells the time of the whole.
   *
   * @param images see {@link #step}
   * @param from see {@link #step}
   * @param count see {@link #step}
   * @param loss see {@link #step}
   * @param learningRate see {@link #step}
   * @return the pieces of this step; their times add up to what the step would take, but for noise
   * @throws EngineException if the loss was not finite
   */
  default StepProfile profile(
      int[] images, int from, int count, LossGradient loss, float learningRate) {
    long start = System.nanoTime();
    if (!step(images, from, count, loss, learningRate)) {
      throw new EngineException("the loss of a step that was to be timed is not finite");
    }
    return StepProfile.whole(System.nanoTime() - start);
  }

  /**
   * Copies the gradient of the last {@link #step} to the host: before clipping and weight decay.
   *
   * @return a new array, laid out like the parameters; 0 for running statistics
   */
  float[] gradients();

  /**
   * Runs the network forward only: with running statistics, without dropout.
   *
   * @param images indices as {@link #load} gave them
   * @param from index of the first entry of {@code images} to use
   * @param count number of images, 1 to {@link #batch()}
   * @param logits receives the outputs, {@code count x network().classes()}
   */
  void infer(int[] images, int from, int count, float[] logits);

  /**
   * {@return the traffic of training with the device so far; empty where the host is the device}
   */
  default Optional<DeviceTraffic> traffic() {
    return Optional.empty();
  }

  /** Gives the device's memory back; closing twice does nothing. */
  @Override
  void close();
}
