package org.aparanet.file;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why reading or writing failed, in a few words for a sentence that has named the file. Java's
 * exceptions often repeat the path and keep the reason in their class.
 */
public final class IoReason {
  private static final String DENIED = "permission denied";
  private static final String MISSING = "there is no such file or folder";
  private static final String FOLDER = "it is a folder";
  private static final String NO_FOLDER = "it is not a folder";
  private static final String IN_THE_WAY = "a file is in the way";
  private static final String NOT_EMPTY = "the folder is not empty";
  private static final String LOOP = "its symbolic links lead in a circle";
  private static final String INTERRUPTED = "it was interrupted";

  private static final Map<Class<? extends IOException>, String> BY_CLASS =
      Map.ofEntries(
          Map.entry(AccessDeniedException.class, DENIED),
          Map.entry(NoSuchFileException.class, MISSING),
          Map.entry(FileAlreadyExistsException.class, IN_THE_WAY),
          Map.entry(NotDirectoryException.class, NO_FOLDER),
          Map.entry(DirectoryNotEmptyException.class, NOT_EMPTY),
          Map.entry(FileSystemLoopException.class, LOOP),
          Map.entry(NotLinkException.class, "it is not a symbolic link"),
          Map.entry(ClosedByInterruptException.class, INTERRUPTED));

  /** Plainer words for messages of operating systems; other messages stay as they are. */
  private static final Map<String, String> PLAINER =
      Map.of(
          "Permission denied", DENIED,
          "Access is denied", DENIED,
          "No such file or directory", MISSING,
          "Is a directory", FOLDER,
          "Not a directory", "a part of its path is not a folder",
          "File exists", IN_THE_WAY,
          "Directory not empty", NOT_EMPTY,
          "Interrupted system call", INTERRUPTED);

  /** {@link FileNotFoundException}: a path, then the reason. */
  private static final Pattern IN_BRACKETS = Pattern.compile(".*\\(([^()]+)\\)", Pattern.DOTALL);

  private IoReason() {}

  /** The reason for a failure; never empty and never the path alone. */
  public static String of(IOException failure) {
    String known = BY_CLASS.get(failure.getClass());
    if (known != null) {
      return known;
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    if (failure instanceof ClosedChannelException) {
      return "it has been closed";
    }
    String message = message(failure);
    Throwable cause = failure.getCause();
    if (message != null && !message.isBlank() && !message.equals("" + cause)) {
      return plainer(message.strip());
    }
    return cause instanceof IOException io ? of(io) : withoutMessage(failure);
  }

  /** As above, of an exception that may only carry the one that tells the reason. */
  public static String of(UncheckedIOException failure) {
    return of(failure.getCause());
  }

  /** As above. */
  public static String of(DirectoryIteratorException failure) {
    return of(failure.getCause());
  }

  private static String message(IOException failure) {
    if (failure instanceof FileSystemException e) {
      return e.getReason();
    }
    if (failure instanceof FileNotFoundException e && e.getMessage() != null) {
      Matcher path = IN_BRACKETS.matcher(e.getMessage());
      return path.matches() ? path.group(1) : MISSING;
    }
    return failure.getMessage();
  }

  private static String plainer(String message) {
    if (message.startsWith("Too many levels of symbolic links")) {
      return LOOP;
    }
    return PLAINER.getOrDefault(message, message);
  }

  private static String withoutMessage(IOException failure) {
    if (failure instanceof EOFException) {
      return "it ends too early";
    }
    if (failure instanceof InterruptedIOException) {
      return INTERRUPTED;
    }
    Throwable cause = failure.getCause();
    return cause != null && cause.getMessage() != null
        ? cause.getMessage()
        : "the system gives no reason but " + failure.getClass().getSimpleName();
  }
}
