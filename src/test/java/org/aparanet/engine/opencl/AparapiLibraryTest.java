package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aparanet.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AparapiLibraryTest {
  private static final Path FOLDER = Path.of("tmp");

  @TempDir Path folder;

  @Test
  void namesTheCauseThatTheLinkerTold() {
    assertEquals(
        "Aparapi's native library could not be loaded, because there is no usable OpenCL loader"
            + " (libOpenCL.so.1: cannot open shared object file: No such file or directory);"
            + " install one (Debian and Ubuntu: ocl-icd-libopencl1) and your graphics card's"
            + " driver",
        AparapiLibrary.cause(
            FOLDER,
            "/tmp/Aparapi42/libaparapi.so: libOpenCL.so.1: cannot open shared object file: No such"
                + " file or directory"));
    assertEquals(
        "Aparapi's native library could not be loaded (version `GLIBC_2.29' not found)",
        AparapiLibrary.cause(
            FOLDER, "/tmp/Aparapi42/libaparapi.so: version `GLIBC_2.29' not found"));
    assertTrue(
        AparapiLibrary.cause(
                FOLDER, "/tmp/Aparapi4/libaparapi.so: failed to map segment from shared object")
            .startsWith(
                "the temporary folder tmp is mounted so that no library in it can be used"));
    assertTrue(
        AparapiLibrary.cause(
                FOLDER, "System is not compatible with any of the known native libraries.")
            .startsWith("Aparapi has no native library for " + System.getProperty("os.name")));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the test breaks OpenCL as Linux has it")
  void aMissingTemporaryFolderIsNotBlamedOnOpenCl() throws Exception {
    ChildJvm.Outcome outcome = list(folder.resolve("missing"));
    assertEquals(
        "problem\tthe temporary folder "
            + folder.resolve("missing")
            + " does not exist, and Aparapi's native library has to be unpacked there; name"
            + " another one with -Djava.io.tmpdir=FOLDER, in the environment variable"
            + " APARANET_JAVA_OPTIONS or after java",
        outcome.out().lines().toList().get(1));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a loaded library keeps its file")
  void nothingIsLeftInTheTemporaryFolder() throws Exception {
    OpenClTestDevice.engine(HostMemory.SHARED); // or there is nothing to unpack
    ChildJvm.Outcome outcome = list(folder);
    assertTrue(outcome.out().contains("device\t"), outcome::toString);
    try (Stream<Path> left = Files.list(folder)) {
      assertFalse(left.findAny().isPresent()); // although that process halts, without hooks
    }
  }

  private static ChildJvm.Outcome list(Path temporary) throws Exception {
    return ChildJvm.run(
        List.of("-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData"),
        Map.of(),
        DeviceLister.class.getName(),
        List.of());
  }
}
