package org.aparanet.engine.select;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which device the user asked for.
 *
 * @param kind how it was named
 * @param index for {@link Kind#OPENCL}, the number in {@code opencl:N}; 0 otherwise
 */
public record DeviceChoice(Kind kind, int index) {

  /** Ways to name a device. */
  public enum Kind {
    /** A GPU if there is one that works, the Java engine otherwise. */
    AUTO,
    /** The first OpenCL device of type GPU, or an error. */
    GPU,
    /** The Java engine. */
    CPU,
    /** A certain OpenCL device, or an error. */
    OPENCL
  }

  private static final Pattern OPENCL = Pattern.compile("opencl:([0-9]{1,4})");

  /**
   * Reads {@code auto}, {@code gpu}, {@code cpu} or {@code opencl:N}, in capitals or not.
   *
   * @param text of the choice
   * @return the choice
   * @throws IllegalArgumentException with a sentence that says what is allowed
   */
  public static DeviceChoice parse(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    Matcher matcher = OPENCL.matcher(name);
    if (matcher.matches()) {
      return new DeviceChoice(Kind.OPENCL, Integer.parseInt(matcher.group(1)));
    }
    return switch (name) {
      case "auto" -> new DeviceChoice(Kind.AUTO, 0);
      case "gpu" -> new DeviceChoice(Kind.GPU, 0);
      case "cpu" -> new DeviceChoice(Kind.CPU, 0);
      default ->
          throw new IllegalArgumentException(
              "\"" + text + "\" is no device; allowed are auto, gpu, cpu and opencl:N");
    };
  }

  @Override
  public String toString() {
    return kind == Kind.OPENCL ? "opencl:" + index : kind.name().toLowerCase(Locale.ROOT);
  }
}
