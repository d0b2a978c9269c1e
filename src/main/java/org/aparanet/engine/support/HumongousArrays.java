package org.aparanet.engine.support;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Allocates arrays that stay in their place and begin at a round address.
 *
 * <p>G1 puts an array of at least half a region into regions of its own and leaves it there (but
 * for a last resort before an OutOfMemoryError), so under G1 these arrays are made at least that
 * large. An array that moved would cost Aparapi its device copy; and vectors that straddle cache
 * lines, because the array begins anywhere, cost the Java engine up to a third of its speed. The
 * other collectors know no such size.
 */
public final class HumongousArrays {
  /** Half of the largest region that G1 has: enough whatever the heap's size. */
  private static final int LARGEST_HALF_REGION = 16 << 20;

  private HumongousArrays() {}

  /** An array of at least {@code length} floats, which G1 will not move. */
  public static float[] floats(int length) {
    return new float[length(length)];
  }

  /** Floats of the array that {@link #floats} makes. */
  public static int length(int length) {
    return Math.max(length, humongousBytes() / Float.BYTES);
  }

  /** Bytes that make an array humongous under G1; 0 under another collector. */
  private static int humongousBytes() {
    boolean g1 =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .anyMatch(collector -> collector.getName().startsWith("G1"));
    return g1 ? halfRegion() : 0;
  }

  private static int halfRegion() {
    try {
      Object option =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                  "getVMOption",
                  new Object[] {"G1HeapRegionSize"},
                  new String[] {String.class.getName()});
      long region = Long.parseLong((String) ((CompositeData) option).get("value"));
      return region > 0 ? (int) (region / 2) : LARGEST_HALF_REGION;
    } catch (JMException | RuntimeException e) {
      return LARGEST_HALF_REGION; // a Java runtime without the jdk.management module
    }
  }
}
