package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Kernel;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The table of docs/performance.md that {@code vendor-compile} holds kernels against: every kernel
 * is there with its local memory and a bound for each target. Whether the bounds hold is for the
 * compilers to say.
 */
class RegisterTableTest {
  private static final String HEAD = "| kernel | local memory |";

  @Test
  void theTableHasEveryKernelWithItsLocalMemory() throws Exception {
    Map<String, String> expected = new TreeMap<>();
    for (String name : KernelSources.names()) {
      expected.put(name, String.format(Locale.ROOT, "%,d", localBytes(name)));
    }
    Map<String, String> present = new TreeMap<>();
    rows().forEach(cells -> present.put(cells.get(0), cells.get(1)));
    assertEquals(expected, present);
  }

  @Test
  void everyBoundCanBeRead() throws IOException {
    for (List<String> cells : rows()) {
      assertEquals(rows().get(0).size(), cells.size(), cells::toString);
      for (String bound : cells.subList(2, cells.size())) {
        assertTrue(
            bound.matches("(\\d+|SIMD\\d+)(, [\\d,]+ spilled)?(, [\\d,]+ B stack)?"),
            () -> cells.get(0) + ": " + bound);
      }
    }
  }

  private static List<List<String>> rows() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs", "performance.md"));
    List<List<String>> rows = new ArrayList<>();
    int at = 0;
    while (!lines.get(at).startsWith(HEAD)) {
      at++;
    }
    for (String line : lines.subList(at + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      String[] cells = line.substring(1).split("\\|");
      List<String> row = new ArrayList<>();
      for (String cell : cells) {
        row.add(cell.strip());
      }
      rows.add(row);
    }
    return rows;
  }

  /** Of the arrays that a work-group has for itself. */
  private static int localBytes(String kernel) throws ReflectiveOperationException {
    Class<?> type = Class.forName(KernelSources.class.getPackageName() + "." + kernel);
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object made = constructor.newInstance();
    String source = KernelSources.source(kernel);
    int bytes = 0;
    for (Class<?> of = type; of != Kernel.class; of = of.getSuperclass()) {
      for (Field field : of.getDeclaredFields()) {
        if (field.isAnnotationPresent(Kernel.Local.class)
            && source.contains("__local float *" + field.getName())) {
          field.setAccessible(true);
          bytes += Float.BYTES * Array.getLength(field.get(made));
        }
      }
    }
    return bytes;
  }
}
