package org.aparanet.report.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aparanet.bench.BenchCase;
import org.aparanet.bench.BenchPoint;
import org.aparanet.bench.BenchReport;
import org.aparanet.bench.Machine;
import org.aparanet.bench.Measurement;
import org.aparanet.bench.Samples;
import org.aparanet.bench.TogetherMeasurement;
import org.aparanet.engine.Device;
import org.aparanet.engine.LaunchCost;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.CheckedOperation;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/** A report of round numbers, whose figures can be worked out by hand. */
public final class HandMadeReport {
  public static final Device GPU =
      new Device("opencl:0", Device.Kind.GPU, "Test GPU", "Test CL", 8_000_000_000L, 40);
  public static final Device WRONG =
      new Device("opencl:1", Device.Kind.CPU, "Test CPU", "Other CL", 4_000_000_000L, 2);
  public static final Device JAVA =
      new Device("cpu", Device.Kind.JAVA, "Java engine", "OpenJDK", 1_000_000_000L, 2);

  public static final BenchCase SMALL =
      new BenchCase(
          "small",
          NetworkText.parse(new Shape(1, 28, 28), "conv 4 3 same relu, pool 2, dense 10"),
          List.of(8, 1024));
  public static final BenchCase LONG =
      new BenchCase(
          "conv 8 3 same relu, dense 10",
          NetworkText.parse(new Shape(1, 28, 28), "conv 8 3 same relu, dense 10"),
          List.of(64));

  /**
   * 1 to 100 times 20 us, in an order in which both halves have the same median. Median: between
   * the 50th and the 51st, 1.01 ms. 95th percentile: place 94.05 from 0, so 95.05, 1.901 ms. Middle
   * half: places 24.75 to 74.25, so 25.75 to 75.25; 49.5 / 50.5 is 98 % of the median.
   */
  public static final List<Double> ONE_TO_HUNDRED = oneToHundred();

  private HandMadeReport() {}

