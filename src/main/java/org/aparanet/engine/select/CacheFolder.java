package org.aparanet.engine.select;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where a user's programs keep what they can do without. */
public final class CacheFolder {
  private CacheFolder() {}

  /** {@return this user's folder for aparanet; empty if there is no saying where} */
  public static Optional<Path> ofThisUser() {
    return of(System.getProperty("os.name", ""), System::getenv, System.getProperty("user.home"));
  }

  /**
   * @param system name of the operating system, as Java says it
   * @param environment environment variables by name, null for those that are not set
   * @param home the user's home folder, or null
   */
  static Optional<Path> of(String system, UnaryOperator<String> environment, String home) {
    String name = system.toLowerCase(Locale.ROOT);
    Optional<Path> base;
    if (name.startsWith("windows")) {
      base =
          absolute(environment.apply("LOCALAPPDATA"))
              .or(() -> absolute(home).map(h -> h.resolve("AppData").resolve("Local")));
    } else if (name.startsWith("mac")) {
      base = absolute(home).map(h -> h.resolve("Library").resolve("Caches"));
    } else {
      base =
          absolute(environment.apply("XDG_CACHE_HOME"))
              .or(() -> absolute(home).map(h -> h.resolve(".cache")));
    }
    return base.map(folder -> folder.resolve("aparanet"));
  }

  /** A path that is not absolute means another folder wherever one stands. */
  private static Optional<Path> absolute(String path) {
    try {
      return Optional.ofNullable(path).map(Path::of).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
