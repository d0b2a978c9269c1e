package org.aparanet.data.format;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;

/**
 * Names of files as text that is the same on every machine. Two things differ between them: how
 * Unicode writes an accent, as one character or as two (macOS has two), and which encoding the
 * locale makes Java read names in.
 */
public final class FileName {
  private static final boolean BYTES = Path.of("").getFileSystem().getSeparator().equals("/");

  private FileName() {}

  /**
   * The last part of a path, with composed accents. Where names are bytes they are read as UTF-8,
   * whatever the locale; a byte that is none becomes {@code \xff}, so that such files have a name
   * too.
   */
  public static String of(Path path) {
    Path last = path.getFileName();
    if (last == null) { // a root
      return path.toString();
    }
    String name = last.toString();
    return composed(BYTES && !isPlain(name) ? decoded(bytes(path)) : name);
  }

  /** The text with composed accents (Unicode's form NFC). */
  public static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /**
   * The path of that name.
   *
   * @throws DataException if the system, or the locale, has no such names
   */
  public static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new DataException(Printable.of(text) + " cannot be opened: " + reason(e), e);
    }
  }

  /** Why a text is no path, in words that go behind a colon. */
  public static String reason(InvalidPathException e) {
    boolean locale = e.getInput().chars().anyMatch(c -> c > '~') && BYTES;
    return locale
        ? "the locale has no such characters; set the environment variable LC_ALL=C.UTF-8, or start"
            + " aparanet by its launcher"
        : "the system allows no such name (" + e.getReason() + ")";
  }

  /** Whether every encoding reads the name alike. */
  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> c <= '~');
  }

  /** The name as it is on the disk, of which Java tells in the form of a URI alone. */
  private static byte[] bytes(Path path) {
    String uri = path.toUri().getRawPath();
    String whole = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    String name = whole.substring(whole.lastIndexOf('/') + 1);
    ByteBuffer bytes = ByteBuffer.allocate(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        bytes.put((byte) Integer.parseInt(name.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.put((byte) name.charAt(i));
      }
    }
    byte[] found = new byte[bytes.position()];
    bytes.flip().get(found);
    return found;
  }

  static String decoded(byte[] name) {
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(name);
    CharBuffer part = CharBuffer.allocate(name.length);
    StringBuilder text = new StringBuilder();
    while (true) {
      CoderResult result = utf8.reset().decode(in, part, true);
      text.append(part.flip());
      part.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append(String.format("\\x%02x", in.get()));
      }
    }
  }
}
