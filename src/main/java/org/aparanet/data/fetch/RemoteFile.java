package org.aparanet.data.fetch;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file that lies on servers.
 *
 * @param name its name, both behind a server's address and here
 * @param bytes its length
 * @param digest what its content comes to
 */
public record RemoteFile(String name, long bytes, Digest digest) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /**
   * Checks the values.
   *
   * @param name its name, both behind a server's address and here
   * @param bytes its length
   * @param digest what its content comes to
   * @throws IllegalArgumentException if the name is more than a plain file name, or the length is
   *     not positive
   */
  public RemoteFile {
    Objects.requireNonNull(digest);
    if (!PLAIN.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is not a plain file name");
    }
    if (bytes < 1) {
      throw new IllegalArgumentException(name + " with " + bytes + " bytes; expected at least 1");
    }
  }
}
