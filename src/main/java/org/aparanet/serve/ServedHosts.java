package org.aparanet.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names by which this server may be asked for. A page of another site that has its name lead to
 * this address (DNS rebinding), or that sends a form here, does not know them or tells another
 * origin.
 */
final class ServedHosts {
  private final Set<String> names = new TreeSet<>();
  private final int port;

  /**
   * @param given what {@code --host} says
   * @param port that is listened on
   */
  ServedHosts(String given, int port) {
    this.port = port;
    InetAddress address = new InetSocketAddress(given, port).getAddress();
    names.add(literal(given));
    if (address != null && (address.isLoopbackAddress() || address.isAnyLocalAddress())) {
      names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
    }
  }

  /**
   * Makes sure that a request is meant for this server and comes from no other site.
   *
   * @param host the header Host, or null
   * @param origin the header Origin, or null
   * @param local the address that the client connected to: it is always allowed, being no name
   * @throws RequestException if it is not
   */
  void check(String host, String origin, InetAddress local) {
    if (host == null) {
      throw new RequestException(400, "the request needs one header Host");
    }
    if (!isServed(host, local)) {
      throw new RequestException(
          421, "the header Host must be the address that is served, such as " + example());
    }
    if (origin != null
        && !(origin.toLowerCase(Locale.ROOT).startsWith("http://")
            && isServed(origin.substring("http://".length()), local)
            && withPort(origin.substring("http://".length())).equals(withPort(host)))) {
      throw new RequestException(403, "requests of pages of other sites are refused");
    }
  }

  private boolean isServed(String host, InetAddress local) {
    String asked = withPort(host);
    String end = ":" + port;
    if (!asked.endsWith(end)) {
      return false;
    }
    String name = asked.substring(0, asked.length() - end.length());
    return names.contains(name) || name.equals(literal(local.getHostAddress()));
  }

  /** HTTP leaves its port 80 out. */
  private static String withPort(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.matches(".*:[0-9]{1,5}") && !lower.endsWith("]") ? lower : lower + ":80";
  }

  /** An address as it stands in a URL: that of IP version 6 in brackets, without its interface. */
  static String literal(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    int zone = lower.indexOf('%');
    String plain = zone < 0 ? lower : lower.substring(0, zone);
    return plain.contains(":") && !plain.startsWith("[") ? "[" + shortest(plain) + "]" : plain;
  }

  /** Java writes the loopback address of version 6 in full. */
  private static String shortest(String address) {
    return address.equals("0:0:0:0:0:0:0:1") ? "::1" : address;
  }

  private String example() {
    return (names.contains("localhost") ? "localhost" : names.iterator().next()) + ":" + port;
  }
}
