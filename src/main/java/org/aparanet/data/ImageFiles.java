package org.aparanet.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.Printable;
import org.aparanet.file.IoReason;

/** The files of a folder and of the folders in it, to be read as images. */
public final class ImageFiles {
  private final List<Found> found = new ArrayList<>();

  private final Consumer<Path> litter;

  private ImageFiles(Consumer<Path> litter) {
    this.litter = litter;
  }

  /**
   * A file, or a folder whose files are not known.
   *
   * @param path the file or folder
   * @param problem why the folder could not be listed; empty for a file
   */
  public record Found(Path path, Optional<DataException> problem) {}

  /**
   * All files in a folder, whatever they hold, in the order of their names; those of a folder in it
   * stand at its place. {@linkplain Litter What other programs put there} is left out. A folder
   * that cannot be listed, or is a link to one around it, is told of at its place.
   *
   * @param folder to look in
   * @return the files, and the folders whose files are not known; empty where there is none
   */
  public static List<Found> in(Path folder) {
    return in(folder, path -> {});
  }

  /**
   * As {@link #in(Path)}.
   *
   * @param litter is told of what is left out
   */
  static List<Found> in(Path folder, Consumer<Path> litter) {
    ImageFiles files = new ImageFiles(litter);
    files.add(folder, List.of());
    return files.found;
  }

  /**
   * @param around real paths of the folders that this one was found in
   */
  private void add(Path folder, List<Path> around) {
    try {
      List<Path> inside = new ArrayList<>(around);
      inside.add(real(folder, around));
      for (Path path : ClassFolders.content(folder, litter)) {
        if (ClassFolders.isFolder(path)) {
          add(path, inside);
        } else {
          found.add(new Found(path, Optional.empty()));
        }
      }
    } catch (DataException e) {
      found.add(new Found(folder, Optional.of(e)));
    }
  }

  private static Path real(Path folder, List<Path> around) {
    Path real;
    try {
      real = folder.toRealPath();
    } catch (IOException e) {
      throw new DataException(
          Printable.of(folder.toString()) + " cannot be listed: " + IoReason.of(e), e);
    }
    if (around.contains(real)) {
      throw new DataException(
          Printable.of(folder.toString()) + " is a link to a folder that it lies in");
    }
    return real;
  }
}
