package org.aparanet.train.run;

import java.util.Optional;
import org.aparanet.data.DataSet;
import org.aparanet.data.Holdout;
import org.aparanet.data.ImageSet;
import org.aparanet.data.PixelStatistics;
import org.aparanet.model.Network;
import org.aparanet.model.PixelNormalization;
import org.aparanet.train.Setting;
import org.aparanet.train.SettingException;
import org.aparanet.train.Settings;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.checkpoint.RunIdentity;

/**
 * Images that this process has read.
 *
 * @param data divided as a training's settings say
 */
record LocalImages(TrainingData data) implements RunImages {

  /**
   * Divides the images of a set.
   *
   * @throws SettingException if the settings do not suit them
   */
  static LocalImages of(Settings settings, DataSet set) {
    ImageSet train = settings.get(Setting.LIMIT).map(set.train()::first).orElse(set.train());
    Division.check(settings, train, set.validation());
    Optional<Float> validation = settings.get(Setting.VALIDATION);
    if (validation.isEmpty()) {
      return new LocalImages(new TrainingData(train, set.validation(), set.test()));
    }
    Holdout held = Holdout.of(train, validation.get(), settings.seed());
    return new LocalImages(
        new TrainingData(held.train(), Optional.of(held.validation()), set.test()));
  }

  @Override
  public PixelNormalization normalization(Network layers) {
    return PixelStatistics.of(data.train());
  }

  @Override
  public String digest(TrainingPlan plan) {
    return plan.rounds().sharded() ? RunIdentity.summedDigest(data) : RunIdentity.digest(data);
  }
}
