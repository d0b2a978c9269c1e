package org.aparanet.engine.cpu;

import java.util.concurrent.TimeUnit;

/**
 * Runs something until Java has compiled it for good. JMH's own warm-up counts time only, but Java
 * replaces what it compiled in the midst of a long loop, where vectors may still be objects, after
 * some hundred calls.
 */
final class Warmup {
  private static final int CALLS = 1000;
  private static final long MOST_NANOSECONDS = TimeUnit.SECONDS.toNanos(6);

  private Warmup() {}

  static void run(Runnable body) {
    long begin = System.nanoTime();
    for (int i = 0; i < CALLS && System.nanoTime() - begin < MOST_NANOSECONDS; i++) {
      body.run();
    }
  }
}
