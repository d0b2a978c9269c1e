package org.aparanet.engine.opencl;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Allocates the arrays whose device copies have to last.
 *
 * <p>Aparapi throws a device copy away when the garbage collector has moved the array. G1 leaves an
 * array of at least half a region in its place (but for a last resort before an OutOfMemoryError),
 * so under G1 these arrays are made at least that large. The other collectors know no such size.
 */
final class ResidentArrays {
  /** Half of the largest region that G1 has: enough whatever the heap's size. */
  private static final int LARGEST_HALF_REGION = 16 << 20;

  private ResidentArrays() {}

  /** An array of at least {@code length} floats that G1 will not move. */
  static float[] floats(int length) {
    return new float[Math.max(length, humongousBytes() / Float.BYTES)];
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
