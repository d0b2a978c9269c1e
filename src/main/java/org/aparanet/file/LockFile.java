package org.aparanet.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that one process has locked, with the process's number in it. It is removed with the lock;
 * one that stayed behind a killed process is taken over.
 */
final class LockFile implements AutoCloseable {
  /** How often to look again at a lock that comes and goes, or whose owner has yet to sign. */
  private static final int ATTEMPTS = 50;

  private static final long PAUSE_MILLIS = 10;

  /** Behind the text, so that it can be read where locks forbid reading. */
  private static final long LOCKED_BYTE = 1 << 30;

  private static final int MOST_PADDING = 4000;

  /** A system's locks are between processes; closing a file here would even give them up. */
  private static final Set<Path> OF_THIS_PROCESS = new HashSet<>();

  /** Second openings, under another name, of a file that this process has locked. */
  private static final Set<FileChannel> NEVER_CLOSED = new HashSet<>();

  private final Path path;
  private final Optional<FileChannel> channel;

  private LockFile(Path path, Optional<FileChannel> channel) {
    this.path = path;
    this.channel = channel;
  }

  /** The system's lock on an open file. */
  interface Locking {
    /**
     * @return null if another process has it
     */
    FileLock lock(FileChannel channel, boolean shared) throws IOException;
  }

  /**
   * Takes a lock.
   *
   * @param claimed what it is for, to name in the refusal
   * @param path the lock's file, without symbolic links in front of its name
   * @throws ClaimedException if somebody holds it
   */
  static LockFile take(Path claimed, Path path) throws ClaimedException {
    return take(claimed, path, (channel, shared) -> channel.tryLock(LOCKED_BYTE, 1, shared));
  }

  /** As above, with other locks than the system's. */
  static LockFile take(Path claimed, Path path, Locking locking) throws ClaimedException {
    synchronized (OF_THIS_PROCESS) {
      if (!OF_THIS_PROCESS.add(path)) {
        throw ClaimedException.by(claimed, ProcessHandle.current().pid());
      }
    }
    try (Interrupts held = Interrupts.heldBack()) {
      Optional<FileChannel> channel = channel(claimed, path, locking, held);
      return new LockFile(path, channel);
    } catch (ClaimedException | RuntimeException | Error e) {
      release(path);
      throw e;
    }
  }

  /**
   * Makes sure that nobody holds a lock, without taking it.
   *
   * @param claimed what it is for, to name in the refusal
   * @throws ClaimedException if somebody holds it
   */
  static void requireFree(Path claimed, Path path) throws ClaimedException {
    synchronized (OF_THIS_PROCESS) { // before opening the file: closing it would give up the lock
      if (OF_THIS_PROCESS.contains(path)) {
        throw ClaimedException.by(claimed, ProcessHandle.current().pid());
      }
    }
    try (Interrupts held = Interrupts.heldBack();
        FileChannel channel = open(path, true);
        FileLock free = channel.tryLock(LOCKED_BYTE, 1, true)) {
      if (free == null) {
        throw ClaimedException.by(claimed, owner(path));
      }
    } catch (ClaimedException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException | OverlappingFileLockException e) {
      // there is no lock, or none of another process
    }
  }

  @Override
  public void close() {
    if (channel.isPresent()) {
      remove(path); // as long as it is locked, it is this one
      Leftovers.forget(path);
      close(channel.get());
    }
    release(path);
  }

  private static void release(Path path) {
    synchronized (OF_THIS_PROCESS) {
      OF_THIS_PROCESS.remove(path);
    }
  }

