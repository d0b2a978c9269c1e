package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemDriverTest {
  @TempDir Path modules;

  @Test
  void theModuleOfTheVendorTellsItsVersion() throws IOException {
    version("nvidia", "550.54.14\n");
    version("amdgpu", "6.7.8\n");

    assertEquals(Optional.of("550.54.14"), SystemDriver.version("NVIDIA Corporation", modules));
    assertEquals(
        Optional.of("6.7.8"), SystemDriver.version("Advanced Micro Devices, Inc.", modules));
  }

  @Test
  void otherwiseNoVersionIsKnown() throws IOException {
    version("nvidia", "\n");

    assertEquals(Optional.empty(), SystemDriver.version("NVIDIA Corporation", modules));
    assertEquals(Optional.empty(), SystemDriver.version("Advanced Micro Devices", modules));
    assertEquals(Optional.empty(), SystemDriver.version("The pocl project", modules));
  }

  private void version(String module, String text) throws IOException {
    Files.writeString(Files.createDirectory(modules.resolve(module)).resolve("version"), text);
  }
}
