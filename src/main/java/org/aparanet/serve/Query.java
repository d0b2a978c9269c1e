package org.aparanet.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.aparanet.data.format.Printable;

/** The query of a request's address, such as {@code top=3&invert=1}. */
final class Query {
  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * @param text behind the question mark, or null
   * @param allowed names of the parameters that there are
   * @throws RequestException if there is another one, or one twice
   */
  Query(String text, Set<String> allowed) {
    if (text == null || text.isEmpty()) {
      return;
    }
    for (String part : text.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      if (!allowed.contains(name)) {
        throw new RequestException(
            400,
            "there is no parameter "
                + Printable.of(name)
                + (allowed.isEmpty() ? "" : "; there are " + String.join(", ", sorted(allowed))));
      }
      if (values.put(name, equals < 0 ? "" : part.substring(equals + 1)) != null) {
        throw new RequestException(400, "the parameter " + name + " is given twice");
      }
    }
  }

  private static Iterable<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  /** A whole number from 1 on, if it is given. */
  OptionalInt number(String name) {
    String value = values.get(name);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value.matches("0*[1-9][0-9]{0,8}")) {
      return OptionalInt.of(Integer.parseInt(value));
    }
    throw refused(name, value, "a whole number from 1 to 999999999");
  }

  /** Whether a switch is on. */
  boolean isOn(String name) {
    String value = values.getOrDefault(name, "0");
    if (!value.equals("0") && !value.equals("1")) {
      throw refused(name, value, "0 or 1");
    }
    return value.equals("1");
  }

  private static RequestException refused(String name, String value, String allowed) {
    return new RequestException(
        400,
        "the parameter "
            + name
            + ": "
            + Printable.of(value)
            + " is not allowed; it takes "
            + allowed);
  }
}
