package org.aparanet.engine.opencl;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signal handlers of the process, restored while an OpenCL driver loads or compiles.
 *
 * <p>Many drivers contain LLVM, which installs handlers at that time:
 *
 * <ul>
 *   <li>for SIGINT, SIGTERM and SIGHUP: they end the process before Java's shutdown hooks run. The
 *       previous handlers are restored periodically until the work is done.
 *   <li>for SIGSEGV, which the JVM uses for safepoints and null checks. LLVM's handler reinstalls
 *       the JVM's when it is called, but works only once: a second thread that faults at that
 *       moment ends the process. {@code libjsig}, loaded before everything else, keeps the JVM's
 *       handler in front; without it, a deliberate fault makes LLVM uninstall its handler while no
 *       other thread is likely to fault, and a warning names the setting.
 * </ul>
 */
final class DriverSignals {
  private static final Logger LOG = LoggerFactory.getLogger(DriverSignals.class);
  private static final List<String> ENDING = List.of("INT", "TERM", "HUP");
  private static final long INTERVAL_MILLIS = 50;

  /**
   * Whether {@code libjsig} is loaded; it must be loaded before the JVM, so this does not change.
   */
  private static final boolean CHAINED = chained();

  private static final Object LOCK = new Object();
  private static final Map<Signal, SignalHandler> BEFORE = new LinkedHashMap<>();
  private static int working;
  private static boolean warned;
  private static volatile byte[] nothing;

  private DriverSignals() {}

  /** Result of work in which a driver may load or compile. */
  static <T> T keep(Supplier<T> work) {
    begin();
    try {
      return work.get();
    } finally {
      end();
    }
  }

  private static void begin() {
    synchronized (LOCK) {
      if (working++ == 0) {
        ENDING.forEach(DriverSignals::remember);
        Thread watch = new Thread(DriverSignals::watch, "driver signals");
        watch.setDaemon(true);
        watch.start();
      }
    }
  }

  private static void end() {
    synchronized (LOCK) {
      restore();
      if (!CHAINED) {
        stepBack();
        warn();
      }
      if (--working == 0) {
        BEFORE.clear();
        LOCK.notifyAll();
      }
    }
  }

  private static void watch() {
    synchronized (LOCK) {
      while (working > 0) {
        restore();
        try {
          LOCK.wait(INTERVAL_MILLIS);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  /** Java returns a signal's handler only when another one replaces it. */
  private static void remember(String name) {
    try {
      Signal signal = new Signal(name);
      Relay relay = new Relay();
      SignalHandler handler = Signal.handle(signal, relay);
      Signal.handle(signal, handler);
      BEFORE.put(signal, handler);
      relay.to(handler);
    } catch (IllegalArgumentException e) {
      // this system has no such signal, or Java was told not to handle it (-Xrs)
    }
  }

  private static void restore() {
    BEFORE.forEach(Signal::handle);
  }

  /**
   * Temporary handler that raises again a signal caught while the original handler is looked up.
   */
  private static final class Relay implements SignalHandler {
    private Signal caught;
    private SignalHandler target;

    @Override
    public synchronized void handle(Signal signal) {
      caught = signal;
      pass();
    }

    synchronized void to(SignalHandler handler) {
      target = handler;
      pass();
    }

    private void pass() {
      if (caught != null && target != null) {
        Signal.raise(caught);
        caught = null;
      }
    }
  }

  /**
   * Triggers LLVM's SIGSEGV handler, if it is installed, by an access to a null array: the JVM's
   * interpreter has no explicit check there. For a method call on null it has one from the second
   * time on.
   */
  private static void stepBack() {
    try {
      byte something = nothing[0];
      throw new IllegalStateException("there was " + something);
    } catch (NullPointerException e) {
      // the JVM's handler turned the fault into this exception, so it is installed again
    }
  }

  private static void warn() {
    if (!warned && AparapiLibrary.mappings().stream().anyMatch(line -> line.contains("libLLVM"))) {
      warned = true;
      LOG.warn(
          "the OpenCL driver brings LLVM, whose handler of SIGSEGV can end Java without a word;"
              + " start Java with LD_PRELOAD={} to keep Java's in front",
          Path.of(System.getProperty("java.home"), "lib", "libjsig.so"));
    }
  }

  /** Whether the JVM's SIGSEGV handler stays in front when another one is installed. */
  private static boolean chained() {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return true; // which has no such handlers
    }
    String inserted = System.getenv("DYLD_INSERT_LIBRARIES"); // macOS has no list of mappings
    return inserted != null && inserted.contains("libjsig")
        || AparapiLibrary.mappings().stream().anyMatch(line -> line.endsWith("/libjsig.so"));
  }
}
