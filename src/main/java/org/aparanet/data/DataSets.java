package org.aparanet.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Data sets by name or folder.
 *
 * <p>A folder holds the four IDX files of a set like MNIST, Fashion-MNIST or KMNIST: {@code
 * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte} and
 * {@code t10k-labels-idx1-ubyte}, each plain or as {@code .gz}, with {@code -} or {@code .} before
 * {@code idx}.
 */
public final class DataSets {
  private static final List<String> NAMES = List.of("mnist");

  private DataSets() {}

  /**
   * Reads a whole data set. The number of classes is one more than the largest training label, and
   * at least 2.
   *
   * @param nameOrFolder a name, such as {@code mnist}, or the path of a folder
   * @param dataFolder where the data sets with names are
   * @throws DataException if there is no such set or its files are broken or do not fit together
   */
  public static DataSet open(String nameOrFolder, Path dataFolder) {
    return folder(nameOrFolder, dataFolder).readAll();
  }

  /**
   * Reads one part of a data set; as {@link #open} otherwise.
   *
   * @throws DataException as {@link #open}
   */
  public static ImageSet openSplit(String nameOrFolder, Path dataFolder, Split split) {
    return folder(nameOrFolder, dataFolder).read(split);
  }

  private static IdxFolder folder(String nameOrFolder, Path dataFolder) {
    if (NAMES.contains(nameOrFolder)) {
      return new IdxFolder(nameOrFolder, dataFolder.resolve(nameOrFolder));
    }
    try {
      Path folder = Path.of(nameOrFolder);
      if (!nameOrFolder.isBlank() && Files.isDirectory(folder)) {
        return new IdxFolder(folder.toAbsolutePath().normalize().getFileName() + "", folder);
      }
    } catch (InvalidPathException e) {
      // no path, and so no folder either
    }
    throw new DataException(
        "\"%s\" is neither a data set (%s) nor a folder with four IDX files such as %s"
            .formatted(nameOrFolder, String.join(", ", NAMES), "train-images-idx3-ubyte.gz"));
  }
}
