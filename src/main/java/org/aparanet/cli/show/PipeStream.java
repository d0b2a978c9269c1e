package org.aparanet.cli.show;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard stream that ends the command when its reader has ended, as of {@code | head -3}; Java's
 * writers would ignore it. Any other failure, such as of a full disk, is left to the writer.
 */
final class PipeStream extends FilterOutputStream {
  private final boolean pipe;

  /**
   * @param descriptor number of the stream's file descriptor
   */
  PipeStream(OutputStream out, int descriptor) {
    super(out);
    pipe = isPipe(descriptor);
  }

  @Override
  public void write(int b) throws IOException {
    attempt(() -> out.write(b));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    attempt(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    attempt(out::flush);
  }

  private void attempt(Action action) throws IOException {
    try {
      action.run();
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      if (pipe || reason.contains("Broken pipe")) {
        throw new ClosedOutputException(e);
      }
      throw e;
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  /**
   * Whether a descriptor is a pipe or socket, which Linux reports; elsewhere the exception's
   * message decides.
   */
  private static boolean isPipe(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("pipe:") || target.startsWith("socket:");
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