  /**
   * The locked file, known to be removed if the process ends; nothing where there can be no lock.
   */
  @SuppressWarnings("try") // what is closed is the announcement of work
  private static Optional<FileChannel> channel(
      Path claimed, Path path, Locking locking, Interrupts held) throws ClaimedException {
    long owner = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try (Leftovers.Work work = Leftovers.work()) {
        FileChannel channel = open(path, locking);
        if (channel == null) {
          owner = owner(path);
          // a new owner may not have signed yet, where one that was killed had
          if (owner > 0 && ProcessHandle.of(owner).isPresent()) {
            throw ClaimedException.by(claimed, owner);
          }
          pause(held);
        } else if (sign(channel, path)) {
          Leftovers.remember(path);
          return Optional.of(channel);
        } else {
          close(channel);
        }
      } catch (NoSuchFileException e) {
        if (!Files.isDirectory(path.getParent())) {
          return Optional.empty();
        }
        // it was removed in this moment
      } catch (AccessDeniedException e) {
        if (!removeOfAnotherUser(claimed, path, locking)) {
          return Optional.empty();
        }
      } catch (OverlappingFileLockException e) { // of this process, under another name
        throw ClaimedException.by(claimed, ProcessHandle.current().pid());
      } catch (ClaimedException e) {
        throw e;
      } catch (IOException e) {
        if (!held.came() || !isClosedByInterrupt(e)) {
          return Optional.empty(); // there are no locks here
        }
      }
    }
    throw ClaimedException.by(claimed, owner);
  }

  /**
   * Opens and locks the file, which need not be there.
   *
   * @return null if it is locked already
   * @throws IOException if there is no locking here; nothing is left behind then
   */
  private static FileChannel open(Path path, Locking locking) throws IOException {
    Optional<FileChannel> created = create(path);
    FileChannel channel = created.isPresent() ? created.get() : open(path, false);
    try {
      if (locking.lock(channel, false) != null) {
        return channel;
      }
      close(channel);
      return null;
    } catch (OverlappingFileLockException e) {
      synchronized (OF_THIS_PROCESS) {
        NEVER_CLOSED.add(channel);
      }
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      if (created.isPresent()) {
        remove(path);
      }
      close(channel);
      throw new IOException(e);
    }
  }

  private static Optional<FileChannel> create(Path path) throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      openToAll(path);
      return Optional.of(channel);
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    } catch (NoSuchFileException e) {
      throw new IOException(e); // no file can be made there, as under /proc
    }
  }

  /** Others who may write into the folder can take it over, should this process be killed. */
  private static void openToAll(Path path) {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    } catch (IOException | UnsupportedOperationException e) {
      // then they remove it, or do without
    }
  }

  private static FileChannel open(Path path, boolean reading) throws IOException {
    OpenOption way = reading ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    return FileChannel.open(path, way, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Writes this process's number into the file.
   *
   * @return whether the path still stands for the file; its last owner may have removed it between
   *     opening and locking. Its length, by chance, tells it from another one.
   */
  private static boolean sign(FileChannel channel, Path path) throws IOException {
    String padding = " ".repeat(ThreadLocalRandom.current().nextInt(MOST_PADDING));
    String text = ProcessHandle.current().pid() + "\n" + padding;
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    try {
      channel.truncate(0);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (ClosedByInterruptException e) {
      throw e; // and the lock is gone
    } catch (IOException e) {
      // a full disk: it is locked all the same
    }
    try {
      return Files.size(path) == channel.size();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whose the lock is; 0 while its file is not signed. */
  private static long owner(Path path) throws IOException {
    try (FileChannel channel = open(path, true)) {
      ByteBuffer start = ByteBuffer.allocate(24);
      channel.read(start);
      String text = new String(start.array(), 0, start.position(), StandardCharsets.US_ASCII);
      return Long.parseLong(text.substring(0, Math.max(0, text.indexOf('\n'))));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /**
   * Removes the file that another user's killed process left.
   *
   * @return whether it is gone
   * @throws ClaimedException if the process is still there
   */
  private static boolean removeOfAnotherUser(Path claimed, Path path, Locking locking)
      throws ClaimedException {
    try (FileChannel channel = open(path, true)) {
      if (locking.lock(channel, true) == null) {
        throw ClaimedException.by(claimed, owner(path));
      }
      return Files.deleteIfExists(path);
    } catch (NoSuchFileException e) {
      return Files.isDirectory(path.getParent()) && Files.isWritable(path.getParent());
    } catch (ClaimedException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException | OverlappingFileLockException e) {
      return false;
    }
  }

  private static void pause(Interrupts held) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      held.note();
    }
  }

  private static boolean isClosedByInterrupt(IOException failure) {
    return failure instanceof ClosedByInterruptException
        || failure.getCause() instanceof ClosedByInterruptException;
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // an unlocked file hinders nobody
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // it is closed as far as it can be
    }
  }
}
