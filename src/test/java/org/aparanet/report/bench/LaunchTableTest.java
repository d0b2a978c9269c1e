package org.aparanet.report.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.bench.Measurement;
import org.aparanet.bench.Samples;
import org.aparanet.engine.Device;
import org.aparanet.engine.LaunchCost;
import org.aparanet.engine.StepPart;
import org.junit.jupiter.api.Test;

class LaunchTableTest {
  private static final Device GPU = new Device("opencl:0", Device.Kind.GPU, "Test", "CL", 1, 40);

  @Test
  void eachLaunchHasItsExecuteItsOperationAndItsLayer() {
    Measurement measurement =
        measurement(
            Optional.of(new LaunchCost(15_000.5, 2_500)),
            new StepPart("transfer: indices to the device", StepPart.Kind.TRANSFER, 9, 0, 0, 64),
            new StepPart("call 1 of 2", StepPart.Kind.CALL, 20_000, 0, 0, 0),
            new StepPart("images to floats", StepPart.Kind.INPUT, 1_000, 1, 0, 500, "", 320),
            new StepPart(
                "1. dense 10, forward", StepPart.Kind.DENSE, 3_000, 1, 800, 40, "1. dense 10", 320),
            new StepPart("softmax", StepPart.Kind.SOFTMAX, 700, 0, 0, 0),
            new StepPart("call 2 of 2", StepPart.Kind.CALL, 20_000, 0, 0, 0),
            new StepPart("update", StepPart.Kind.UPDATE, 2_000, 1, 0, 90, "", 320));

    assertEquals(
        JsonParser.parseString(
            """
            {"executes":2,"launches":3,"hostNanosOfExecute":15000.5,"hostNanosOfLaunch":2500.0,
             "passes":[
              {"execute":1,"operation":"images to floats","layer":"","workGroups":320,"flop":0.0,
               "bytes":500.0,"medianNanos":1000.0,"p95Nanos":1000.0},
              {"execute":1,"operation":"forward","layer":"1. dense 10","workGroups":320,
               "flop":800.0,"bytes":40.0,"medianNanos":3000.0,"p95Nanos":3000.0},
              {"execute":2,"operation":"update","layer":"","workGroups":320,"flop":0.0,
               "bytes":90.0,"medianNanos":2000.0,"p95Nanos":2000.0}]}
            """),
        JsonParser.parseString(LaunchTable.of(measurement).orElseThrow().toString()));
  }

  @Test
  void aStepWithoutLaunchesHasNoTable() {
    Measurement measurement =
        measurement(
            Optional.empty(), new StepPart("1. dense 10", StepPart.Kind.DENSE, 3_000, 0, 8, 4));

    assertEquals(Optional.empty(), LaunchTable.of(measurement));
  }

  private static Measurement measurement(Optional<LaunchCost> cost, StepPart... parts) {
    Samples step = new Samples(List.of(80_000.0));
    List<Measurement.Part> timed = new ArrayList<>();
    for (StepPart part : parts) {
      timed.add(new Measurement.Part(part, new Samples(List.of(part.nanos()))));
    }
    return new Measurement(GPU, "dense 10", 8, 1, 1, 1, step, step, timed, "by hand", cost);
  }
}
