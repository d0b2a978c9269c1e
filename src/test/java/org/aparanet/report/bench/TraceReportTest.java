package org.aparanet.report.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.aparanet.bench.BenchReport;
import org.aparanet.bench.CaseRunner;
import org.aparanet.bench.Machine;
import org.aparanet.bench.Measurement;
import org.aparanet.bench.Samples;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.opencl.OpenClDevices;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A report as a timeline for Perfetto and chrome://tracing. */
class TraceReportTest {
  private static final Machine MACHINE = new Machine("", 2, -1, "", "", "1.2", "");
  private static final String NETWORK = "conv 4 3 same relu, pool 3 stride 1, relu, dense 10";

  /**
   * Least and largest sum of the events' durations, as a part of the step's median. The sum of
   * medians is no median of sums: threads that wait for one another take it well below 1. How
   * closely the pieces of one step add up to it is held by {@code StepProfileTest}.
   */
  private static final double LEAST = 0.5;

  private static final double MOST = 1.25;

  private static final int ATTEMPTS = 10;

  private static final String EXPECTED =
      """
      {
        "traceEvents": [
          {
            "name": "process_name",
            "ph": "M",
            "pid": 1,
            "tid": 0,
            "args": {
              "name": "opencl:0 (Card), dense 3 relu, batch 1,024"
            }
          },
          {
            "name": "process_labels",
            "ph": "M",
            "pid": 1,
            "tid": 0,
            "args": {
              "labels": "step 10.0 us; its pieces 95 % of it"
            }
          },
          {
            "name": "thread_name",
            "ph": "M",
            "pid": 1,
            "tid": 1,
            "args": {
              "name": "host"
            }
          },
          {
            "name": "thread_name",
            "ph": "M",
            "pid": 1,
            "tid": 2,
            "args": {
              "name": "transfers"
            }
          },
          {
            "name": "thread_name",
            "ph": "M",
            "pid": 1,
            "tid": 3,
            "args": {
              "name": "device"
            }
          },
          {
            "name": "transfer: indices to the device",
            "cat": "transfer",
            "ph": "X",
            "ts": 0.000,
            "dur": 1.000,
            "pid": 1,
            "tid": 2,
            "args": {
              "operation": "transfer: indices to the device",
              "bytes": 4096,
              "measured": "in one step",
              "p95Micros": 1.000
            }
          },
          {
            "name": "1. dense 3 + relu, forward",
            "cat": "dense",
            "ph": "X",
            "ts": 1.000,
            "dur": 2.500,
            "pid": 1,
            "tid": 3,
            "args": {
              "operation": "forward",
              "layer": "1. dense 3 + relu",
              "workGroups": 16,
              "flop": 24576,
              "measured": "the median of 3 steps",
              "p95Micros": 3.850
            }
          },
          {
            "name": "softmax and loss, on the host",
            "cat": "softmax",
            "ph": "X",
            "ts": 3.500,
            "dur": 6.001,
            "pid": 1,
            "tid": 1,
            "args": {
              "operation": "softmax and loss, on the host",
              "measured": "in one step",
              "p95Micros": 6.001
            }
          },
          {
            "name": "process_name",
            "ph": "M",
            "pid": 2,
            "tid": 0,
            "args": {
              "name": "cpu (Java engine), dense 3 relu, batch 1,024"
            }
          },
          {
            "name": "process_labels",
            "ph": "M",
            "pid": 2,
            "tid": 0,
            "args": {
              "labels": "step 10.0 us; its pieces 60 % of it"
            }
          },
          {
            "name": "thread_name",
            "ph": "M",
            "pid": 2,
            "tid": 4,
            "args": {
              "name": "threads (mean of all)"
            }
          },
          {
            "name": "softmax and loss, on the host",
            "cat": "softmax",
            "ph": "X",
            "ts": 0.000,
            "dur": 6.001,
            "pid": 2,
            "tid": 4,
            "args": {
              "operation": "softmax and loss, on the host",
              "measured": "in one step",
              "p95Micros": 6.001
            }
          }
        ],
        "displayTimeUnit": "ns",
        "otherData": {
          "time": "2026-01-02T03:04:05Z",
          "aparanet": "1.2",
          "steps": [
            {
              "pid": 1,
              "device": "opencl:0",
              "network": "dense 3 relu",
              "batch": 1024,
              "stepMedianMicros": 10.000,
              "method": "by hand"
            },
            {
              "pid": 2,
              "device": "cpu",
              "network": "dense 3 relu",
              "batch": 1024,
              "stepMedianMicros": 10.000,
              "method": "by hand"
            }
          ]
        }
      }
      """;

  @Test
  void aStepIsAProcessWithARowForHostTransfersAndDevice() {
    Device card = new Device("opencl:0", Device.Kind.GPU, "Card", "Test", 1, 2);
    Device java = new Device("cpu", Device.Kind.JAVA, "Java engine", "Test", 1, 2);
    String layer = "1. dense 3 + relu";
    StepPart forward =
        new StepPart(layer + ", forward", StepPart.Kind.DENSE, 2500, 1, 24576, 0, layer, 0).of(16);
    StepPart indices =
        new StepPart("transfer: indices to the device", StepPart.Kind.TRANSFER, 1000, 0, 0, 4096);
    StepPart softmax =
        new StepPart("softmax and loss, on the host", StepPart.Kind.SOFTMAX, 6001, 0, 0, 0);

    String trace =
        TraceReport.of(
            report(
                measurement(
                    card,
                    part(indices, 1000),
                    part(forward, 2000, 2500, 4000),
                    part(softmax, 6001)),
                measurement(java, part(softmax, 6001))));

    assertEquals(EXPECTED, trace);
  }

