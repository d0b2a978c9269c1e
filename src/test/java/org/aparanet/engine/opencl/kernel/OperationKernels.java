package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.aparapi.Kernel;
import com.aparapi.Range;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.aparanet.engine.opencl.plan.SingleRow;
import org.aparanet.model.Dense;
import org.aparanet.model.Layer;
import org.aparanet.model.Network;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Runs kernels of a single operation alone on the device, to be compared with sums in double
 * precision that are written the other way round: they scatter where the kernels gather.
 */
@Tag("kernels")
abstract class OperationKernels {
  /** Work-items: more than some of the cases have elements, and a divisor of none. */
  static final int ITEMS = 2 * BlockProduct.GROUP;

  /** Largest error relative to the sum of the products' magnitudes; float32 rounds at 6e-8. */
  private static final double TOLERANCE = 1e-6;

  private static final int UNTOUCHED = 12345;

  /**
   * Whether a simulator checks every access: some thousand times slower, and of one kind of memory,
   * so that it gets fewer cases and plans.
   */
  static final boolean SIMULATED =
      System.getProperty("aparanet.test.require", "none").equals("Oclgrind");

  /** Positions of a case that a simulator gets through in seconds. */
  private static final int SIMULATED_POSITIONS = 90;

  /** The kernels of a test, each built once. */
  final Map<Class<?>, Kernel> kernels = new HashMap<>();

  /** A layer on an input, with a batch. */
  record Case(Layer layer, Shape input, int batch, HostMemory memory) {
    Network.Node node() {
      return new Network(input, List.of(layer, new Dense(2))).nodes().get(0);
    }

    @Override
    public String toString() {
      return layer.text() + " on " + batch + "x" + input + ", " + memory + " memory";
    }
  }

  /** Triples of layer, input and batch, each with both kinds of memory. */
  static Stream<Arguments> cases(Object... triples) {
    List<Arguments> cases = new ArrayList<>();
    for (int i = 0; i < triples.length; i += 3) {
      for (HostMemory memory : HostMemory.values()) {
        Case on =
            new Case((Layer) triples[i], (Shape) triples[i + 1], (int) triples[i + 2], memory);
        boolean small = on.batch() * on.node().output().plane() <= SIMULATED_POSITIONS;
        if (!SIMULATED || memory == HostMemory.SEPARATE && small) {
          cases.add(Arguments.of(on));
        }
      }
    }
    return cases.stream();
  }

  @AfterEach
  void disposeKernels() {
    kernels.values().forEach(Kernel::dispose);
  }

  /** As below, into an array that is empty. */
  float[] run(
      Case on,
      Class<? extends Kernel> type,
      String result,
      int length,
      Map<String, Object> fields) {
    return run(on, type, result, new float[length], fields);
  }

  /**
   * Runs a kernel whose fields take the given values.
   *
   * @param result name of the field that is to hold the result
   * @param before its elements before
   */
  float[] run(
      Case on,
      Class<? extends Kernel> type,
      String result,
      float[] before,
      Map<String, Object> fields) {
    int length = before.length;
    float[] values = Arrays.copyOf(before, length + 1);
    values[length] = UNTOUCHED;
    Kernel kernel = kernels.get(type);
    try {
      if (kernel == null) {
        kernel = type.getDeclaredConstructor().newInstance();
        kernels.put(type, kernel);
        kernel.setExplicit(true);
        OpenClTestDevice.bind(kernel, OpenClTestDevice.target(on.memory()));
      }
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        field(kernel, field.getKey()).set(kernel, field.getValue());
      }
      if (!(kernel instanceof UpdateFunctions) || kernel instanceof BatchNormFunctions) {
        field(kernel, "batch").set(kernel, on.batch());
      }
      field(kernel, result).set(kernel, values);
      for (Class<?> owner = type; owner != Kernel.class; owner = owner.getSuperclass()) {
        for (Field field : owner.getDeclaredFields()) {
          if (field.getType() == float[].class && field.get(kernel) == null) {
            field.set(kernel, new float[1]); // not used this time, but no argument may be missing
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    kernel.execute(Range.create(OpenClTestDevice.target(on.memory()), ITEMS, BlockProduct.GROUP));
    kernel.get(values);
    assertEquals(UNTOUCHED, values[length], "written beyond the end");
    return Arrays.copyOf(values, length);
  }

  private static Field field(Kernel kernel, String name) throws NoSuchFieldException {
    for (Class<?> type = kernel.getClass(); type != Kernel.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return field;
        }
      }
    }
    throw new NoSuchFieldException(kernel.getClass() + " has no " + name);
  }

  /** A table of one row, which begins at 0, with its taps behind it. */
  static int[] passes(int[] row) {
    return SingleRow.passes(row);
  }

  static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
    Map<String, Object> more = new HashMap<>(fields);
    more.put(name, value);
    return more;
  }

  /** A copy: an array that is there already does not go to the device again. */
  static int[] changed(int[] pass, int field, int value) {
    int[] copy = pass.clone();
    copy[field] = value;
    return copy;
  }

  static float[] noise(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Sums in double precision, with the magnitude of what went into each. */
  static final class Sums {
    private final double[] sums;
    private final double[] magnitudes;

    Sums(int length) {
      sums = new double[length];
      magnitudes = new double[length];
    }

    void add(int at, double value) {
      sums[at] += value;
      magnitudes[at] += Math.abs(value);
    }

    int length() {
      return sums.length;
    }

    /** Against what a ReLU lets through. */
    void checkRelu(float[] actual) {
      assertEquals(sums.length, actual.length);
      for (int i = 0; i < actual.length; i++) {
        assertEquals(Math.max(0, sums[i]), actual[i], TOLERANCE * magnitudes[i], "element " + i);
      }
    }

    /** Against what a ReLU lets through that opens where a value is positive. */
    void checkMasked(float[] actual, float[] value) {
      for (int i = 0; i < actual.length; i++) {
        assertEquals(
            value[i] > 0 ? sums[i] : 0, actual[i], TOLERANCE * magnitudes[i], "element " + i);
      }
    }

    /** Against the largest of each 2 x 2 window, behind a ReLU, and its place in the window. */
    void checkPooled(float[] actual, Shape out, Shape pool, int count) {
      for (int i = 0; i < count; i++) {
        int top = i / pool.width() % pool.height() * 2;
        int left = i % pool.width() * 2;
        int corner = i / pool.plane() * out.plane() + top * out.width() + left;
        int best = corner;
        for (int place : new int[] {1, out.width(), out.width() + 1}) {
          best = sums[corner + place] > sums[best] ? corner + place : best;
        }
        int which = (int) actual[count + i];
        int chosen = corner + which / 2 * out.width() + which % 2;
        double tolerance = TOLERANCE * magnitudes[chosen];
        assertEquals(Math.max(0, sums[best]), actual[i], tolerance, "element " + i);
        assertEquals(sums[best], sums[chosen], tolerance, "the place of element " + i);
      }
    }

    void check(float[] actual) {
      assertEquals(sums.length, actual.length);
      for (int i = 0; i < actual.length; i++) {
        assertEquals(sums[i], actual[i], TOLERANCE * magnitudes[i], "element " + i);
      }
    }
  }
}
