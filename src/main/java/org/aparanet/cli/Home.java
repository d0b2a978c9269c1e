package org.aparanet.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.aparanet.data.format.FileName;

/** Folder of the program, with its {@code data}. */
final class Home {
  private Home() {}

  /** Folder of the named data sets. */
  static Path data() {
    return folder().resolve("data");
  }

  /**
   * Folder of the launcher, by its system property; without it, that of {@code target/aparanet.jar}
   * or {@code target/classes}; otherwise the working folder.
   */
  static Path folder() {
    String told = System.getProperty("aparanet.home");
    if (told != null) {
      return FileName.path(told);
    }
    CodeSource source = Home.class.getProtectionDomain().getCodeSource();
    if (source != null) {
      try {
        Path target = Path.of(source.getLocation().toURI()).getParent();
        if (target != null && Files.isDirectory(target.resolveSibling("data"))) {
          return target.getParent();
        }
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    return Path.of("");
  }
}
