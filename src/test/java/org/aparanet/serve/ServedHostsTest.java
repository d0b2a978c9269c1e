package org.aparanet.serve;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose requests are taken. */
class ServedHostsTest {
  private final ServedHosts loopback = new ServedHosts("127.0.0.1", 8028);

  @Test
  void theNamesOfLoopbackAreServed() {
    for (String host :
        List.of("127.0.0.1:8028", "localhost:8028", "LocalHost:8028", "[::1]:8028")) {
      assertDoesNotThrow(() -> check(loopback, host, null), host);
      assertDoesNotThrow(() -> check(loopback, host, "http://" + host), host);
    }
  }

  @Test
  void otherNamesArePages() {
    for (String host :
        List.of(
            "evil.example:8028",
            "localhost",
            "localhost:80",
            "localhost:8029",
            "localhost:8028.evil.example",
            "localhost:8028@evil.example",
            "127.0.0.1:8028:8028",
            "192.0.2.1:8028",
            "")) {
      assertEquals(421, refused(loopback, host, null), host);
    }
    assertEquals(400, refused(loopback, null, null));
  }

  @Test
  void otherOriginsAreRefused() {
    for (String origin :
        List.of(
            "http://evil.example",
            "null",
            "",
            "https://localhost:8028",
            "http://localhost",
            "http://127.0.0.1:8028",
            "http://localhost:8028/",
            "http://localhost:80280")) {
      assertEquals(403, refused(loopback, "localhost:8028", origin), origin);
    }
  }

  @Test
  void theGivenHostIsServedAndTheAddressThatWasConnectedTo() throws Exception {
    InetAddress local = InetAddress.getByName("192.0.2.7");
    ServedHosts all = new ServedHosts("0.0.0.0", 80);
    ServedHosts named = new ServedHosts("192.0.2.7", 9000);

    assertDoesNotThrow(() -> all.check("192.0.2.7", "http://192.0.2.7", local));
    assertDoesNotThrow(() -> all.check("192.0.2.7:80", null, local));
    assertDoesNotThrow(() -> named.check("192.0.2.7:9000", null, local));
    assertThrows(RequestException.class, () -> all.check("192.0.2.8", null, local));
    assertThrows(RequestException.class, () -> named.check("localhost:9000", null, local));
  }

  /** Java writes them in full, and browsers as short as they can be. */
  @Test
  void addressesOfVersion6AreTheSameHoweverTheyAreWritten() throws Exception {
    InetAddress local = InetAddress.getByName("2001:db8::1");
    ServedHosts all = new ServedHosts("::", 8028);
    ServedHosts named = new ServedHosts("2001:DB8:0:0:0:0:0:1", 8028);

    for (ServedHosts hosts : List.of(all, named)) {
      assertDoesNotThrow(
          () -> hosts.check("[2001:db8::1]:8028", "http://[2001:db8::1]:8028", local));
      assertThrows(RequestException.class, () -> hosts.check("[2001:db8::2]:8028", null, local));
    }
  }

  private static void check(ServedHosts hosts, String host, String origin) {
    hosts.check(host, origin, InetAddress.getLoopbackAddress());
  }

  private static int refused(ServedHosts hosts, String host, String origin) {
    return assertThrows(RequestException.class, () -> check(hosts, host, origin)).status();
  }
}
