package org.aparanet.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.model.ChannelValues;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The preset photos: what it makes of images, and that it learns from all that there is. */
class PhotoRecipeTest {
  private static final String BLOCKS =
      ", [conv 32 3 same nobias, batchnorm relu, conv 32 3 same nobias, batchnorm] relu, conv 64 3"
          + " stride 2 pad 1 nobias, batchnorm relu, [conv 64 3 same nobias, batchnorm relu, conv 64"
          + " 3 same nobias, batchnorm] relu, conv 128 3 stride 2 pad 1 nobias, batchnorm relu,"
          + " [conv 128 3 same nobias, batchnorm relu, conv 128 3 same nobias, batchnorm] relu,"
          + " globalpool, dense 5";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1x28x28 | conv 32 3 same nobias, batchnorm relu | 128x7x7",
        "3x64x64 | conv 32 5 stride 2 pad 2 nobias, batchnorm relu | 128x8x8",
        "3x96x64 | conv 32 7 stride 2 pad 3 nobias, batchnorm relu, pool 2 | 128x6x4",
        "3x224x224 | conv 32 7 stride 2 pad 3 nobias, batchnorm relu, pool 2, pool 2 | 128x7x7",
        "3x1x1 | conv 32 3 same nobias, batchnorm relu | 128"
      })
  void anyImagesComeToTheResidualBlocksInAboutOneSize(String input, String stem, String last) {
    Settings settings = PhotoRecipe.PHOTOS.settings(images(shape(input), 10, 5, i -> i), false);
    String text = settings.get(Setting.NETWORK).orElseThrow();

    assertEquals(stem + BLOCKS, text);
    Network network = NetworkText.parse(shape(input), text);
    assertEquals(5, network.classes());
    Shape beforePool = network.nodes().get(network.nodes().size() - 3).output();
    assertEquals(last, beforePool.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 120, 4, 0.00625, -",
    "199, 120, 8, 0.0125, -",
    "200, 120, 8, 0.0125, 60",
    "1000, 120, 32, 0.05, 60",
    "3000, 57, 64, 0.1, 28",
    "8000, 29, 64, 0.1, 14",
    "50000, 15, 64, 0.1, 7",
    "1000000, 10, 64, 0.1, 5"
  })
  void theNumberOfImagesSaysHowLongAndInWhatBatches(
      int count, int epochs, int batch, float rate, String patience) {
    ImageSet images = images(new Shape(1, 1, 1), count, 2, i -> i);
    Settings settings = PhotoRecipe.PHOTOS.settings(images, false);

    assertEquals(Optional.of(epochs), settings.get(Setting.EPOCHS));
    assertEquals(Optional.of(batch), settings.get(Setting.BATCH));
    assertEquals(Optional.of(rate), settings.get(Setting.LEARNING_RATE));
    boolean validated = !patience.equals("-");
    assertEquals(
        validated ? Optional.of(0.1f) : Optional.empty(), settings.get(Setting.VALIDATION));
    assertEquals(
        validated ? Optional.of(Integer.valueOf(patience)) : Optional.empty(),
        settings.get(Setting.PATIENCE));
  }

  @ParameterizedTest
  @CsvSource({
    "1x28x28, 'shift 2, flip, cutout 8'",
    "3x64x48, 'shift 3, flip, cutout 14'",
    "3x1x1, 'shift 1, flip, cutout 1'"
  })
  void changesSuitTheSize(String input, String changes) {
    Settings settings = PhotoRecipe.PHOTOS.settings(images(shape(input), 4, 2, i -> i), false);
    assertEquals(Optional.of(changes), settings.get(Setting.AUGMENT));
  }

  @Test
  void whatIsGivenCountsMore() {
    Settings given =
        new Settings()
            .set(Setting.EPOCHS, 3)
            .set(Setting.MEAN, ChannelValues.parse("0.5"))
            .set(Setting.STD, ChannelValues.parse("0.25"));
    Settings preset =
        PhotoRecipe.PHOTOS.settings(images(new Shape(1, 8, 8), 300, 2, i -> i), false);
    Settings all = given.overPreset(preset, false);

    assertEquals(Optional.of(3), all.get(Setting.EPOCHS));
    assertFalse(all.has(Setting.NORMALIZE), "mean and standard deviation are given");
    assertTrue(all.has(Setting.NETWORK));
    Settings further = new Settings().overPreset(preset, true);
    assertFalse(further.has(Setting.NORMALIZE), "the model's own");
    assertFalse(further.has(Setting.NETWORK), "the model's own");
    assertTrue(new Settings().overPreset(preset, false).has(Setting.NORMALIZE));
    assertEquals(Optional.of(0.1f), all.get(Setting.LABEL_SMOOTHING));
  }

  /** Images that are hard on a network: nothing to see, or nothing to learn. */
  enum Hard {
    BLACK(i -> 0),
    WHITE(i -> 255),
    ALMOST_WHITE(i -> 250 + i % 6),
    ONE_PIXEL_LIGHT(i -> i == 77 ? 255 : 0),
    NOISE(i -> (int) (new SplittableRandom(i).nextInt(256)));

    private final IntUnaryOperator pixel;

    Hard(IntUnaryOperator pixel) {
      this.pixel = pixel;
    }
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(Hard.class)
  void noSetMakesItDiverge(Hard hard) {
    for (int count : new int[] {2, 40}) { // one image of each class, and a few
      ImageSet images = images(new Shape(3, 12, 12), count, 2, hard.pixel);
      Training.Result result =
          Training.recipe("photos").seed(1).device("cpu").run(new DataSet(images, images));
      assertEquals(120, result.epochs().size());
      for (TrainingListener.Epoch epoch : result.epochs()) {
        assertTrue(epoch.trainLoss() < 5, hard + ", " + count + " images: " + epoch);
      }
    }
  }

  private static Shape shape(String text) {
    List<Integer> sides = List.of(text.split("x")).stream().map(Integer::valueOf).toList();
    return new Shape(sides.get(0), sides.get(1), sides.get(2));
  }

  private static ImageSet images(Shape shape, int count, int classes, IntUnaryOperator pixel) {
    byte[] pixels = new byte[count * shape.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) pixel.applyAsInt(i);
    }
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % classes);
    }
    return new ImageSet("images", shape, pixels, labels, classes);
  }
}
