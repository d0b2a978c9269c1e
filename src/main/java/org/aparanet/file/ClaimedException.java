package org.aparanet.file;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Another process, or another part of this one, writes a file or uses a folder. */
public final class ClaimedException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  private ClaimedException(Path path, String reason) {
    super(path.toString(), null, reason);
  }

  /**
   * @param owner the number of the process; 0 if it is not known
   */
  static ClaimedException by(Path path, long owner) {
    String who =
        owner == ProcessHandle.current().pid()
            ? "this very process, " + owner + ", is using it already"
            : "another aparanet" + (owner == 0 ? "" : ", process " + owner + ",") + " is using it";
    return new ClaimedException(path, who);
  }
}
