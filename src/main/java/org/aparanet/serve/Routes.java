package org.aparanet.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The paths that are served: a fixed map, held in memory. No path of a request is ever looked for
 * on the disk.
 */
final class Routes {

  /**
   * A path that is served.
   *
   * @param name the path, or for a family of paths its beginning with a star, for counts
   * @param method GET or POST; whoever may GET may also ask for the HEAD
   * @param rest what follows the beginning of a family; empty for a single path
   * @param route what answers
   */
  record Served(String name, String method, String rest, Route route) {
    boolean allows(String asked) {
      return asked.equals(method) || asked.equals("HEAD") && method.equals("GET");
    }

    /** Value of the header Allow. */
    String allowed() {
      return method.equals("GET") ? "GET, HEAD" : method;
    }
  }

  private final Map<String, Served> exact = new LinkedHashMap<>();
  private final Map<String, Served> families = new LinkedHashMap<>();

  Routes get(String path, Route route) {
    exact.put(path, new Served(path, "GET", "", route));
    return this;
  }

  Routes post(String path, Route route) {
    exact.put(path, new Served(path, "POST", "", route));
    return this;
  }

  /** Serves all paths that go on behind a beginning with a last part, such as a number. */
  Routes getBelow(String beginning, Route route) {
    families.put(beginning, new Served(beginning + "*", "GET", "", route));
    return this;
  }

  /** Finds what serves a path, as it stands in the request. */
  Optional<Served> find(String path) {
    Served single = exact.get(path);
    if (single != null) {
      return Optional.of(single);
    }
    int slash = path.lastIndexOf('/') + 1;
    Served family = families.get(path.substring(0, slash));
    return Optional.ofNullable(family)
        .map(f -> new Served(f.name(), f.method(), path.substring(slash), f.route()));
  }
}
