package org.aparanet.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.aparanet.data.format.FileName;

/** The folder in which the program lies, with its {@code data}. */
final class Home {
  private Home() {}

  /** Where the data sets with names are. */
  static Path data() {
    return folder().resolve("data");
  }

  /**
   * The launcher says where it lies; without it, classes in {@code target/aparanet.jar} or {@code
   * target/classes} tell; failing that it is the working folder.
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
