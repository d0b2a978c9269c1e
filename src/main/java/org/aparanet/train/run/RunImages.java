package org.aparanet.train.run;

import org.aparanet.model.Network;
import org.aparanet.model.PixelNormalization;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingPlan;

/** The images of a run, wherever their pixels are. */
public interface RunImages {

  /** {@return the images, of which those to learn from may have pixels that cannot be asked for} */
  TrainingData data();

  /**
   * {@return mean and standard deviation of the images to learn from}
   *
   * @param layers of the network that is to learn from them
   */
  PixelNormalization normalization(Network layers);

  /**
   * {@return the digest by which checkpoints tell these images from others}
   *
   * @param plan of the run
   */
  String digest(TrainingPlan plan);
}
