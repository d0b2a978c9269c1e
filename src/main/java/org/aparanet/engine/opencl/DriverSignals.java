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
 * The signal handlers of this process, kept as they are while an OpenCL driver loads or compiles.
 *
 * <p>Many drivers bring LLVM, which installs handlers of its own at that time:
 *
 * <ul>
 *   <li>of SIGINT, SIGTERM and SIGHUP, which end the process before Java can tidy up. They are
 *       replaced by those that were there before, again and again until the work is done.
 *   <li>of SIGSEGV, which Java raises itself, for safepoints and for null pointers. LLVM's handler
 *       puts Java's back when it is called, but only works once: another thread that faults in that
 *       moment ends the process. {@code libjsig}, loaded before everything else, keeps Java's
 *       handler in front; without it, a fault of our own makes LLVM step back while no other thread
 *       is likely to fault, and a warning says what to set.
 * </ul>
 */
final class DriverSignals {
  private static final Logger LOG = LoggerFactory.getLogger(DriverSignals.class);
  private static final List<String> ENDING = List.of("INT", "TERM", "HUP");
  private static final long INTERVAL_MILLIS = 50;

  /** It can only have been loaded before Java. */
  private static final boolean CHAINED = chained();

  private static final Object LOCK = new Object();
  private static final Map<Signal, SignalHandler> BEFORE = new LinkedHashMap<>();
  private static int working;
  private static boolean warned;
  private static volatile byte[] nothing;

  private DriverSignals() {}

  /** Does work in which a driver may load or compile. */
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

  /** Java only tells a signal's handler when another one takes its place. */
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

  /** Passes on a signal that comes while Java is asked for its handler. */
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
   * Has LLVM's handler of SIGSEGV called, if it is there. An element of no array is such a fault:
   * Java's interpreter relies on it instead of looking. For a call on null it looks, from the
   * second time on.
   */
  private static void stepBack() {
    try {
      byte something = nothing[0];
      throw new IllegalStateException("there was " + something);
    } catch (NullPointerException e) {
      // Java's handler made this of the fault, so it is in its place again
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

  /** Whether Java's handler of SIGSEGV stays in front, whoever installs another one. */
  private static boolean chained() {
    if (System.getProperty("os.name").startsWith("Windows")) {
      return true; // which has no such handlers
    }
    String inserted = System.getenv("DYLD_INSERT_LIBRARIES"); // macOS has no list of mappings
    return inserted != null && inserted.contains("libjsig")
        || AparapiLibrary.mappings().stream().anyMatch(line -> line.endsWith("/libjsig.so"));
  }
}
