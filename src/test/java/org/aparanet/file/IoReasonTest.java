package org.aparanet.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IoReasonTest {
  private static final String PATH = "/a folder/file (1).txt";

  @TempDir Path folder;

  static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of(new AccessDeniedException(PATH), "permission denied"),
        Arguments.of(new NoSuchFileException(PATH), "there is no such file or folder"),
        Arguments.of(new FileAlreadyExistsException(PATH), "a file is in the way"),
        Arguments.of(new NotDirectoryException(PATH), "it is not a folder"),
        Arguments.of(new DirectoryNotEmptyException(PATH), "the folder is not empty"),
        Arguments.of(new FileSystemLoopException(PATH), "its symbolic links lead in a circle"),
        Arguments.of(new NotLinkException(PATH), "it is not a symbolic link"),
        Arguments.of(os("Read-only file system"), "Read-only file system"),
        Arguments.of(os("No space left on device"), "No space left on device"),
        Arguments.of(os("Disk quota exceeded"), "Disk quota exceeded"),
        Arguments.of(os("Too many open files"), "Too many open files"),
        Arguments.of(os("File name too long"), "File name too long"),
        Arguments.of(os("Input/output error"), "Input/output error"),
        Arguments.of(os("Is a directory"), "it is a folder"),
        Arguments.of(os("Not a directory"), "a part of its path is not a folder"),
        Arguments.of(os("Permission denied"), "permission denied"),
        Arguments.of(
            os("Too many levels of symbolic links or unable to access attributes"),
            "its symbolic links lead in a circle"),
        Arguments.of(
            new AtomicMoveNotSupportedException(PATH, PATH, "Invalid cross-device link"),
            "Invalid cross-device link"),
        Arguments.of(
            new FileSystemException(PATH), "the system gives no reason but FileSystemException"),
        Arguments.of(new FileNotFoundException(PATH + " (Permission denied)"), "permission denied"),
        Arguments.of(
            new FileNotFoundException(PATH + " (Too many open files)"), "Too many open files"),
        Arguments.of(new FileNotFoundException("/plain"), "there is no such file or folder"),
        Arguments.of(new IOException("No space left on device"), "No space left on device"),
        Arguments.of(new IOException("Is a directory"), "it is a folder"),
        Arguments.of(new IOException(new AccessDeniedException(PATH)), "permission denied"),
        Arguments.of(new IOException(null, new NoSuchFileException(PATH)), MISSING),
        Arguments.of(new IOException(), "the system gives no reason but IOException"),
        Arguments.of(new EOFException(), "it ends too early"),
        Arguments.of(new MalformedInputException(1), "it is not text in UTF-8"),
        Arguments.of(new InterruptedIOException(), "it was interrupted"),
        Arguments.of(new ClosedByInterruptException(), "it was interrupted"),
        Arguments.of(new AsynchronousCloseException(), "it has been closed"),
        Arguments.of(new ClosedChannelException(), "it has been closed"));
  }

  private static final String MISSING = "there is no such file or folder";

  @ParameterizedTest
  @MethodSource("reasons")
  void isAReasonForEveryKindOfFailure(IOException failure, String reason) {
    assertEquals(reason, IoReason.of(failure));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it fails in other ways")
  void isTrueOfWhatReallyHappens() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    Path full = Files.createDirectories(folder.resolve("full/inside")).getParent();
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, folder.resolve("back"));
    Files.createSymbolicLink(folder.resolve("back"), loop);
    Path missing = folder.resolve("none/file");

    assertReason("a file is in the way", () -> Files.createDirectories(file));
    assertReason(
        "a part of its path is not a folder", () -> Files.createDirectory(file.resolve("x")));
    assertReason("it is not a folder", () -> Files.newDirectoryStream(file).close());
    assertReason("it is a folder", () -> Files.readString(full));
    assertReason("it is a folder", () -> new FileInputStream(full.toFile()).close());
    assertReason("it is a folder", () -> FileChannel.open(full, StandardOpenOption.WRITE).close());
    assertReason("the folder is not empty", () -> Files.delete(full));
    assertReason(MISSING, () -> Files.readString(missing));
    assertReason(MISSING, () -> new FileInputStream(missing.toFile()).close());
    assertReason("its symbolic links lead in a circle", () -> Files.readString(loop));
    assertReason("its symbolic links lead in a circle", () -> Target.look(loop));
    assertReason("its symbolic links lead in a circle", () -> Target.of(loop));
    assertReason("File name too long", () -> Target.look(folder.resolve("n".repeat(256))));
    assertReason("it is not text in UTF-8", () -> Files.readString(latin()));
  }

  private Path latin() throws IOException {
    return Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe9, ' '});
  }

  private void assertReason(String reason, Executable action) {
    String told = IoReason.of(assertThrows(IOException.class, action));
    assertEquals(reason, told);
    assertFalse(told.contains(folder.toString()), told);
  }

  private static FileSystemException os(String reason) {
    return new FileSystemException(PATH, null, reason);
  }
}
