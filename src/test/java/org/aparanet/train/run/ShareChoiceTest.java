package org.aparanet.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.PretendedGpu;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.select.Engines;
import org.aparanet.engine.select.OpenedDevices;
import org.aparanet.engine.select.TestEngines;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.aparanet.train.Rounds;
import org.aparanet.train.SettingException;
import org.aparanet.train.Settings;
import org.junit.jupiter.api.Test;

/** The shares that a training's devices get, and what is said of them. */
class ShareChoiceTest {
  private static final ImageSet IMAGES =
      new ImageSet("some", new Shape(1, 2, 2), new byte[200], new byte[50], 1);
  private static final DataSet SET = new DataSet(IMAGES, IMAGES);
  private static final String GPU = "opencl:0 (Pretended)";
  private static final String JAVA = "cpu (Java engine)";

  private final List<String> notes = new ArrayList<>();

  /** A GPU that needs some time for each image. */
  private static Engine slow(int milliseconds) {
    return new PretendedGpu(
        new CpuEngine(1),
        session ->
            new ForwardingSession(session, session.device()) {
              @Override
              public boolean step(int[] images, int from, int count, LossGradient loss, float r) {
                LockSupport.parkNanos(1_000_000L * milliseconds * count);
                return super.step(images, from, count, loss, r);
              }
            });
  }

  private static PreparedTraining prepared(String... arguments) {
    return Training.of(
            Settings.parse(List.of(arguments))
                .over(Settings.parse(List.of("--network=dense 2", "--batch=8", "--epochs=1"))))
        .prepare(SET);
  }

  private PreparedTraining divided(PreparedTraining begun, Engines engines) {
    try (OpenedDevices opened = begun.open(threads -> engines, notes::add)) {
      notes.clear();
      PreparedTraining divided = begun.divided(opened, notes::add);
      notes.add(Device.names(opened.devices()));
      return divided;
    }
  }

  private PreparedTraining divided(Engines engines, String... arguments) {
    return divided(prepared(arguments), engines);
  }

  @Test
  void differentDevicesGetSharesByTheirSpeed() {
    PreparedTraining divided =
        divided(TestEngines.trusted(slow(20)), "--device=cpu,opencl:0", "--round=3");

    Rounds rounds = divided.plan().rounds();
    assertEquals(3, rounds.steps());
    int java = rounds.shares().parts().get(0);
    int gpu = rounds.shares().parts().get(1);
    assertEquals(100, java + gpu);
    assertTrue(java > gpu, rounds::toString);
    assertEquals(
        List.of(
            "measuring the speed of " + JAVA + " and " + GPU + " ...",
            "shares of each batch by measured speed: %d %% %s, %d %% %s"
                .formatted(java, JAVA, gpu, GPU),
            JAVA + " and " + GPU),
        notes);
    Map<String, Object> description = divided.summary().description();
    assertEquals(java + ":" + gpu, description.get("share"));
    assertEquals(3, description.get("round"));
    assertTrue(
        divided.summary().line().endsWith(", round 3, share " + java + ":" + gpu),
        divided.summary()::line);
  }

  @Test
  void aDeviceWithoutAnImageIsLeftOut() {
    PreparedTraining divided =
        divided(TestEngines.trusted(slow(100)), "--device=opencl:0,cpu", "--batch=2");

    assertEquals(Rounds.NONE, divided.plan().rounds());
    assertEquals(JAVA, notes.get(2));
    assertTrue(
        notes
            .get(1)
            .matches(
                "opencl:0 \\(Pretended\\) is left out: with [0-9.]+ images/s beside [0-9.e+]+ its"
                    + " share of a batch of 2 images would be none"),
        notes.get(1));
    assertTrue(divided.summary().description().keySet().stream().noneMatch("share"::equals));
  }

  @Test
  void sharesThatAreGivenOrEqualAreNotMeasured() {
    Engines engines = TestEngines.trusted(slow(0));
    assertEquals(
        "3:1",
        "" + divided(engines, "--device=cpu,opencl:0", "--share=3:1").plan().rounds().shares());
    assertEquals(
        "1:1",
        "" + divided(engines, "--device=all", "--deterministic=true").plan().rounds().shares());
    assertEquals("1:1:1", "" + divided(engines, "--device=cpu,cpu,cpu").plan().rounds().shares());
    assertEquals(List.of(JAVA + ", " + JAVA + " and " + JAVA), notes);
    assertEquals(
        "1:1", "" + divided(engines, "--device=opencl:0", "--share=1:1").plan().rounds().shares());
    assertEquals(Rounds.NONE, divided(engines, "--device=cpu").plan().rounds());
  }

  @Test
  void allMayBeOneDeviceOrMoreThanThereAreImagesOrShares() {
    assertEquals(
        Rounds.NONE, divided(TestEngines.of(), "--device=all", "--round=9").plan().rounds());

    Engines two = TestEngines.trusted(slow(0));
    assertEquals(
        Rounds.NONE,
        divided(two, "--device=all", "--deterministic=true", "--batch=1").plan().rounds());
    assertEquals(List.of(JAVA + " is left out: a batch of 1 has no image for it", GPU), notes);
  }

  /** Of all, it is left out; of those that were named, it ends the training. */
  @Test
  void aDeviceThatFailsWhileItIsMeasured() {
    Engines engines = TestEngines.trusted(PretendedGpu.failingAtStep(new CpuEngine(1), 2));

    assertEquals(Rounds.NONE, divided(engines, "--device=all").plan().rounds());
    assertEquals(
        List.of(
            "measuring the speed of " + GPU + " and " + JAVA + " ...",
            GPU + " is left out: " + GPU + " fell off the bus",
            JAVA),
        notes);
    assertEquals(
        GPU + " fell off the bus",
        assertThrows(EngineException.class, () -> divided(engines, "--device=opencl:0,cpu"))
            .getMessage());
  }

  @Test
  void allDevicesNeedAPartEach() {
    Engines engines = TestEngines.trusted(slow(0), gpu(1));
    assertEquals(
        "share: 3:1 has 2 parts for 3 devices; it takes one for each, or more",
        assertThrows(SettingException.class, () -> divided(engines, "--device=all", "--share=3:1"))
            .getMessage());
  }

  private static Engine gpu(int number) {
    Engine java = new CpuEngine(1);
    Device device = new Device("opencl:" + number, Device.Kind.GPU, "Another", "Test", 1L << 30, 8);
    return new Engine() {
      @Override
      public Device device() {
        return device;
      }

      @Override
      public Session open(Network network, int batch) {
        return new ForwardingSession(java.open(network, batch), device);
      }
    };
  }
}
