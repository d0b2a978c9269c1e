package org.aparanet.engine.cpu.vector;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;

/**
 * Vector instructions of this platform, if it has any. The classes that use the incubator module
 * are loaded by name here and nowhere else, so that everything works without the module.
 */
public final class LaneSupport {

  /**
   * System property: the size of vectors in bits, 128, 256 or 512, or 0 for plain Java; without it
   * the platform's preferred size.
   */
  public static final String BITS = "aparanet.vector.bits";

  /**
   * System property: number of vector registers that the tiles of sums assume, 16 or 32; without it
   * the platform's.
   */
  public static final String REGISTERS = "aparanet.vector.registers";

  private static final String LANES = "org.aparanet.engine.cpu.vector.VectorLaneOperations";
  private static final String PATCHES = "org.aparanet.engine.cpu.vector.VectorWinograd";
  private static final String PLANES = "org.aparanet.engine.cpu.vector.VectorPlaneOperations";
  private static final String BATCHES = "org.aparanet.engine.cpu.vector.VectorBatchProducts";
  private static final String CHANNELS = "org.aparanet.engine.cpu.vector.VectorChannelOperations";
  private static final String INFERENCE =
      "org.aparanet.engine.cpu.vector.VectorInferenceOperations";
  private static final String PARAMETERS =
      "org.aparanet.engine.cpu.vector.VectorParameterArithmetic";
  private static final String MISSING =
      "The Java engine works without vector instructions and is several times slower; start Java"
          + " with --add-modules jdk.incubator.vector, as ./aparanet does.";

  private static final String SHORT =
      "The Java engine works without vector instructions and is several times slower: on this"
          + " machine Java's vectors have %d floats, and it needs 4.";

  /** Fewest floats of a vector. */
  private static final int FEWEST_LANES = 4;

  private static final boolean WANTED = !"0".equals(System.getProperty(BITS));
  private static final Throwable REFUSAL = WANTED ? attempt() : null;

  private LaneSupport() {}

  private static Throwable attempt() {
    try {
      int lanes = ((LaneOperations) load(LANES)).lanes();
      return lanes >= FEWEST_LANES
          ? null
          : new UnsupportedOperationException(SHORT.formatted(lanes));
    } catch (ReflectiveOperationException | LinkageError e) {
      return e;
    }
  }

  private static Object load(String implementation) throws ReflectiveOperationException {
    return Class.forName(implementation).getDeclaredConstructor().newInstance();
  }

  /**
   * @throws EngineException if a system property has a value that is not allowed
   */
  public static void checkProperties() {
    check(BITS, List.of("0", "128", "256", "512"));
    check(REGISTERS, List.of("16", "32"));
  }

  private static void check(String property, List<String> allowed) {
    String value = System.getProperty(property);
    if (value != null && !allowed.contains(value)) {
      String values = String.join(", ", allowed.subList(0, allowed.size() - 1));
      throw new EngineException(
          "system property %s: \"%s\"; allowed are %s and %s"
              .formatted(property, value, values, allowed.get(allowed.size() - 1)));
    }
  }

  /** Whether there are vector instructions. */
  public static boolean present() {
    return WANTED && REFUSAL == null;
  }

  /** Name for the user: such as {@code 512-bit vectors}, or {@code no vectors}. */
  public static String name() {
    return present() ? operations().name() : "no vectors";
  }

  /**
   * New arithmetic for one thread.
   *
   * @throws IllegalStateException if there are no vector instructions
   */
  public static LaneOperations operations() {
    return (LaneOperations) instance(LANES);
  }

  /**
   * New arithmetic for {@link Winograd}.
   *
   * @throws IllegalStateException if there are no vector instructions
   */
  public static PatchTransforms patchTransforms() {
    return (PatchTransforms) instance(PATCHES);
  }

  /**
   * Products of matrices of a whole batch, which threads share.
   *
   * @throws IllegalStateException if there are no vector instructions
   */
  public static BatchProducts batchProducts() {
    return (BatchProducts) instance(BATCHES);
  }

  /**
   * New arithmetic for one thread, whose lanes are channels.
   *
   * @throws IllegalStateException if there are no vector instructions
   */
  public static ChannelOperations channelOperations() {
    return (ChannelOperations) instance(CHANNELS);
  }

  /**
   * New arithmetic of inference, whose lanes are channels.
   *
   * @throws IllegalStateException if there are no vector instructions
   */
  public static InferenceOperations inferenceOperations() {
    return (InferenceOperations) instance(INFERENCE);
  }

  /**
   * New arithmetic for planes of the same lanes as {@link #operations}.
   *
   * @throws IllegalStateException if there are no vector instructions
   */
  public static PlaneOperations planeOperations() {
    return (PlaneOperations) instance(PLANES);
  }

  /**
   * Arithmetic on parameters, which threads share.
   *
   * @throws IllegalStateException if there are no vector instructions
   */
  public static ParameterArithmetic parameterArithmetic() {
    return (ParameterArithmetic) instance(PARAMETERS);
  }

  private static Object instance(String implementation) {
    if (!present()) {
      throw new IllegalStateException("there are no vector instructions", REFUSAL);
    }
    try {
      return load(implementation);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(implementation + " was loaded before", e);
    }
  }

  /** Advice for more speed; empty where nothing is missing. */
  public static Optional<String> advice() {
    if (REFUSAL == null) {
      return Optional.empty();
    }
    boolean there = REFUSAL instanceof UnsupportedOperationException;
    return Optional.of(there ? REFUSAL.getMessage() : MISSING);
  }
}
