package org.aparanet.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;

/**
 * Settings of a whole training under one name: the same ones for every training ({@link Recipe}),
 * or such as suit the images ({@link PhotoRecipe}).
 */
public sealed interface Preset permits Recipe, PhotoRecipe {

  /** {@return the name, such as {@code mnist-fast}} */
  String label();

  /** {@return the settings, as far as they do not depend on the images} */
  Settings settings();

  /**
   * {@return all settings}
   *
   * @param images to learn from
   * @param validated whether there are others to choose the best epoch by
   */
  Settings settings(ImageSet images, boolean validated);

  /** {@return the names in their order} */
  static List<String> labels() {
    return all().map(Preset::label).toList();
  }

  /**
   * {@return the preset of a name, in capitals or not, or none}
   *
   * @param name such as {@code mnist-fast}
   */
  static Optional<Preset> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return all().filter(preset -> preset.label().equals(lower)).findFirst();
  }

  private static Stream<Preset> all() {
    return Stream.concat(Arrays.stream(Recipe.values()), Stream.of(PhotoRecipe.PHOTOS));
  }
}
