package org.aparanet.data.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.Printable;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;

/** The folder with the files of pixels of sets that are larger than memory. */
public final class PixelFolder {
  private static final String UNFINISHED = PixelFile.ENDING + ".tmp";

  private final Path folder;

  PixelFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder beside the data sets with names, unless the system property {@code
   * aparanet.data.pixels} names another.
   *
   * @param dataFolder where the data sets with names are
   * @return the folder, which need not be there
   * @throws DataException if the property is no path
   */
  public static PixelFolder beside(Path dataFolder) {
    return new PixelFolder(
        DataMemory.folder().orElseGet(() -> dataFolder.resolve(PixelStore.FOLDER)));
  }

  /** {@return where it is} */
  public Path path() {
    return folder;
  }

  /**
   * A file in the folder.
   *
   * @param path of the file
   * @param source of which set it has the pixels, in words
   * @param images number of images; 0 if it is not complete
   * @param bytes its length
   */
  public record Entry(Path path, String source, int images, long bytes) {}

  /**
   * {@return the files, those that are not complete or damaged included, in the order of their
   * sources}
   *
   * @throws DataException if the folder cannot be read
   */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    try {
      for (Path file : files()) {
        entry(file).ifPresent(entries::add);
      }
    } catch (IOException e) {
      throw refusal("listed", folder, e);
    }
    entries.sort(Comparator.comparing(Entry::source).thenComparing(Entry::path));
    return entries;
  }

  /** Empty if the file has just been removed. */
  private static Optional<Entry> entry(Path file) throws IOException {
    try {
      long bytes = Files.size(file);
      Optional<PixelTrailer> trailer =
          isUnfinished(file) ? Optional.empty() : PixelFile.look(file).map(PixelFile::trailer);
      String source =
          trailer
              .map(found -> found.key().source())
              .orElse(isUnfinished(file) ? "unfinished" : "damaged");
      return Optional.of(
          new Entry(file, source, trailer.map(found -> found.labels().length).orElse(0), bytes));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Removes a file, unless a process is writing it.
   *
   * @param entry the file
   * @throws DataException if it is being written, or cannot be removed
   */
  public void remove(Entry entry) {
    try (Claims claims = new Claims()) {
      claims.file(isUnfinished(entry.path()) ? finished(entry.path()) : entry.path());
      Files.deleteIfExists(entry.path());
    } catch (IOException e) {
      throw refusal("removed", entry.path(), e);
    }
  }

  /**
   * {@return an amount in words, such as {@code 4.18 GB}, {@code 12.3 MB} or {@code 900 bytes}}
   *
   * @param bytes the amount
   */
  public static String amount(long bytes) {
    if (bytes < 1_000_000) {
      return bytes + " bytes";
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }

  private static DataException refusal(String what, Path path, IOException cause) {
    return new DataException(
        Printable.of(path.toString()) + " cannot be " + what + ": " + IoReason.of(cause), cause);
  }

  /** Removes what a killed process left of a file that is claimed now. */
  void removeUnfinished(Path file) throws IOException {
    for (Path left : files()) {
      if (isUnfinished(left) && finished(left).equals(file)) {
        Files.deleteIfExists(left);
      }
    }
  }

  /** Removes files of the same set as it was before, which may be in use: then they go later. */
  void removeOlder(PixelFile made) throws IOException {
    String source = made.trailer().key().source();
    for (Path file : files()) {
      if (isUnfinished(file) || file.equals(made.path())) {
        continue;
      }
      try (Claims claims = new Claims()) {
        if (PixelFile.look(file)
            .filter(f -> f.trailer().key().source().equals(source))
            .isPresent()) {
          claims.file(file);
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        // it stays, and "data clear" tells why
      }
    }
  }

  private static boolean isUnfinished(Path file) {
    return file.getFileName().toString().endsWith(UNFINISHED);
  }

  /** The file that an unfinished one would have become, by the name that it has until then. */
  private static Path finished(Path unfinished) {
    String name = unfinished.getFileName().toString();
    return unfinished.resolveSibling(
        name.substring(name.indexOf('-') + 1, name.length() - ".tmp".length()));
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    if (Target.look(folder).isPresent()) {
      try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
        for (Path file : content) {
          String name = file.getFileName().toString();
          if (name.endsWith(PixelFile.ENDING) || name.endsWith(UNFINISHED)) {
            files.add(file);
          }
        }
      }
    }
    return files;
  }
}
