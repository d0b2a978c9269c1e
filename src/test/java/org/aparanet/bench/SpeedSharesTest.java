package org.aparanet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aparanet.engine.Device;
import org.aparanet.train.Shares;
import org.junit.jupiter.api.Test;

/** How a batch is divided among devices of known speeds. */
class SpeedSharesTest {

  @Test
  void sharesAreWholePercentsOfTheSpeed() {
    // 1 / 2 ms, 1 / 3 ms and 1 / 6 ms: 50, 33.3 and 16.7 %
    SpeedShares shares = shares(64, 2, 3, 6);
    assertEquals(new Shares(List.of(50, 33, 17)), shares.shares());
    assertEquals("device 0", shares.fastest().device().id());
    assertEquals(0.001, shares.leastSeconds(), 1e-12);
    assertEquals(List.of(), shares.leftOut());
  }

  @Test
  void theyAddUpToAHundred() {
    assertEquals(List.of(34, 33, 33), shares(64, 5, 5, 5).shares().parts());
    for (int devices = 1; devices <= 12; devices++) {
      double[] times = IntStream.range(0, devices).mapToDouble(i -> 3 + i % 5).toArray();
      List<Integer> percents = shares(1024, times).shares().parts();
      assertEquals(100, percents.stream().mapToInt(p -> p).sum(), percents::toString);
    }
  }

  @Test
  void theSlowestIsLeftOutWhileSomeDeviceWouldHaveNoImage() {
    // 10 % of 8 images are none; without it, 44 and 56 % are 3 and 5
    SpeedShares shares = shares(8, 2.5, 9, 2);
    assertEquals(List.of("device 0", "device 2"), ids(shares.devices()));
    assertEquals(List.of(44, 56), shares.shares().parts());
    assertEquals(List.of("device 1"), ids(shares.leftOut()));
    assertEquals("device 2", shares.fastest().device().id());
  }

  /** One percent is the least, and a hundred images are needed to have one of them. */
  @Test
  void aDeviceThatIsMuchSlowerHasAPercentIfThatIsAnImage() {
    assertEquals(List.of(1, 99), shares(100, 300, 1).shares().parts());
    SpeedShares shares = shares(99, 300, 1);
    assertEquals(List.of("device 1"), ids(shares.devices()));
    assertEquals(List.of(100), shares.shares().parts());
    assertEquals(List.of("device 0"), ids(shares.leftOut()));
  }

  @Test
  void oneImageIsForOneDevice() {
    SpeedShares shares = shares(1, 3, 2, 4);
    assertEquals(List.of("device 1"), ids(shares.devices()));
    assertEquals(List.of("device 2", "device 0"), ids(shares.leftOut()));
  }

  private static List<String> ids(List<Measurement> devices) {
    return devices.stream().map(m -> m.device().id()).toList();
  }

  /** Of devices whose step takes so many milliseconds. */
  private static SpeedShares shares(int batch, double... millis) {
    return SpeedShares.of(
        IntStream.range(0, millis.length)
            .mapToObj(i -> measured("device " + i, batch, 1e6 * millis[i]))
            .toList());
  }

  private static Measurement measured(String id, int batch, double nanos) {
    Samples step = new Samples(Collections.nCopies(3, nanos));
    Device device = new Device(id, Device.Kind.GPU, "Same name", "test", 1, 1);
    return new Measurement(
        device, "net", batch, 0, 0, 0, step, step, List.of(), "by hand", Optional.empty());
  }
}
