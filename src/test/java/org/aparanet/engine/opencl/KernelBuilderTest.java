package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.aparanet.engine.DeviceDetails;
import org.aparanet.engine.DeviceDetails.KernelBuild;
import org.junit.jupiter.api.Test;

class KernelBuilderTest {
  private static final String DEVICE =
      """
      vendor=Maker
      version=OpenCL 3.0 a=b
      localMemory=49152
      largestAllocation=4294967296
      largestWorkGroup=1024
      """;

  private static final String KERNEL =
      """
      build=2500000000
      kernelWorkGroup=256
      kernelMultiple=32
      kernelLocal=20736
      kernelPrivate=16
      """;

  @Test
  void aBuildThatWentWell() {
    assertEquals(
        Optional.of(
            new DeviceDetails(
                "Maker",
                "OpenCL 3.0 a=b",
                Optional.empty(),
                49_152,
                4_294_967_296L,
                1024,
                Optional.of(new KernelBuild(2.5, true, 128, 256, 32, 20_736, 16)),
                "a warning")),
        KernelBuilder.details("", true, DEVICE + KERNEL, "\na warning\n"));
  }

  @Test
  void aBuildThatFailedKeepsWhatTheDriverSaid() {
    assertEquals(
        Optional.of(
            new DeviceDetails(
                "Maker",
                "OpenCL 3.0 a=b",
                Optional.empty(),
                49_152,
                4_294_967_296L,
                1024,
                Optional.empty(),
                "error: line 7\nthe process that built ended with status 1")),
        KernelBuilder.details(
            "the process that built ended with status 1", false, DEVICE, "error: line 7\n"));
  }

  @Test
  void aDeviceThatIsNotThereHasNoDetails() {
    assertEquals(
        Optional.empty(), KernelBuilder.details("status 1", true, "vendor=Maker\n", "gone"));
  }

  @Test
  void aRealDriverAllowsTheWorkGroupsThatTheKernelNeeds() {
    DeviceDetails details = OpenClTestDevice.engine(HostMemory.SHARED).details(false).orElseThrow();

    assertTrue(details.largestWorkGroup() >= 128, details::toString);
    assertTrue(details.localMemoryBytes() >= 20_736, details::toString);
    assertTrue(details.version().startsWith("OpenCL "), details::toString);
    KernelBuild build = details.build().orElseThrow();
    assertEquals(128, build.workGroup());
    assertTrue(build.largestWorkGroup() >= 128, details::toString);
    assertTrue(build.seconds() > 0 && build.seconds() < 300, details::toString);
  }
}
