package org.aparanet.engine.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.frozen.FrozenLayers;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** What is said of a session that there is no memory for, on an engine of round numbers. */
class MemoryCheckTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 1), "dense 2");
  private static final long MB = 1_000_000;
  private static final long HEAP = TrainingMemory.heap();

  /** Takes 100 MB, 50 for each moment, and 20 for each image. */
  private record Stated(long available, long availableInOne) implements Engine {
    @Override
    public Device device() {
      return new Device("opencl:0", Device.Kind.GPU, "Stated", "Test", available, 8);
    }

    @Override
    public Session open(Network network, int batch) {
      return new CpuEngine(1).open(network, batch);
    }

    @Override
    public Optional<TrainingMemory> memory(Network network, int batch, Optimizer.Rule rule) {
      if (batch > 1000) {
        throw new EngineException(batch + " images are more than an array can hold");
      }
      return Optional.of(
          new TrainingMemory(
              (100 + 50 * rule.moments()) * MB,
              20 * batch * MB,
              20 * batch * MB,
              available,
              availableInOne));
    }
  }

  @Test
  void whatFitsIsOpened() {
    try (Engines.Opened opened = open(new Stated(1000 * MB, 900 * MB), 45, Optimizer.Rule.SGD, 0)) {
      assertEquals(1000 * MB, opened.memory().orElseThrow().total());
      assertEquals(45, opened.session().batch());
    }
  }

  @Test
  void theNumbersAndTheLargestBatchAreNamed() {
    assertRefusal(
        "opencl:0 (Stated) needs 1,020 MB at batch 46: 100 MB of parameters, gradients and moments"
            + " and 920 MB of activations; the device has 1,000 MB; the largest batch that fits is"
            + " 45 (--batch 45)",
        new Stated(1000 * MB, 1000 * MB),
        46,
        Optimizer.Rule.SGD,
        0);
  }

  @Test
  void momentsAndImagesCount() {
    assertRefusal(
        "opencl:0 (Stated) needs 1,000 MB at batch 40: 200 MB of parameters, gradients and moments"
            + " and 800 MB of activations, beside images of 31 MB; the device has 1,000 MB; the"
            + " largest batch that fits is 38 (--batch 38)",
        new Stated(1000 * MB, 1000 * MB),
        40,
        Optimizer.Rule.ADAM,
        30_500_000);
  }

  @Test
  void anArrayMayBeTooLarge() {
    assertRefusal(
        "opencl:0 (Stated) needs 500 MB at batch 20: 100 MB of parameters, gradients and moments"
            + " and 400 MB of activations; 400 MB of that lie in one array, and the device takes no"
            + " more than 250 MB; the largest batch that fits is 12 (--batch 12)",
        new Stated(1000 * MB, 250 * MB),
        20,
        Optimizer.Rule.SGD,
        0);
  }

  @Test
  void aNetworkMayBeTooLargeForAnyBatch() {
    assertRefusal(
        "opencl:0 (Stated) needs 140 MB at batch 2: 100 MB of parameters, gradients and moments and"
            + " 40 MB of activations; the device has 100 MB; not even a batch of 1 fits",
        new Stated(100 * MB, 100 * MB),
        2,
        Optimizer.Rule.SGD,
        0);
  }

  @Test
  void aBatchMayBeMoreThanAnArrayCanHold() {
    assertRefusal(
        "1001 images are more than an array can hold; the largest batch that fits is 45 (--batch"
            + " 45)",
        new Stated(1000 * MB, 1000 * MB),
        1001,
        Optimizer.Rule.SGD,
        0);
  }

  /** A heap of H and 20 MB for an image: 100 MB and (H / 20 MB) images are too much. */
  @Test
  void aLargerHeapHelps() {
    int most = (int) ((HEAP - 100 * MB) / (20 * MB));
    int batch = most + 1;
    long needed = (100 + 20L * batch) * MB;
    String message =
        assertThrows(
                EngineException.class,
                () -> open(new Stated(HEAP, HEAP), batch, Optimizer.Rule.SGD, 0))
            .getMessage();

    assertEquals(
        "; the environment variable APARANET_JAVA_OPTIONS=-Xmx"
            + (needed * 3 / 2 / (1 << 30) + 1)
            + "g gives Java enough",
        message.substring(message.lastIndexOf(';')));
    assertEquals(
        true, message.contains("; the largest batch that fits is " + most + " (--batch " + most));
    assertEquals(true, message.contains("; Java's heap has room for "));
  }

  private static void assertRefusal(
      String sentence, Engine engine, int batch, Optimizer.Rule rule, long images) {
    assertEquals(
        sentence,
        assertThrows(EngineException.class, () -> open(engine, batch, rule, images)).getMessage());
  }

  private static Engines.Opened open(Engine engine, int batch, Optimizer.Rule rule, long images) {
    Engines engines =
        new Engines(
            engine,
            () -> new Engines.OpenCl(List.of(), Optional.of("there is none")),
            new Verdicts(Optional.empty(), Optional.empty()));
    return engines.open(
        DeviceChoice.parse("cpu"), NETWORK, FrozenLayers.NONE, batch, rule, images, note -> {});
  }
}
