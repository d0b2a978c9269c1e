package org.aparanet.data.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.Printable;
import org.aparanet.file.ClaimedException;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;

/**
 * Place of the pixels of data sets: in memory where there is room for them, or else in files of one
 * folder, each made once from a set and used again as long as the set is what it was.
 *
 * <p>A file is made by one process at a time; another one that needs it waits.
 */
public final class PixelStore {
  /** Folder of the files, in that of the data sets with names. */
  static final String FOLDER = "pixels";

  private static final String ELSEWHERE =
      "the system property " + DataMemory.FOLDER + " names another folder for them";

  private static final long PAUSE_MILLIS = 200;

  private final PixelFolder folder;
  private final long memory;
  private final ReadingListener listener;
  private final FreeSpace freeSpace;

  /** How much room a folder has. */
  interface FreeSpace {
    /** In bytes. */
    long of(Path folder) throws IOException;
  }

  /** What reads a set. */
  @FunctionalInterface
  public interface Reading {

    /**
     * Reads the set.
     *
     * @param sink takes the pixels of all images, in order
     * @return the labels of these images, and sentences about those that were left out
     * @throws IOException if the sink has no room for them
     */
    Rest into(PixelSink sink) throws IOException;
  }

  /**
   * What a set has beside its pixels.
   *
   * @param labels class of each image
   * @param problems sentences about images that were left out
   */
  public record Rest(byte[] labels, List<String> problems) {}

  /**
   * The store beside the data sets with names, unless the system property {@code
   * aparanet.data.pixels} names another folder.
   *
   * @param dataFolder where the data sets with names are
   * @param listener is told how it goes
   * @return the store
   */
  public static PixelStore beside(Path dataFolder, ReadingListener listener) {
    return new PixelStore(
        PixelFolder.beside(dataFolder).path(),
        DataMemory.most(),
        listener,
        folder -> Files.getFileStore(folder).getUsableSpace());
  }

  /**
   * With everything given.
   *
   * @param memory the most bytes of a set in memory
   */
  PixelStore(Path folder, long memory, ReadingListener listener, FreeSpace freeSpace) {
    this.folder = new PixelFolder(folder);
    this.memory = memory;
    this.listener = listener;
    this.freeSpace = freeSpace;
  }

  /** {@return who is told how it goes} */
  public ReadingListener listener() {
    return listener;
  }

  /**
   * {@return whether there is room in memory, and each part fits into an array}
   *
   * @param parts bytes of the pixels of a set's parts
   */
  public boolean keepsInMemory(long... parts) {
    return LongStream.of(parts).sum() <= memory
        && LongStream.of(parts).allMatch(bytes -> bytes <= ArrayPixels.MOST_BYTES);
  }

  /**
   * Takes a set from its file, which is made if there is none that is sound.
   *
   * @param name what to call the set in messages
   * @param key what the set is made from
   * @param images the most images that it can have
   * @param reading reads it where there is no file
   * @return the set
   * @throws DataException if the file cannot be read or written, or the set cannot be read
   */
  public StoredSet open(String name, PixelKey key, long images, Reading reading) {
    Path file = folder.path().resolve(key.fileName());
    try {
      Target.makeFolder(folder.path());
      boolean told = false;
      while (true) {
        Optional<PixelFile> there = sound(name, key, file);
        if (there.isPresent()) {
          return set(there.get());
        }
        try (Claims claims = new Claims()) {
          claims.file(file);
          there = sound(name, key, file); // another process may have made it meanwhile
          return set(there.isPresent() ? there.get() : make(name, key, images, reading, file));
        } catch (ClaimedException e) {
          if (!told) {
            told = true;
            listener.accept(name + ": waiting, as " + IoReason.of(e) + " for the same images");
          }
          pause(name);
        }
      }
    } catch (IOException e) {
      throw failure(name, e);
    }
  }

  private DataException failure(String name, IOException cause) {
    return new DataException(
        "%s does not fit into memory, and its pixels cannot be kept in %s: %s; %s"
            .formatted(name, Printable.of(folder.path().toString()), IoReason.of(cause), ELSEWHERE),
        cause);
  }

  private StoredSet set(PixelFile file) throws IOException {
    PixelTrailer trailer = file.trailer();
    return new StoredSet(file.pixels(), trailer.labels(), trailer.problems());
  }

  /** The file, if all of it is as it was written. */
  private Optional<PixelFile> sound(String name, PixelKey key, Path file) throws IOException {
    if (Target.look(file).isEmpty()) {
      return Optional.empty();
    }
    Optional<PixelFile> there =
        PixelFile.look(file).filter(found -> found.trailer().key().equals(key));
    if (there.isPresent() && isSound(name, there.get())) {
      listener.accept("%s: the pixels are in %s".formatted(name, shown(there.get())));
      return there;
    }
    return Optional.empty();
  }

  private boolean isSound(String name, PixelFile file) throws IOException {
    listener.begin("checking the pixels of " + name, file.trailer().labels().length);
    try {
      return file.isSound(listener);
    } finally {
      listener.end();
    }
  }

  private PixelFile make(String name, PixelKey key, long images, Reading reading, Path path)
      throws IOException {
    if (Target.look(path).isPresent()) {
      listener.accept(Printable.of(path.toString()) + " is damaged and is made again");
    }
    folder.removeUnfinished(path);
    requireRoom(name, images * key.imageSize());
    PixelFile made;
    try (PixelFileWriter writer = new PixelFileWriter(path, key)) {
      Rest rest = reading.into(writer);
      made = writer.publish(rest.labels(), rest.problems());
    }
    folder.removeOlder(made);
    listener.accept(
        "%s: more than Java's heap has room for, so that the pixels are in %s"
            .formatted(name, shown(made)));
    return made;
  }

  private static String shown(PixelFile file) {
    return "%s (%s)"
        .formatted(
            Printable.of(file.path().toString()), PixelFolder.amount(file.trailer().pixelBytes()));
  }

  private void requireRoom(String name, long bytes) throws IOException {
    long free = freeSpace.of(folder.path());
    if (free < bytes) {
      throw new DataException(
          "%s does not fit into memory, and its pixels need %s, but there are only %s free in %s; %s"
              .formatted(
                  name,
                  PixelFolder.amount(bytes),
                  PixelFolder.amount(free),
                  Printable.of(folder.path().toString()),
                  ELSEWHERE));
    }
  }

  private static void pause(String name) {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException(name + " is not read: the program was interrupted", e);
    }
  }
}
