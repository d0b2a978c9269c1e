package org.aparanet.data.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.data.format.DataException;

/** The two system properties that say where the pixels of data sets are. */
public final class DataMemory {
  static final String MEMORY = "aparanet.data.memory";
  static final String FOLDER = "aparanet.data.pixels";

  /** Of the heap, which needs room for the network and for copies on their way to a device. */
  private static final int SHARE = 4;

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([kKmMgG]?)");

  private DataMemory() {}

  /**
   * {@return the most bytes that the pixels of a set may take in memory, or what is kept of it
   * beside them: what the property says, such as {@code 512m}, or a quarter of the heap}
   *
   * @throws DataException if the property is no size
   */
  public static long most() {
    String told = System.getProperty(MEMORY);
    if (told == null) {
      return Runtime.getRuntime().maxMemory() / SHARE;
    }
    Matcher size = SIZE.matcher(told);
    if (!size.matches()) {
      throw new DataException(
          "system property %s is \"%s\"; it takes a number of bytes, or one with k, m or g behind it, such as 512m"
              .formatted(MEMORY, told));
    }
    String unit = size.group(2).toLowerCase(Locale.ROOT);
    int shift = unit.isEmpty() ? 0 : 10 * (1 + "kmg".indexOf(unit));
    return Math.min(Long.parseLong(size.group(1)), Long.MAX_VALUE >> shift) << shift;
  }

  /**
   * The folder for files of pixels, where the property names one.
   *
   * @throws DataException if it is no path
   */
  static Optional<Path> folder() {
    String told = System.getProperty(FOLDER);
    try {
      return Optional.ofNullable(told).filter(path -> !path.isBlank()).map(Path::of);
    } catch (InvalidPathException e) {
      throw new DataException(
          "system property %s is \"%s\", which is no path".formatted(FOLDER, told), e);
    }
  }
}
