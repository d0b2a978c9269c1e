package org.aparanet.train;

import java.util.Optional;
import java.util.function.Supplier;
import org.aparanet.data.ImageSet;
import org.aparanet.model.ChannelValues;
import org.aparanet.model.Model;
import org.aparanet.model.PixelNormalization;

/** Normalisation that a training begins with. */
public final class InputNormalization {
  private InputNormalization() {}

  /**
   * {@return the normalisation that the settings ask for; without them that of the model to start
   * from, if there is one}
   *
   * @param settings of the training
   * @param start the model to start from, if there is one
   * @param images to learn from; their pixels are not asked for
   * @param measured mean and standard deviation of these images
   * @throws SettingException if the settings do not go together, or not with the images
   */
  public static Optional<PixelNormalization> of(
      Settings settings,
      Optional<Model> start,
      ImageSet images,
      Supplier<PixelNormalization> measured) {
    check(settings);
    if (settings.get(Setting.NORMALIZE).orElse(false)) {
      return Optional.of(measured.get());
    }
    if (!settings.has(Setting.MEAN)) {
      return start.flatMap(model -> model.network().normalization());
    }
    PixelNormalization given = given(settings);
    if (given.channels() != images.shape().channels()) {
      throw SettingException.unsuited(
          Setting.MEAN,
          settings.get(Setting.MEAN).orElseThrow()
              + " is for "
              + given.channels()
              + " channels, but the images of "
              + images.name()
              + " have "
              + images.shape().channels());
    }
    return Optional.of(given);
  }

  /** Makes sure that the settings go together, whatever the images. */
  static void check(Settings settings) {
    if (settings.get(Setting.NORMALIZE).orElse(false)
        && (settings.has(Setting.MEAN) || settings.has(Setting.STD))) {
      throw SettingException.refused(
          Setting.NORMALIZE, "takes mean and std from the images, so that none can be given", null);
    }
    requireBoth(settings, Setting.MEAN, Setting.STD, "the standard deviations of the channels");
    requireBoth(settings, Setting.STD, Setting.MEAN, "the means of the channels");
    if (settings.has(Setting.MEAN)) {
      given(settings);
    }
  }

  private static PixelNormalization given(Settings settings) {
    ChannelValues mean = settings.get(Setting.MEAN).orElseThrow();
    ChannelValues std = settings.get(Setting.STD).orElseThrow();
    try {
      return new PixelNormalization(mean.values(), std.values());
    } catch (IllegalArgumentException e) {
      throw SettingException.refused(Setting.STD, e.getMessage(), e);
    }
  }

  private static void requireBoth(
      Settings settings, Setting<?> given, Setting<?> other, String what) {
    if (settings.has(given) && !settings.has(other)) {
      throw SettingException.needs(given, other, what);
    }
  }
}
