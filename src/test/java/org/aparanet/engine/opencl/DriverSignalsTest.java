package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.aparanet.ChildJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** What a driver does to a handler, done here by the handler of the system's own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGHUP")
class DriverSignalsTest {
  private static final Signal SIGNAL = new Signal("HUP");

  private final Semaphore heard = new Semaphore(0);
  private final SignalHandler own = signal -> heard.release();
  private SignalHandler before;

  @BeforeEach
  void handle() {
    before = Signal.handle(SIGNAL, own);
  }

  @AfterEach
  void putBack() {
    Signal.handle(SIGNAL, before);
  }

  private boolean hears() throws InterruptedException {
    Signal.raise(SIGNAL);
    return heard.tryAcquire(10, TimeUnit.SECONDS);
  }

  @Test
  void theProgramsHandlerIsBackAfterwards() throws InterruptedException {
    assertEquals("done", DriverSignals.keep(() -> replaced("done")));
    assertTrue(hears());
  }

  @Test
  void andSoItIsWhileTheDriverGoesOnWorking() {
    boolean heardMeanwhile =
        DriverSignals.keep(
            () -> {
              replaced("");
              long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
              while (replaces()) {
                assertTrue(System.nanoTime() < end, "it was never put back");
                Thread.onSpinWait();
              }
              try {
                return hears();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertTrue(heardMeanwhile);
  }

  @Test
  void workWithinWorkKeepsTheFirstHandler() throws InterruptedException {
    DriverSignals.keep(
        () -> {
          replaced("");
          return DriverSignals.keep(() -> replaced(""));
        });
    assertTrue(hears());
  }

  @Test
  void aSignalThatComesWhileJavaIsAskedIsNotLost() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      Thread raising = new Thread(() -> Signal.raise(SIGNAL));
      raising.start();
      DriverSignals.keep(() -> "");
      raising.join();
      assertTrue(heard.tryAcquire(10, TimeUnit.SECONDS), "signal " + i + " was lost");
    }
  }

  /** Each time a driver that brings LLVM has compiled, in a process without libjsig. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void handlersOfLlvmAreGoneAfterwards(@TempDir Path cache) throws Exception {
    OpenClTestDevice.engine(HostMemory.SHARED); // skips or fails where there is none
    ChildJvm.Outcome outcome =
        ChildJvm.run(
            List.of(),
            Map.of("LD_PRELOAD", "", "POCL_CACHE_DIR", cache.toString()),
            StepBackProbe.class.getName(),
            List.of());
    assertEquals(0, outcome.status(), outcome.err());
    List<String> lines = outcome.out().lines().toList();
    assertEquals(3, lines.size(), outcome.out());
    assertTrue(lines.stream().allMatch(l -> l.endsWith("afterwards false")), outcome.out());
    if (outcome.err().contains("brings LLVM")) {
      assertTrue(lines.get(0).startsWith("meanwhile true"), outcome.out());
    }
  }

  private static String replaced(String result) {
    Signal.handle(SIGNAL, SignalHandler.SIG_DFL);
    return result;
  }

  /** Whether the system's own handler is still there; looking puts it back. */
  private static boolean replaces() {
    SignalHandler found = Signal.handle(SIGNAL, signal -> {});
    Signal.handle(SIGNAL, found);
    return found == SignalHandler.SIG_DFL;
  }
}