  static Stream<Engine> engines() {
    return Stream.concat(
        Stream.of(new CpuEngine(1), new CpuEngine(2)),
        OpenClDevices.find().engines().stream().limit(1));
  }

  /** On a machine that is busy with other things, the best of a few attempts. */
  @ParameterizedTest
  @MethodSource("engines")
  void theEventsOfARealStepFollowOneAnotherAndAddUpToIt(Engine engine) {
    List<Double> seen = new ArrayList<>();
    try (CaseRunner runner =
        new CaseRunner(
            engine, NetworkText.parse(new Shape(2, 20, 20), NETWORK), 64, System::nanoTime)) {
      double ratio;
      do {
        Measurement measured = runner.measure(NETWORK, 0.7);
        ratio = assertValid(TraceReport.of(report(measured)), measured);
        seen.add(ratio);
      } while ((ratio < LEAST || ratio > MOST) && seen.size() < ATTEMPTS);
      assertTrue(ratio >= LEAST && ratio <= MOST, () -> "sum of the events / step: " + seen);
    }
  }

  /** Holds a trace of one step to the format; gives the sum of its events as a part of the step. */
  private static double assertValid(String trace, Measurement measured) {
    JsonObject all = JsonParser.parseString(trace).getAsJsonObject();
    Map<Integer, String> rows = new HashMap<>();
    List<JsonObject> events = new ArrayList<>();
    for (JsonElement element : all.getAsJsonArray("traceEvents")) {
      JsonObject event = element.getAsJsonObject();
      assertTrue(event.keySet().containsAll(Set.of("name", "ph", "pid", "tid")), event::toString);
      assertEquals(1, event.get("pid").getAsInt());
      if (event.get("ph").getAsString().equals("X")) {
        events.add(event);
      } else {
        assertEquals("M", event.get("ph").getAsString());
        if (event.get("name").getAsString().equals("thread_name")) {
          rows.put(event.get("tid").getAsInt(), text(event.getAsJsonObject("args"), "name"));
        }
      }
    }
    boolean java = measured.device().kind() == Device.Kind.JAVA;
    assertEquals(
        java ? Set.of("threads (mean of all)") : Set.of("host", "transfers", "device"),
        Set.copyOf(rows.values()));
    assertEquals(
        measured.parts().stream().map(p -> p.part().name()).toList(),
        events.stream().map(event -> text(event, "name")).toList());
    long end = 0;
    for (int i = 0; i < events.size(); i++) {
      JsonObject event = events.get(i);
      assertEquals(end, nanos(event, "ts"), event::toString); // nothing overlaps, on any row
      assertTrue(nanos(event, "dur") >= 0, event::toString);
      end += nanos(event, "dur");
      boolean launch = measured.parts().get(i).part().launches() > 0;
      assertEquals(
          java ? "threads (mean of all)" : launch ? "device" : null,
          java || launch ? rows.get(event.get("tid").getAsInt()) : null);
      assertEquals(launch, event.getAsJsonObject("args").has("workGroups"), event::toString);
    }
    JsonArray steps = all.getAsJsonObject("otherData").getAsJsonArray("steps");
    assertEquals(1, steps.size());
    double step = steps.get(0).getAsJsonObject().get("stepMedianMicros").getAsDouble();
    assertEquals(measured.step().median() / 1e3, step, 1e-3);
    return end / 1e3 / step;
  }

  /** The order of a step on a device, which no other test sees. */
  @Test
  void transfersAndCallsStandWhereTheyAreMade() {
    List<? extends Engine> devices = OpenClDevices.find().engines();
    assumeFalse(devices.isEmpty(), "there is no OpenCL device");
    try (CaseRunner runner =
        new CaseRunner(
            devices.get(0),
            NetworkText.parse(new Shape(1, 4, 4), "dense 3"),
            2,
            System::nanoTime)) {
      List<String> names =
          runner.measure("dense 3", 0.1).parts().stream()
              .map(p -> p.part().name().replace(", waiting for launches", ""))
              .toList();
      assertEquals(
          List.of(
              "transfer: indices to the device",
              "call 1 of 2",
              "1. dense 3, forward",
              "transfer: logits to the host",
              "softmax and loss, on the host",
              "transfer: gradient to the device",
              "call 2 of 2",
              "1. dense 3, backward weights",
              "update, next images to floats",
              "transfer: answer to the host"),
          names);
    }
  }

  private static long nanos(JsonObject event, String member) {
    return event.get(member).getAsBigDecimal().movePointRight(3).longValueExact();
  }

  private static String text(JsonObject object, String member) {
    return object.get(member).getAsString();
  }

  private static Measurement.Part part(StepPart part, double... samples) {
    List<Double> all = new ArrayList<>();
    for (double sample : samples) {
      all.add(sample);
    }
    return new Measurement.Part(part, new Samples(all));
  }

  private static Measurement measurement(Device device, Measurement.Part... parts) {
    Samples step = new Samples(List.of(10_000.0));
    return new Measurement(
        device,
        "dense 3 relu",
        1024,
        0,
        0,
        0,
        step,
        step,
        List.of(parts),
        "by hand",
        Optional.empty());
  }

  private static BenchReport report(Measurement... measurements) {
    return new BenchReport(
        Instant.parse("2026-01-02T03:04:05Z"),
        MACHINE,
        List.of(),
        List.of(),
        List.of(measurements),
        List.of(),
        List.of(),
        List.of());
  }
}
