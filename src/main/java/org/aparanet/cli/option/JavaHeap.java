package org.aparanet.cli.option;

/** Java's heap in words, for messages. */
public final class JavaHeap {
  private JavaHeap() {}

  /** Size of the heap, such as {@code Java's heap of 512 MiB}. */
  public static String size() {
    return "Java's heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB";
  }

  /** Advice to double the heap. */
  public static String larger() {
    return "a larger heap with the environment variable APARANET_JAVA_OPTIONS=-Xmx"
        + 2 * ((Runtime.getRuntime().maxMemory() >> 30) + 1)
        + "g";
  }
}
