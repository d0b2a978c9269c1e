package org.aparanet.train.run;

import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.train.Setting;
import org.aparanet.train.SettingException;
import org.aparanet.train.Settings;

/** Checks of how a training's settings divide its images. */
public final class Division {
  private Division() {}

  /**
   * Makes sure that images can be held out to validate with, if some are to be.
   *
   * @param settings of the training
   * @param train images to learn from and to hold out of
   * @param own images that the set has to validate with
   * @throws SettingException if they cannot
   */
  public static void check(Settings settings, ImageSet train, Optional<ImageSet> own) {
    boolean wanted = settings.has(Setting.VALIDATION);
    if (own.isPresent() && wanted) {
      throw SettingException.unsuited(
          Setting.VALIDATION,
          "the data set has "
              + own.get().count()
              + " images of its own to validate with, "
              + own.get().name()
              + "; leave it out to take those");
    }
    if (own.isEmpty()) {
      settings.checkPatience();
    }
    if (wanted && train.count() < 2) {
      throw SettingException.unsuited(
          Setting.VALIDATION, train.name() + " has only " + train.count() + " image");
    }
  }
}
