package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aparanet.engine.Device;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceListingCacheTest {
  private static final DeviceListing LISTING =
      new DeviceListing(
          List.of(new DeviceListing.Entry(Device.Kind.GPU, "Card", "Maker", "1.0", 1L << 30, 8)),
          Optional.empty());

  @TempDir Path folder;
  private Path cache;
  private Path boot;
  private Path driver;
  private Map<String, String> environment;

  @BeforeEach
  void aMachine() throws IOException {
    cache = folder.resolve("cache");
    boot = Files.writeString(folder.resolve("boot"), "first\n");
    Path vendors = Files.createDirectory(folder.resolve("vendors"));
    driver = Files.writeString(vendors.resolve("maker.icd"), "libmaker.so\n");
    environment = new HashMap<>(Map.of("OCL_ICD_VENDORS", vendors.toString(), "HOME", "/root"));
  }

  private DeviceListingCache cache(String program) {
    return DeviceListingCache.of(cache, program, environment, boot).orElseThrow();
  }

  private Optional<DeviceListing> kept() {
    return cache("1.0").read();
  }

  @Test
  void givesBackWhatWasKept() {
    assertEquals(Optional.empty(), kept());
    cache("1.0").write(LISTING);
    assertEquals(Optional.of(LISTING), kept());
    environment.put("HOME", "/elsewhere"); // which no driver looks at
    assertEquals(Optional.of(LISTING), kept());
    cache("1.0").forget();
    assertEquals(Optional.empty(), kept());
  }

  @Test
  void asksAgainWhereAnythingIsDifferent() throws IOException {
    cache("1.0").write(LISTING);
    assertEquals(Optional.empty(), cache("1.1").read());

    environment.put("CUDA_VISIBLE_DEVICES", "1");
    assertEquals(Optional.empty(), kept());
    environment.remove("CUDA_VISIBLE_DEVICES");
    assertEquals(Optional.of(LISTING), kept());

    Files.writeString(boot, "second\n");
    assertEquals(Optional.empty(), kept());
    Files.writeString(boot, "first\n");
    assertEquals(Optional.of(LISTING), kept());

    Path other = Files.writeString(driver.resolveSibling("other.icd"), "libother.so\n");
    assertEquals(Optional.empty(), kept());
    Files.delete(other);
    assertEquals(Optional.of(LISTING), kept());

    Files.writeString(driver, "libmaker2.so\n");
    assertEquals(Optional.empty(), kept());
  }

  @Test
  void whereOneBootCannotBeToldFromAnotherNothingIsKept() {
    assertEquals(
        Optional.empty(),
        DeviceListingCache.of(cache, "1.0", environment, folder.resolve("missing")));
  }

  @Test
  void aDamagedFileCountsAsNone() throws IOException {
    cache("1.0").write(LISTING);
    Path file;
    try (Stream<Path> files = Files.list(cache)) {
      file = files.findFirst().orElseThrow();
    }
    String text = Files.readString(file);
    for (String damaged : List.of("", text.substring(0, text.length() / 2), text + "device\n")) {
      Files.writeString(file, damaged);
      assertEquals(Optional.empty(), kept());
    }
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertEquals(Optional.empty(), kept());
  }

  @Test
  void whatCannotBeKeptIsDoneWithout() throws IOException {
    Files.writeString(cache, "a file in the folder's place");
    cache("1.0").write(LISTING);
    assertEquals(Optional.empty(), kept());
    assertTrue(Files.isRegularFile(cache));
  }
}
