package org.aparanet.cli.option;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.aparanet.file.ClaimedException;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;

/** Checks of output files before the work begins. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Checks a file, and claims it.
   *
   * @param option the option that names the file
   * @param file the file, or null if the option was not given
   * @throws CommandException if the file cannot be written, or another process writes it
   */
  public static void check(String option, Path file, Claims claims) {
    if (file == null) {
      return;
    }
    try {
      Path target = Target.of(file);
      Optional<BasicFileAttributes> there = Target.look(target);
      Path folder = target.getParent();
      if (Claims.isLock(target)) {
        throw refusal(option, file, "names that begin with a dot and end in .lock are for locks");
      }
      if (there.filter(BasicFileAttributes::isDirectory).isPresent() || folder == null) {
        throw refusal(option, file, "that is a folder; it takes the name of a file");
      }
      if (there.isPresent() && !there.get().isRegularFile()) { // a device file would be replaced
        throw refusal(option, file, "it is not a regular file");
      }
      if (Target.look(folder).filter(BasicFileAttributes::isDirectory).isEmpty()) {
        throw refusal(option, file, "there is no folder " + folder);
      }
      requireWritable(option, file, folder);
      claims.file(file);
    } catch (ClaimedException e) {
      throw refusal(option, file, IoReason.of(e) + "; name another file, or wait for its end");
    } catch (IOException e) {
      throw refusal(option, file, IoReason.of(e));
    }
  }

  private static void requireWritable(String option, Path file, Path folder) throws IOException {
    try {
      folder.getFileSystem().provider().checkAccess(folder, AccessMode.WRITE);
    } catch (AccessDeniedException e) {
      throw refusal(option, file, "folder " + folder + " is not writable");
    }
  }

  /** Whether two names are of one file; neither has to exist. */
  public static boolean same(Path one, Path other) {
    return real(one).equals(real(other));
  }

  private static Path real(Path file) {
    try {
      Path target = Target.of(file);
      Path folder = target.getParent();
      return folder == null ? target : folder.toRealPath().resolve(target.getFileName());
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }

  private static CommandException refusal(String option, Path file, String reason) {
    return new CommandException("option " + option + ": cannot write " + file + ": " + reason);
  }
}
