package org.aparanet.train;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.StateLostException;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Score;

/** Receives the events of a training run, in order, on the thread that trains. */
public interface TrainingListener {

  /**
   * A step was taken; every step is told once, even if it had to be repeated.
   *
   * @param step that was taken
   */
  default void step(Step step) {}

  /**
   * An epoch was trained, and the network tested if that was due.
   *
   * @param epoch that was trained
   */
  default void epoch(Epoch epoch) {}

  /**
   * The device lost the network's state; training continues from an earlier step, with the same
   * result.
   *
   * @param cause what the device said
   * @param step number of steps whose result was restored
   */
  default void restored(StateLostException cause, long step) {}

  /**
   * The device failed; training continues from an earlier step on another one.
   *
   * @param cause what the device said
   * @param device the other device
   * @param step number of steps whose result is the start there; 0 for the very beginning
   */
  default void fellBack(EngineException cause, Device device, long step) {}

  /**
   * One of several devices failed; others do its work from now on, and nothing is lost.
   *
   * @param cause what the device said
   * @param failed the device
   * @param others those that take over its shares of the batches
   * @param step number of steps whose result they start from
   */
  default void shareMoved(EngineException cause, Device failed, List<Device> others, long step) {}

  /**
   * Listener that forwards to several others, in their order.
   *
   * @param listeners to be told
   * @return the listener
   */
  static TrainingListener all(List<? extends TrainingListener> listeners) {
    return new TrainingListener() {
      @Override
      public void step(Step step) {
        listeners.forEach(listener -> listener.step(step));
      }

      @Override
      public void epoch(Epoch epoch) {
        listeners.forEach(listener -> listener.epoch(epoch));
      }

      @Override
      public void restored(StateLostException cause, long step) {
        listeners.forEach(listener -> listener.restored(cause, step));
      }

      @Override
      public void fellBack(EngineException cause, Device device, long step) {
        listeners.forEach(listener -> listener.fellBack(cause, device, step));
      }

      @Override
      public void shareMoved(EngineException cause, Device failed, List<Device> others, long step) {
        listeners.forEach(listener -> listener.shareMoved(cause, failed, others, step));
      }
    };
  }

  /**
   * A training step.
   *
   * @param step its number in the run, from 1
   * @param epoch its epoch, from 1
   * @param images number of images in the step
   * @param loss mean loss of the images in the step, before its update
   * @param accuracy share of the images in the step that were classified correctly, 0 to 1
   * @param learningRate with which the step was taken
   * @param soFar progress of the epoch
   */
  record Step(
      long step,
      int epoch,
      int images,
      double loss,
      double accuracy,
      float learningRate,
      Progress soFar) {}

  /**
   * Progress of an epoch.
   *
   * @param images its images so far
   * @param of all its images
   * @param loss mean loss of its images so far
   * @param accuracy share of its images so far that were classified correctly, 0 to 1
   * @param imagesPerSecond training speed since the epoch's begin
   * @param secondsLeft time that the rest of the run takes at this speed, without tests
   */
  record Progress(
      int images,
      int of,
      double loss,
      double accuracy,
      double imagesPerSecond,
      double secondsLeft) {}

  /**
   * A finished epoch.
   *
   * @param epoch its number, from 1
   * @param trainLoss mean loss of all training images, each at its step
   * @param trainAccuracy share of the training images classified correctly, each at its step
   * @param validation score on the validation images after the epoch, if there are any
   * @param test accuracy on the test images after the epoch, if it was tested
   * @param seconds time of the epoch's training, without the test
   * @param imagesPerSecond training images in a second
   */
  record Epoch(
      int epoch,
      double trainLoss,
      double trainAccuracy,
      Optional<Score> validation,
      Optional<Accuracy> test,
      double seconds,
      double imagesPerSecond) {}
}
