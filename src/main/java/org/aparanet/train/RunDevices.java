package org.aparanet.train;

import java.util.List;
import java.util.Optional;
import org.aparanet.data.ImageOrder;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.TrainingState;
import org.aparanet.train.evaluate.Accuracy;
import org.aparanet.train.evaluate.Score;

/**
 * The devices of a run with its images on them: one, or several that take their steps together. All
 * calls come from the thread that trains.
 *
 * <p>A call that fails with an {@link EngineException} leaves the state undefined until {@link
 * #replace}, or for a lost state {@link #recover}, and then {@link #restore}.
 */
public interface RunDevices extends AutoCloseable {

  /** Way to load a run's images onto its devices. */
  @FunctionalInterface
  interface Opening {
    /**
     * Loads the images.
     *
     * @param listener is told if a device fails
     * @param start steps of the run that were taken before
     * @return the devices, to be closed
     * @throws EngineException if no device can take the images
     */
    RunDevices open(TrainingListener listener, long start);
  }

  /** {@return the device that trains, the first one of several} */
  Device device();

  /** {@return the devices whose work is part of the result, those that failed first} */
  List<Device> used();

  /**
   * Goes back to a state.
   *
   * @param state is not changed, now or later
   */
  void restore(TrainingState state);

  /** {@return the state after the steps so far} */
  TrainingState state();

  /** {@return a copy of the parameters after the steps so far} */
  float[] parameters();

  /**
   * Copies the parameters after the steps so far into an array.
   *
   * @param values receives them
   */
  void parameters(float[] values);

  /**
   * Replaces the parameters, to be tested.
   *
   * @param parameters copied
   */
  void setParameters(float[] parameters);

  /** {@return the score on the validation images with the present parameters, if there are any} */
  Optional<Score> validate();

  /** {@return the accuracy on the test images of each class with the present parameters} */
  List<Accuracy> test();

  /**
   * Begins an epoch, or goes on with it.
   *
   * @param epoch its number, from 1
   * @param order of the images of all epochs
   * @param from how many of the epoch's have been taken already: whole batches, whole rounds
   * @return its steps, to be closed
   */
  EpochSteps open(int epoch, ImageOrder order, int from);

  /** Forgets lost states, after a snapshot. */
  void progressed();

  /**
   * Handles a lost state; afterwards the last snapshot can be restored.
   *
   * @param cause what the device said
   * @param lastSnapshot from which the run goes on
   * @throws TrainingFailedException if it was lost too often, and there is no other device
   */
  void recover(StateLostException cause, Snapshot lastSnapshot);

  /**
   * Replaces a device that failed in the middle of a run; afterwards the last snapshot can be
   * restored.
   *
   * @param cause what the device said
   * @param lastSnapshot from which the run goes on
   * @throws TrainingFailedException if there is none to take its place
   */
  void replace(EngineException cause, Snapshot lastSnapshot);

  /** Gives back what these devices hold, but for their sessions. */
  @Override
  void close();
}
