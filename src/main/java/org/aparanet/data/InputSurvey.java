package org.aparanet.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.model.Shape;

/**
 * The shape that suits image files of any sizes: that of a sample of them, if all have it and it is
 * small, or a square that keeps what a small network can tell apart.
 */
final class InputSurvey {
  /** Files whose size is looked at: their headers are read, no more. */
  private static final int SIZES = 200;

  /** Files whose colours are looked at, which are decoded. */
  private static final int COLOURS = 24;

  /** Longest side that is kept as it is. */
  private static final int LONGEST = 64;

  /** Where most are smaller than this, enlarging them would tell nothing new. */
  private static final int LEAST_TO_TAKE_64 = 48;

  private static final Shape THUMBNAIL = new Shape(3, 16, 16);

  private InputSurvey() {}

  /**
   * {@return the shape: 1 channel if no file of the sample has a colour, otherwise 3}
   *
   * @param files in an order that mixes the classes; the first of them are the sample
   */
  static Shape of(List<Path> files) {
    List<ImageFile.Size> sizes =
        files.stream().limit(SIZES).flatMap(file -> ImageFile.size(file).stream()).toList();
    int channels = files.stream().limit(COLOURS).anyMatch(InputSurvey::hasColour) ? 3 : 1;
    if (sizes.isEmpty()) {
      return DataSets.DEFAULT_INPUT;
    }
    ImageFile.Size first = sizes.get(0);
    if (sizes.stream().allMatch(first::equals) && first.longer() <= LONGEST) {
      return new Shape(channels, first.height(), first.width());
    }
    int[] shorter = sizes.stream().mapToInt(ImageFile.Size::shorter).sorted().toArray();
    int side = shorter[shorter.length / 2] < LEAST_TO_TAKE_64 ? LONGEST / 2 : LONGEST;
    return new Shape(channels, side, side);
  }

  private static boolean hasColour(Path file) {
    try {
      byte[] pixels = ImageFile.read(file, THUMBNAIL, false).pixels();
      int plane = THUMBNAIL.plane();
      byte[] red = Arrays.copyOf(pixels, plane);
      return !Arrays.equals(red, Arrays.copyOfRange(pixels, plane, 2 * plane))
          || !Arrays.equals(red, Arrays.copyOfRange(pixels, 2 * plane, 3 * plane));
    } catch (WrongFileException e) {
      return false; // it is left out, and named, when the set is read
    }
  }
}
