package org.aparanet.engine.select;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir Path home;

  private Optional<Path> folder(String system, Map<String, String> environment) {
    return CacheFolder.of(system, environment::get, home.toString());
  }

  @Test
  void isWhereTheSystemWantsIt() {
    Path chosen = home.resolve("chosen");
    assertEquals(
        Optional.of(chosen.resolve("aparanet")),
        folder("Linux", Map.of("XDG_CACHE_HOME", chosen.toString())));
    assertEquals(
        Optional.of(home.resolve(".cache").resolve("aparanet")), folder("Linux", Map.of()));
    assertEquals(
        Optional.of(home.resolve("Library").resolve("Caches").resolve("aparanet")),
        folder("Mac OS X", Map.of("XDG_CACHE_HOME", chosen.toString())));
    assertEquals(
        Optional.of(chosen.resolve("aparanet")),
        folder("Windows 11", Map.of("LOCALAPPDATA", chosen.toString())));
    assertEquals(
        Optional.of(home.resolve("AppData").resolve("Local").resolve("aparanet")),
        folder("Windows 11", Map.of()));
  }

  @Test
  void pathsThatMeanNothingAreLeftAlone() {
    for (String path : new String[] {"", "relative/path", "nul\0in it"}) {
      assertEquals(
          Optional.of(home.resolve(".cache").resolve("aparanet")),
          folder("Linux", Map.of("XDG_CACHE_HOME", path)));
    }
    for (String path : new String[] {null, "", "?"}) {
      assertEquals(Optional.empty(), CacheFolder.of("Linux", name -> null, path));
    }
  }
}
