package org.aparanet.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names by which this server may be asked for. A page of another site that has its name lead to
 * this address (DNS rebinding), or that sends a form here, does not know them or tells another
 * origin.
 */
final class ServedHosts {
  /** Why such a request gets nothing. */
  static final String OTHER_SITES = "requests of pages of other sites are refused";

  private final Set<String> names = new TreeSet<>();
  private final int port;

  /**
   * @param given what {@code --host} says
   * @param port that is listened on
   */
  ServedHosts(String given, int port) {
    this.port = port;
    InetAddress address = new InetSocketAddress(given, port).getAddress();
    names.add(plain(literal(given)));
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
      throw new RequestException(403, OTHER_SITES);
    }
  }

  private boolean isServed(String host, InetAddress local) {
    String asked = withPort(host);
    String end = ":" + port;
    if (!asked.endsWith(end)) {
      return false;
    }
    String name = asked.substring(0, asked.length() - end.length());
    return names.contains(plain(name))
        || plain(name).equals(plain(literal(local.getHostAddress())));
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
    return plain.contains(":") && !plain.startsWith("[") ? "[" + plain + "]" : plain;
  }

  /** An address of version 6 as Java writes it, in full, but for the loopback address. */
  private static String plain(String name) {
    if (!name.matches("\\[[0-9a-f:.]+\\]")) {
      return name;
    }
    try {
      String full = InetAddress.getByName(name).getHostAddress(); // of a number nobody is asked
      return full.equals("0:0:0:0:0:0:0:1") ? "[::1]" : "[" + full + "]";
    } catch (UnknownHostException e) {
      return name;
    }
  }

  private String example() {
    return (names.contains("localhost") ? "localhost" : names.iterator().next()) + ":" + port;
  }
}
