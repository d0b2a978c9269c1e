package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.junit.jupiter.api.Test;

class DeviceListingTest {
  private static final DeviceListing.Entry GPU =
      new DeviceListing.Entry(
          Device.Kind.GPU, "Card 7", "Maker", "OpenCL 3.0 build 535", 12L << 30, 132);
  private static final DeviceListing.Entry CPU =
      new DeviceListing.Entry(Device.Kind.CPU, "cpu", "PoCL", "OpenCL 3.0 PoCL 3.1", 4L << 30, 2);

  @Test
  void readsWhatItWrote() {
    DeviceListing two = new DeviceListing(List.of(GPU, CPU), Optional.empty());
    assertEquals(Optional.of(two), DeviceListing.parse(two.lines()));
    DeviceListing none = DeviceListing.none("there is no driver");
    assertEquals(Optional.of(none), DeviceListing.parse(none.lines()));
  }

  @Test
  void numbersDevicesInTheirOrder() {
    assertEquals(
        new Device("opencl:3", Device.Kind.GPU, "Card 7", "Maker", 12L << 30, 132), GPU.device(3));
  }

  @Test
  void namesOfDriversStayWithinTheirLines() {
    DeviceListing.Entry odd =
        new DeviceListing.Entry(Device.Kind.GPU, " A\tB\nC ", "P\r\n", "D  E", 1, 1);
    assertEquals("A B C", odd.name());
    DeviceListing listing = new DeviceListing(List.of(odd), Optional.empty());
    assertEquals(Optional.of(listing), DeviceListing.parse(listing.lines()));
  }

  @Test
  void whatIsNotAListIsNone() {
    List<String> whole = new DeviceListing(List.of(GPU, CPU), Optional.empty()).lines();
    assertEquals(Optional.empty(), DeviceListing.parse(List.of()));
    assertEquals(Optional.empty(), DeviceListing.parse(whole.subList(0, 1)));
    assertEquals(Optional.empty(), DeviceListing.parse(whole.subList(1, 3)));
    for (String broken :
        List.of(
            "device",
            "device\tGPU\tname\tplatform\tdriver\t12",
            "device\tTPU\tname\tplatform\tdriver\t12\t1",
            "device\tGPU\tname\tplatform\tdriver\tmuch\t1",
            "problem\tthere is none",
            "")) {
      assertEquals(
          Optional.empty(), DeviceListing.parse(List.of(whole.get(0), whole.get(1), broken)));
    }
  }

  @Test
  void aDeviceThatWasReplacedIsNotTaken() {
    DeviceListing now = new DeviceListing(List.of(CPU), Optional.empty());
    LoadedDevices loaded = new LoadedDevices(List.of(), now);
    EngineException gone = assertThrows(EngineException.class, () -> loaded.target(0, GPU));
    assertEquals(
        "opencl:0 (Card 7) is not there any more; \"aparanet devices\" lists what there is now",
        gone.getMessage());
  }

  @Test
  void isTheSameWhateverMemoryIsFree() {
    DeviceListing.Entry less =
        new DeviceListing.Entry(
            GPU.kind(), GPU.name(), GPU.platform(), GPU.driver(), 1, GPU.computeUnits());
    assertTrue(GPU.isSame(less));
    assertFalse(GPU.isSame(CPU));
  }
}
