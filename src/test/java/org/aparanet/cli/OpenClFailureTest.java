package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aparanet.ChildJvm;
import org.aparanet.engine.SmallWorkGroupsProbe;
import org.aparanet.engine.opencl.OpenClDevices;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user sees where OpenCL is missing or broken, each in a process of its own: one sentence
 * with the cause, and a trained network wherever no certain device was asked for.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the ways to break OpenCL are Linux's and PoCL's")
class OpenClFailureTest {
  private static final List<String> QUICK =
      List.of("--limit", "64", "--epochs", "1", "--network", "pool 4, dense 10");

  @TempDir Path folder;

  private Map<String, String> noLoader;
  private Map<String, String> noPlatform;

  @BeforeEach
  void breakOpenCl() throws Exception {
    // an empty file in place of the library: the loader stops there
    Files.createFile(folder.resolve("libOpenCL.so.1"));
    noLoader = Map.of("LD_LIBRARY_PATH", folder.toString());
    noPlatform = Map.of("OCL_ICD_VENDORS", Files.createDirectory(folder.resolve("icd")).toString());
  }

  private static ChildJvm.Outcome aparanet(Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    if (arguments[0].equals("train")) {
      all.addAll(QUICK);
    }
    return ChildJvm.run(
        List.of("-Daparanet.home=" + Path.of("").toAbsolutePath(), "-Xmx1g"),
        environment,
        Main.class.getName(),
        all);
  }

  private static void assertTrainsOnJava(ChildJvm.Outcome outcome, String cause) {
    assertEquals(0, outcome.status(), outcome::toString);
    assertTrue(outcome.err().contains(cause), outcome::toString);
    assertTrue(outcome.err().contains("Using the Java engine."), outcome::toString);
    assertTrue(outcome.out().strip().endsWith("on cpu (Java engine)"), outcome::toString);
    assertNoStackTrace(outcome);
  }

  private static void assertFails(ChildJvm.Outcome outcome, String cause) {
    assertEquals(1, outcome.status(), outcome::toString);
    assertEquals("", outcome.out());
    List<String> lines = outcome.err().lines().toList();
    String last = lines.get(lines.size() - 1);
    assertTrue(last.startsWith("aparanet: ") && last.contains(cause), outcome::toString);
    assertNoStackTrace(outcome);
  }

  private static void assertNoStackTrace(ChildJvm.Outcome outcome) {
    assertFalse(outcome.err().contains("\tat "), outcome::toString);
    assertFalse(outcome.err().contains("SEVERE"), outcome::toString);
  }

  @Test
  void withoutLoader() throws Exception {
    String cause = "native library could not be loaded";
    assertTrainsOnJava(aparanet(noLoader, "train"), cause);
    assertFails(aparanet(noLoader, "train", "--device", "gpu"), cause);
    assertFails(aparanet(noLoader, "train", "--device", "opencl:0"), cause);
    ChildJvm.Outcome devices = aparanet(noLoader, "devices");
    assertEquals(0, devices.status());
    assertTrue(devices.out().contains("ocl-icd-libopencl1"), devices::toString);
  }

  @Test
  void withoutPlatform() throws Exception {
    requireOpenCl();
    String cause = "the OpenCL loader is there, but no driver";
    assertTrainsOnJava(aparanet(noPlatform, "train"), cause);
    assertFails(aparanet(noPlatform, "train", "--device", "opencl:0"), cause);
  }

  @Test
  void withoutDevice() throws Exception {
    requirePocl();
    Map<String, String> noDevice = Map.of("POCL_DEVICES", "none");
    String cause = "offers no device";
    assertTrainsOnJava(aparanet(noDevice, "train"), cause);
    assertFails(aparanet(noDevice, "train", "--device", "gpu"), cause);
  }

  @Test
  void driverThatCannotBuild() throws Exception {
    requirePocl();
    Map<String, String> cannotBuild =
        Map.of(
            "POCL_EXTRA_BUILD_FLAGS",
            "-no-such-flag",
            "POCL_CACHE_DIR",
            folder.resolve("cache").toString());
    assertFails(
        aparanet(cannotBuild, "train", "--device", "opencl:0"), "could not build the kernels");
  }

  @Test
  void driverWithSmallWorkGroups() throws Exception {
    requirePocl();
    Map<String, String> small = Map.of("POCL_MAX_WORK_GROUP_SIZE", "16");
    String cause =
        "allows work-groups of at most 16 work-items for the training kernel, which needs 128";
    assertFails(aparanet(small, "train", "--device", "opencl:0"), cause);
    ChildJvm.Outcome check = aparanet(small, "devices", "--check");
    assertEquals(1, check.status(), check::toString);
    assertTrue(check.out().contains(cause), check::toString);
    ChildJvm.Outcome auto =
        ChildJvm.run(
            List.of("--add-modules", "jdk.incubator.vector", "-Xmx1g"),
            small,
            SmallWorkGroupsProbe.class.getName(),
            List.of());
    assertEquals(0, auto.status(), auto::toString);
    List<String> lines = auto.out().lines().toList();
    assertTrue(lines.get(0).endsWith(cause), auto::toString);
    assertEquals(List.of("Using the Java engine.", "cpu"), lines.subList(1, lines.size()));
  }

  private static void requireOpenCl() {
    boolean missing = OpenClDevices.find().engines().isEmpty();
    String required = System.getProperty("aparanet.test.require", "none");
    assertFalse(missing && !required.equals("none"), "OpenCL is required here");
    Assumptions.assumeFalse(
        missing, "OpenCL is not tested: " + OpenClDevices.find().problem().orElse(""));
  }

  static void requirePocl() {
    requireOpenCl();
    Assumptions.assumeTrue(
        OpenClDevices.find().engines().get(0).device().platform().contains("Portable"),
        "the first OpenCL platform is not PoCL, and only PoCL can be told to fail");
  }
}