  public static BenchReport report() {
    return new BenchReport(
        Instant.parse("2026-11-24T10:00:00.25Z"),
        new Machine("Test processor", 2, 0.75, "Linux 6.1 amd64", "17.0.1 (VM)", "1.2", "abc1234"),
        List.of(
            new BenchReport.Checked(
                right(GPU, CheckedOperation.DENSE_FORWARD, 5.6e-7, CheckedOperation.UPDATE, 1.2e-6),
                "12.3",
                1.25),
            new BenchReport.Checked(
                right(
                    WRONG,
                    CheckedOperation.DENSE_FORWARD,
                    4e-7,
                    CheckedOperation.CONVOLUTION_FORWARD,
                    2.5e-3),
                "",
                -1),
            new BenchReport.Checked(
                right(JAVA, CheckedOperation.DENSE_FORWARD, 3e-7, CheckedOperation.UPDATE, 2e-7),
                "",
                0.0005)),
        List.of(SMALL, LONG),
        List.of(
            new Measurement(
                GPU,
                "small",
                8,
                0.5,
                0.0123,
                2.5,
                new Samples(ONE_TO_HUNDRED),
                same(400_000, 3),
                List.of(
                    part("images to floats", StepPart.Kind.INPUT, 1, 0, 3.6e6, 300_000.0),
                    part(
                        "1. conv, forward",
                        StepPart.Kind.CONVOLUTION_FORWARD,
                        1,
                        9e6,
                        3e6,
                        100_000.0,
                        300_000.0,
                        200_000.0),
                    part("3. dense 10, forward", StepPart.Kind.DENSE, 2, 2e6, 4e6, 400_000.0),
                    part("softmax", StepPart.Kind.SOFTMAX, 0, 0, 0, 12_300.0)),
                "by hand",
                Optional.of(new LaunchCost(12_000, 2_500))),
            new Measurement(
                JAVA,
                "small",
                8,
                0.00005,
                0.000001,
                0.0061,
                same(5_050_000, 10),
                same(1_600_000, 10),
                List.of(
                    part(
                        "1. conv, forward",
                        StepPart.Kind.CONVOLUTION_FORWARD,
                        0,
                        9e6,
                        3e6,
                        2_500_000.0),
                    part("threads waiting", StepPart.Kind.WAITING, 0, 0, 0, 500_000.0)),
                "by the clock",
                Optional.empty()),
            new Measurement(
                GPU,
                "small",
                1024,
                0.6,
                0.07,
                0.8,
                new Samples(
                    List.of(2e6, 2e6, 2e6, 2e6, 2e6, 3e6, 3e6, 3e6, 3e6, 3e6)), // busy by the end
                same(1_024_000, 10),
                List.of(
                    part(
                        "1. conv, forward",
                        StepPart.Kind.CONVOLUTION_FORWARD,
                        6,
                        1.2e9,
                        2e8,
                        2_000_000.0)),
                "by hand",
                Optional.empty()),
            new Measurement(
                JAVA,
                "small",
                1024,
                0.001,
                0.002,
                0.2,
                same(100_000_000, 10),
                same(51_200_000, 10),
                List.of(
                    part(
                        "1. conv, forward",
                        StepPart.Kind.CONVOLUTION_FORWARD,
                        0,
                        1.2e9,
                        2e8,
                        80_000_000.0)),
                "by the clock",
                Optional.empty()),
            new Measurement(
                JAVA,
                LONG.label(),
                64,
                0.003,
                0.004,
                0.005,
                same(2_560_000, 3),
                same(640_000, 3),
                List.of(part("whole step", StepPart.Kind.STEP, 0, 0, 0, 2_560_000.0)),
                "as a whole",
                Optional.empty())),
        List.of(
            together(
                80,
                8,
                new BenchPoint(GPU, "small", 8, 1_010_000),
                800_000,
                40_000.0,
                90_000.0,
                50_000.0),
            together(
                98,
                1024,
                new BenchPoint(GPU, "small", 1024, 2_500_000),
                3_200_000,
                -20_000.0,
                9_000.0,
                -1_000.0)),
        List.of(
            new BenchPoint(GPU, "small", 1, 1_000_000),
            new BenchPoint(GPU, "small", 8, 1_010_000),
            new BenchPoint(GPU, "small", 1024, 2_500_000),
            new BenchPoint(JAVA, "small", 1024, 100_000_000),
            new BenchPoint(JAVA, "small", 8, 5_050_000),
            new BenchPoint(JAVA, "small", 1, 500_000),
            new BenchPoint(JAVA, LONG.label(), 64, 2_560_000)),
        List.of("A note."));
  }

  private static TogetherMeasurement together(
      int percent, int batch, BenchPoint fastest, double step, Double... averaging) {
    return new TogetherMeasurement(
        List.of(
            new TogetherMeasurement.Part(GPU, percent),
            new TogetherMeasurement.Part(JAVA, 100 - percent)),
        "small",
        batch,
        fastest,
        new Samples(List.of(step, step / 2, 2 * step)),
        4,
        new Samples(List.of(averaging)));
  }

  private static CheckReport right(
      Device device, CheckedOperation first, double error, CheckedOperation second, double other) {
    Map<CheckedOperation, Double> errors = new LinkedHashMap<>();
    errors.put(first, error);
    errors.put(second, other);
    return new CheckReport(device, errors, Optional.empty());
  }

  private static Measurement.Part part(
      String name, StepPart.Kind kind, int launches, double flop, double bytes, Double... nanos) {
    Samples samples = new Samples(List.of(nanos));
    return new Measurement.Part(
        new StepPart(name, kind, samples.median(), launches, flop, bytes), samples);
  }

  private static Samples same(double nanos, int times) {
    return new Samples(Collections.nCopies(times, nanos));
  }

  private static List<Double> oneToHundred() {
    List<Double> samples = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      samples.add(20_000.0 * i);
      samples.add(20_000.0 * (101 - i));
    }
    return List.copyOf(samples);
  }
}
