package org.aparanet.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aparanet.engine.Device;
import org.aparanet.engine.check.CheckReport;

/**
 * Everything that a run of the bench found out.
 *
 * @param time when it began
 * @param machine where
 * @param devices what was to be timed, the Java engine last
 * @param cases the networks
 * @param measurements of each case, batch and device, as far as they were measured
 * @param together of each case and batch on several devices together, where there are several
 * @param points the curves over the batches
 * @param notes what was left out, and why, in sentences with a full stop
 */
public record BenchReport(
    Instant time,
    Machine machine,
    List<Checked> devices,
    List<BenchCase> cases,
    List<Measurement> measurements,
    List<TogetherMeasurement> together,
    List<BenchPoint> points,
    List<String> notes) {

  /**
   * A device and whether it may be timed.
   *
   * @param check what the check against the reference came to
   * @param driver the version of its driver; empty if it has none
   * @param firstOpenSeconds time of the first session of this process, in which kernels are
   *     generated and built; negative if it failed
   */
  public record Checked(CheckReport check, String driver, double firstOpenSeconds) {
    /** The device. */
    public Device device() {
      return check.device();
    }

    /** Time of the first session, in a sentence. */
    public String firstOpen() {
      return device().id()
          + ": the first session of this process took "
          + Numbers.time(firstOpenSeconds * 1e9)
          + (device().kind() == Device.Kind.JAVA
              ? " to open."
              : " to open: kernels were generated from Java and built, unless the driver knew them"
                  + " from earlier.");
    }
  }

  /** Shapes of the cases' images in words: one for all, or one for each case. */
  public String inputs() {
    List<String> shapes = cases.stream().map(BenchCase::input).distinct().toList();
    return shapes.size() == 1
        ? shapes.get(0)
        : cases.stream()
            .map(example -> example.input() + " for " + example.label())
            .collect(Collectors.joining(", "));
  }

  /** Devices that compute wrongly or failed, and so were not timed. */
  public List<Device> refused() {
    return devices.stream().filter(d -> !d.check().right()).map(Checked::device).toList();
  }

  /** Devices that were to be timed, but of which nothing could be measured. */
  public List<Device> unmeasured() {
    return devices.stream()
        .filter(d -> d.check().right())
        .map(Checked::device)
        .filter(d -> measurements.stream().noneMatch(m -> m.device().equals(d)))
        .toList();
  }

  /** Measurement of one case at one batch on one device. */
  public Optional<Measurement> of(BenchCase example, int batch, Device device) {
    return measurements.stream()
        .filter(m -> m.network().equals(example.label()))
        .filter(m -> m.batch() == batch && m.device().equals(device))
        .findFirst();
  }

  /** Measurement of one case at one batch on several devices together. */
  public Optional<TogetherMeasurement> together(BenchCase example, int batch) {
    return together.stream()
        .filter(m -> m.network().equals(example.label()) && m.batch() == batch)
        .findFirst();
  }

  /** Time of a step by batch. */
  public SortedMap<Integer, Double> curve(BenchCase example, Device device) {
    SortedMap<Integer, Double> curve = new TreeMap<>();
    points.stream()
        .filter(p -> p.network().equals(example.label()) && p.device().equals(device))
        .forEach(p -> curve.put(p.batch(), p.nanos()));
    return curve;
  }

  /** The Java engine, if it is among the devices and right. */
  public Optional<Device> javaEngine() {
    return timed().stream().filter(d -> d.kind() == Device.Kind.JAVA).findFirst();
  }

  /** Devices that were found right. */
  public List<Device> timed() {
    return devices.stream().filter(d -> d.check().right()).map(Checked::device).toList();
  }

  /** For one case, where each other device overtakes the Java engine. */
  public List<Crossover> crossovers(BenchCase example) {
    List<Crossover> crossovers = new ArrayList<>();
    Optional<Device> java = javaEngine();
    for (Device device : timed()) {
      SortedMap<Integer, Double> curve = curve(example, device);
      if (java.isPresent() && !device.equals(java.get()) && !curve.isEmpty()) {
        int launches =
            measurements.stream()
                .filter(m -> m.device().equals(device) && m.network().equals(example.label()))
                .min(Comparator.comparingInt(Measurement::batch))
                .map(Measurement::launches)
                .orElse(0);
        crossovers.add(new Crossover(device.id(), launches, curve, curve(example, java.get())));
      }
    }
    return crossovers;
  }

  /** Whether the samples of any measurement tell of other work on the machine. */
  public boolean noisy() {
    return measurements.stream().anyMatch(Measurement::noisy)
        || together.stream().anyMatch(TogetherMeasurement::noisy);
  }
}
