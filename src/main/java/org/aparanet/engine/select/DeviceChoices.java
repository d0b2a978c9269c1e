package org.aparanet.engine.select;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aparanet.engine.Device;

/**
 * Which devices the user asked for.
 *
 * @param all whether every GPU that works and the Java engine are meant
 * @param named the devices in their order, of which one may come several times; none where all are
 *     meant
 */
public record DeviceChoices(boolean all, List<DeviceChoice> named) {

  /** A GPU if there is one that works, the Java engine otherwise. */
  public static final DeviceChoices AUTO = of(new DeviceChoice(DeviceChoice.Kind.AUTO, 0));

  /** Every GPU that works, and the Java engine. */
  public static final DeviceChoices ALL = new DeviceChoices(true, List.of());

  /** Largest number of devices of a training. */
  public static final int MAXIMUM = 64;

  private static final String ALL_TEXT = "all";
  private static final String ALONE = "all stands for all devices; no other can stand beside it";

  /**
   * Checks the devices.
   *
   * @param all whether every GPU that works and the Java engine are meant
   * @param named the devices in their order, of which one may come several times; none where all
   *     are meant
   * @throws IllegalArgumentException if there are too many, or {@code auto} or {@code all} is one
   *     of several
   */
  public DeviceChoices {
    named = List.copyOf(named);
    if (all && !named.isEmpty()) {
      throw new IllegalArgumentException(ALONE);
    }
    if (!all && (named.isEmpty() || named.size() > MAXIMUM)) {
      throw new IllegalArgumentException(
          named.size() + " devices; a training takes 1 to " + MAXIMUM);
    }
    if (named.size() > 1 && named.stream().anyMatch(c -> c.kind() == DeviceChoice.Kind.AUTO)) {
      throw new IllegalArgumentException(
          "auto chooses one device itself; no other can stand beside it");
    }
  }

  /**
   * {@return a single device}
   *
   * @param choice which one
   */
  public static DeviceChoices of(DeviceChoice choice) {
    return new DeviceChoices(false, List.of(choice));
  }

  /**
   * {@return devices by their names on the command line}
   *
   * @param devices in their order
   */
  public static DeviceChoices of(List<Device> devices) {
    return parse(devices.stream().map(Device::id).collect(Collectors.joining(",")));
  }

  /**
   * Reads {@code all}, or devices with commas between them, such as {@code opencl:0,cpu}.
   *
   * @param text of the devices
   * @return the devices
   * @throws IllegalArgumentException with a sentence that says what is allowed
   */
  public static DeviceChoices parse(String text) {
    return joined(
        Arrays.stream(text.split(",", -1)).map(String::strip).map(DeviceChoices::one).toList());
  }

  private static DeviceChoices one(String text) {
    if (text.toLowerCase(Locale.ROOT).equals(ALL_TEXT)) {
      return ALL;
    }
    try {
      return of(DeviceChoice.parse(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no device; allowed are auto, gpu, cpu, opencl:N and all", e);
    }
  }

  /**
   * {@return the devices of several choices, in their order}
   *
   * @param choices at least one
   * @throws IllegalArgumentException if there are too many devices, or {@code auto} or {@code all}
   *     is one of several choices
   */
  public static DeviceChoices joined(List<DeviceChoices> choices) {
    if (choices.size() == 1) {
      return choices.get(0);
    }
    if (choices.stream().anyMatch(DeviceChoices::all)) {
      throw new IllegalArgumentException(ALONE);
    }
    return new DeviceChoices(
        false, choices.stream().flatMap(choice -> choice.named().stream()).toList());
  }

  /** {@return whether these are, or may be, more than one device} */
  public boolean areSeveral() {
    return all || named.size() > 1;
  }

  /** {@return how many devices there are; of all, a GPU and the Java engine count} */
  public int count() {
    return all ? 2 : named.size();
  }

  /**
   * {@return the threads of each session of the Java engine: the given number, or else an equal
   * part of the processors}
   *
   * @param given threads that the user asked for
   */
  public int threads(Optional<Integer> given) {
    long sessions = named.stream().filter(c -> c.kind() == DeviceChoice.Kind.CPU).count();
    int processors = Runtime.getRuntime().availableProcessors();
    return given.orElseGet(() -> (int) Math.max(1, processors / Math.max(1, sessions)));
  }

  /** {@return the text that {@link #parse} reads} */
  @Override
  public String toString() {
    return all ? ALL_TEXT : named.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
