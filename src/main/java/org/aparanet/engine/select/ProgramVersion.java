package org.aparanet.engine.select;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** Which aparanet this is, precisely enough that the same version has the same kernels. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /**
   * The version, and of a version that is still being worked on the time of its build as well;
   * empty if this is no packaged program.
   *
   * @return the version
   */
  public static Optional<String> ofThisProgram() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    CodeSource source = ProgramVersion.class.getProtectionDomain().getCodeSource();
    if (version == null || source == null) {
      return Optional.empty();
    }
    if (!version.endsWith("-SNAPSHOT")) {
      return Optional.of(version);
    }
    try {
      Path jar = Path.of(source.getLocation().toURI());
      return Optional.of(version + " " + Files.getLastModifiedTime(jar));
    } catch (IOException | URISyntaxException e) {
      return Optional.empty();
    }
  }
}
