package org.aparanet.engine.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.PretendedGpu;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingMemory;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.frozen.FrozenLayers;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** The sessions of a training on several devices. */
class OpenedDevicesTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 4, 4), "dense 2");
  private static final long MB = 1_000_000;

  private final List<String> events = new ArrayList<>();

  /**
   * An engine whose sessions say when they are opened and closed.
   *
   * @param failure why none can be opened; null if it can
   * @param bytes that a session takes; 0 where that is not known
   */
  private record Told(
      int index, Device.Kind kind, String failure, long bytes, long available, List<String> events)
      implements Engine {
    @Override
    public Device device() {
      String id = kind == Device.Kind.JAVA ? "cpu" : "opencl:" + index;
      return new Device(id, kind, "Test " + index, "Platform", available, 8);
    }

    @Override
    public Optional<String> advice() {
      return kind == Device.Kind.JAVA ? Optional.of("Take a faster one.") : Optional.empty();
    }

    @Override
    public Optional<TrainingMemory> memory(Network network, int batch, Optimizer.Rule rule) {
      return bytes == 0
          ? Optional.empty()
          : Optional.of(new TrainingMemory(bytes, bytes * batch, bytes, available, available));
    }

    @Override
    public Session open(Network network, int batch) {
      if (failure != null) {
        throw new EngineException(failure);
      }
      events.add("open " + device().id());
      return new ForwardingSession(new CpuEngine(1).open(network, batch), device()) {
        @Override
        public void close() {
          events.add("close " + device().id());
          super.close();
        }
      };
    }
  }

  private Told gpu(int index, String failure) {
    return new Told(index, Device.Kind.GPU, failure, 0, 1L << 30, events);
  }

  private Told java() {
    return new Told(9, Device.Kind.JAVA, null, 0, 1L << 30, events);
  }

  /** All have passed a check. */
  private static Engines engines(Engine java, Engine... openCl) {
    Verdicts verdicts = TestEngines.right(openCl);
    Optional<String> problem =
        openCl.length == 0 ? Optional.of("there is no driver") : Optional.empty();
    return new Engines(java, () -> new Engines.OpenCl(List.of(openCl), problem), verdicts);
  }

  private static OpenedDevices open(Engines engines, String choices, List<String> notes) {
    return open(engines, choices, 4, 0, notes);
  }

  private static OpenedDevices open(
      Engines engines, String choices, int batch, long images, List<String> notes) {
    return engines.openAll(
        DeviceChoices.parse(choices),
        NETWORK,
        FrozenLayers.NONE,
        batch,
        Optimizer.Rule.SGD,
        images,
        notes::add);
  }

  private static List<String> ids(OpenedDevices opened) {
    return opened.devices().stream().map(Device::id).toList();
  }

  @Test
  void eachDeviceGetsASessionForTheWholeBatchInOrder() {
    List<String> notes = new ArrayList<>();
    try (OpenedDevices opened =
        open(engines(java(), gpu(0, null), gpu(1, null)), "opencl:1,cpu,opencl:1,cpu", notes)) {
      assertEquals(List.of("opencl:1", "cpu", "opencl:1", "cpu"), ids(opened));
      assertEquals(List.of(4, 4, 4, 4), opened.sessions().stream().map(Session::batch).toList());
      assertEquals(4, opened.sessions().stream().distinct().count());
      assertEquals(List.of("Take a faster one."), opened.notices());
      assertTrue(opened.fallback().isEmpty());
      assertTrue(opened.memory().isEmpty(), "it is not known");
      String build = "building kernels for opencl:1 (Test 1) ...";
      assertEquals(List.of(build, build), notes);
    }
    assertEquals(8, events.size());
    assertEquals(
        List.of("close opencl:1", "close cpu", "close opencl:1", "close cpu"),
        events.subList(4, 8));
  }

  @Test
  void oneDeviceIsOpenedAsEver() {
    Engines engines = engines(java(), gpu(0, null));
    try (OpenedDevices opened = open(engines, "auto", new ArrayList<>())) {
      assertEquals(List.of("opencl:0"), ids(opened));
      Session other = opened.fallback().orElseThrow().get();
      assertEquals("cpu", other.device().id());
      assertEquals(List.of(other), opened.sessions());
      assertTrue(opened.fallback().isEmpty());
    }
    assertEquals(List.of("open opencl:0", "close opencl:0", "open cpu", "close cpu"), events);
    try (OpenedDevices opened = open(engines, "gpu", new ArrayList<>())) {
      assertTrue(opened.fallback().isEmpty());
    }
  }

  @Test
  void aNamedDeviceThatCannotBeHadIsAnErrorAndTheOthersAreClosed() {
    Engines engines = engines(java(), gpu(0, null), gpu(1, "it smokes"));
    assertEquals(
        "opencl:1 (Test 1): it smokes",
        assertThrows(
                EngineException.class,
                () -> open(engines, "cpu,opencl:0,opencl:1", new ArrayList<>()))
            .getMessage());
    assertEquals(List.of("open cpu", "open opencl:0", "close cpu", "close opencl:0"), events);
    assertEquals(
        "there is no device opencl:2: the OpenCL devices are opencl:0 to opencl:1",
        assertThrows(
                EngineException.class, () -> open(engines, "opencl:0,opencl:2", new ArrayList<>()))
            .getMessage());
    assertEquals(4, events.size(), "nothing was opened");
  }

  @Test
  void allAreTheGpusThatWorkAndTheJavaEngine() {
    Told processor = new Told(1, Device.Kind.CPU, null, 0, 1L << 30, events);
    try (OpenedDevices opened =
        open(
            engines(java(), gpu(0, null), processor, gpu(2, "it smokes"), gpu(3, null)),
            "all",
            new ArrayList<>())) {
      assertEquals(List.of("opencl:0", "opencl:3", "cpu"), ids(opened));
      assertEquals(
          List.of("opencl:2 (Test 2): it smokes; opencl:2 is left out", "Take a faster one."),
          opened.notices());
    }
  }

  @Test
  void allAreTheJavaEngineAloneWhereThereIsNoGpu() {
    try (OpenedDevices opened = open(engines(java()), "all", new ArrayList<>())) {
      assertEquals(List.of("cpu"), ids(opened));
      assertEquals(
          List.of("No GPU: there is no driver. Using the Java engine.", "Take a faster one."),
          opened.notices());
    }
  }

  @Test
  void ofAllAGpuThatComputesWronglyIsLeftOut() {
    Engine wrong = PretendedGpu.computingWrongly(new CpuEngine(1));
    try (OpenedDevices opened = open(TestEngines.of(wrong), "all", new ArrayList<>())) {
      assertEquals(List.of("cpu"), ids(opened));
      assertTrue(opened.notices().get(0).startsWith("opencl:0 (Pretended) computes wrongly: "));
      assertEquals("Using the Java engine.", opened.notices().get(1));
    }
  }

  @Test
  void aSessionThatIsLeftOutIsClosed() {
    try (OpenedDevices opened =
        open(engines(java(), gpu(0, null)), "opencl:0,cpu", new ArrayList<>())) {
      opened.leaveOut(opened.sessions().get(0));
      assertEquals(List.of("cpu"), ids(opened));
      assertEquals("close opencl:0", events.get(2));
    }
    assertEquals(4, events.size(), "once each");
  }

  /** A session takes a tenth of the heap, and so much again for each image. */
  private Told filling(int index, Device.Kind kind, long available) {
    return new Told(index, kind, null, TrainingMemory.heap() / 10, available, events);
  }

  /** Batch 3 fits twice: two times (1 + 3) tenths; batch 4 fits once. */
  @Test
  void sessionsShareJavasHeap() {
    Engines engines =
        engines(
            filling(9, Device.Kind.JAVA, TrainingMemory.heap()),
            filling(0, Device.Kind.GPU, TrainingMemory.heap()));
    try (OpenedDevices opened = open(engines, "opencl:0,cpu", 3, 0, new ArrayList<>())) {
      TrainingMemory memory = opened.memory().orElseThrow();
      assertEquals(TrainingMemory.heap() / 10 * 2, memory.parameters());
      assertEquals(TrainingMemory.heap() / 10 * 6, memory.activations());
    }
    events.clear();
    String refusal =
        assertThrows(
                EngineException.class,
                () -> open(engines, "opencl:0,cpu", 5, 30 * MB, new ArrayList<>()))
            .getMessage();
    assertTrue(
        refusal.matches(
            "opencl:0 \\(Test 0\\) and cpu \\(Test 9\\) need [0-9,]+ MB together at batch 5: [0-9,]+"
                + " MB of parameters, gradients and moments and [0-9,]+ MB of activations, beside"
                + " images of 30 MB; Java's heap has room for [0-9,]+ MB; the largest batch that"
                + " fits is 3 \\(--batch 3\\); the environment variable"
                + " APARANET_JAVA_OPTIONS=-Xmx[0-9]+g gives Java enough"),
        refusal);
    assertEquals(List.of(), events);
  }

  @Test
  void sessionsOfOneDeviceShareItsMemory() {
    Told small = new Told(0, Device.Kind.GPU, null, 10 * MB, 100 * MB, events);
    Engines engines = engines(java(), small);
    open(engines, "opencl:0,cpu", 9, 0, new ArrayList<>()).close();
    assertEquals(
        "opencl:0 (Test 0) and opencl:0 (Test 0) need 200 MB together at batch 9: 20 MB of"
            + " parameters, gradients and moments and 180 MB of activations; the device has 100 MB;"
            + " the largest batch that fits is 4 (--batch 4)",
        assertThrows(
                EngineException.class,
                () -> open(engines, "opencl:0,cpu,opencl:0", 9, 0, new ArrayList<>()))
            .getMessage());
  }

  @Test
  void ofAllWhatDoesNotFitBesideTheOthersIsLeftOut() {
    Engines engines =
        engines(
            filling(9, Device.Kind.JAVA, TrainingMemory.heap()),
            filling(0, Device.Kind.GPU, TrainingMemory.heap()));
    try (OpenedDevices opened = open(engines, "all", 5, 0, new ArrayList<>())) {
      assertEquals(List.of("opencl:0"), ids(opened));
      assertEquals(1, opened.notices().size());
      String notice = opened.notices().get(0);
      assertTrue(notice.endsWith(" gives Java enough; cpu is left out"), notice);
    }
    assertFalse(events.contains("open cpu"));
    assertThrows(EngineException.class, () -> open(engines, "all", 100, 0, new ArrayList<>()));
  }
}
