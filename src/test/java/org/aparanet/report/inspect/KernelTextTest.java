package org.aparanet.report.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aparanet.engine.opencl.kernel.KernelSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernels that are packed into the program are those of the sources. */
class KernelTextTest {
  private static final Path JAVA = Path.of("src/main/java/org/aparanet/engine/opencl/kernel");

  static Iterable<String> names() {
    return KernelSources.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyKernelIsThereInBothLanguages(String name) throws IOException {
    KernelText text = KernelText.of(name);

    assertEquals(Files.readString(Path.of("kernels", name + ".cl")), text.openCl());
    assertTrue(text.java().startsWith(Files.readString(JAVA.resolve(name + ".java"))));
  }

  @Test
  void theClassesThatAKernelExtendsAreThere() throws IOException {
    String java = KernelText.of("ConvolutionForward").java();

    for (String base : new String[] {"MatrixProduct", "TileProduct", "BlockProduct"}) {
      assertTrue(java.contains(Files.readString(JAVA.resolve(base + ".java"))), base);
    }
  }

  @Test
  void anotherNameIsRefused() {
    assertEquals(
        "there is no kernel Nothing.java",
        assertThrows(IllegalArgumentException.class, () -> KernelText.of("Nothing")).getMessage());
  }
}
