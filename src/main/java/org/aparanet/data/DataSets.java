package org.aparanet.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.FileName;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.format.Printable;
import org.aparanet.data.store.PixelStore;
import org.aparanet.data.store.ReadingListener;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;
import org.aparanet.model.Shape;

/**
 * Data sets by name or folder. What a folder is, its content tells:
 *
 * <ul>
 *   <li>the four IDX files of a set like MNIST, Fashion-MNIST or KMNIST: {@code
 *       train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-images-idx3-ubyte}
 *       and {@code t10k-labels-idx1-ubyte}, each plain or as {@code .gz}, with {@code -} or {@code
 *       .} before {@code idx}; or those of EMNIST's letters;
 *   <li>the six binary files of CIFAR-10;
 *   <li>image files in one sub-folder for each class, or such sub-folders in {@code train}, {@code
 *       val} and {@code test}.
 * </ul>
 */
public final class DataSets {

  /** Default shape that image files are resized to. */
  public static final Shape DEFAULT_INPUT = new Shape(3, 32, 32);

  private DataSets() {}

  /**
   * Where a data set is and how it is to be read.
   *
   * @param nameOrFolder a name, such as {@code mnist}, or the path of a folder
   * @param dataFolder where the data sets with names are
   * @param input what image files are resized to, 1 or 3 channels; empty for what suits them: the
   *     size that all have, up to 64 pixels a side, otherwise 64 x 64, or 32 x 32 where most are
   *     smaller than 48, with one channel if all are grey. Sets of other files have a shape of
   *     their own and do not look at it
   * @param notes is told sentences for the user, such as what was left out, and how the reading
   *     goes
   */
  public record Place(
      String nameOrFolder, Path dataFolder, Optional<Shape> input, ReadingListener notes) {

    /**
     * A place of image files that are resized to a shape.
     *
     * @param nameOrFolder a name, such as {@code mnist}, or the path of a folder
     * @param dataFolder where the data sets with names are
     * @param input what image files are resized to, 1 or 3 channels
     * @param notes is told sentences for the user, and how the reading goes
     */
    public Place(String nameOrFolder, Path dataFolder, Shape input, ReadingListener notes) {
      this(nameOrFolder, dataFolder, Optional.of(input), notes);
    }

    private PixelStore store() {
      return PixelStore.beside(dataFolder, notes);
    }
  }

  /** {@return the names} */
  public static List<String> names() {
    return NamedSet.labels();
  }

  /**
   * The name as it is written here, where it was written with other capitals. A folder of such a
   * name is a folder.
   *
   * @param nameOrFolder name of a data set, or folder of images
   * @return the canonical name
   */
  public static String canonical(String nameOrFolder) {
    if (names().contains(nameOrFolder) || isFolder(nameOrFolder)) {
      return nameOrFolder;
    }
    String lower = nameOrFolder.toLowerCase(Locale.ROOT);
    return names().contains(lower) ? lower : nameOrFolder;
  }

  /**
   * {@return whether a data set is a folder of image files} Where there is no such folder, or it
   * cannot be read, it is none either.
   *
   * @param nameOrFolder name of a data set, or folder of images
   */
  public static boolean isOfImageFiles(String nameOrFolder) {
    try {
      return NamedSet.named(canonical(nameOrFolder)).isEmpty()
          && isFolder(nameOrFolder)
          && isOfImageFiles(FileName.path(nameOrFolder));
    } catch (DataException e) {
      return false; // and reading it tells why
    }
  }

  private static boolean isOfImageFiles(Path folder) {
    return !CifarFolder.isOne(folder)
        && IdxLayout.of(folder).isEmpty()
        && !ClassFolders.subfolders(folder).isEmpty();
  }

  private static boolean isFolder(String name) {
    return !name.isBlank() && isFolder(FileName.path(name));
  }

  /**
   * Where a data set with a name lies, or would have to.
   *
   * @param name of the data set
   * @param dataFolder folder of the named data sets
   * @return nothing if it is not there as a whole, or there is none of that name
   */
  public static Optional<Path> find(String name, Path dataFolder) {
    return NamedSet.named(name).flatMap(set -> set.find(dataFolder, NamedSet.SYSTEM_FOLDER));
  }

  /**
   * Reads a whole data set, with the default input and without notes.
   *
   * @param nameOrFolder name of a data set, or folder of images
   * @param dataFolder folder of the named data sets
   * @return its training and test images
   * @throws DataException as {@link #open(Place)}
   */
  public static DataSet open(String nameOrFolder, Path dataFolder) {
    return open(new Place(nameOrFolder, dataFolder, DEFAULT_INPUT, note -> {}));
  }

  /**
   * Reads one part of a data set, with the default input and without notes.
   *
   * @param nameOrFolder name of a data set, or folder of images
   * @param dataFolder folder of the named data sets
   * @param split which part
   * @return its images
   * @throws DataException as {@link #open(Place)}
   */
  public static ImageSet openSplit(String nameOrFolder, Path dataFolder, Split split) {
    return openSplit(new Place(nameOrFolder, dataFolder, DEFAULT_INPUT, note -> {}), split);
  }

  /**
   * Reads a whole data set. Where the files do not say how many classes there are, it is one more
   * than the largest training label, and at least 2.
   *
   * @param place where it lies, and how it is read
   * @return its training and test images
   * @throws DataException if there is no such set or its files are broken or do not fit together
   */
  public static DataSet open(Place place) {
    return source(place).readAll();
  }

  /**
   * Reads one part of a data set; as {@link #open(Place)} otherwise.
   *
   * @param place where it lies, and how it is read
   * @param split which part
   * @return its images
   * @throws DataException as {@link #open(Place)}
   */
  public static ImageSet openSplit(Place place, Split split) {
    return source(place).read(split);
  }

  /**
   * Reads all images of a data set, those to learn from and those to test with, as one set; as
   * {@link #open(Place)} otherwise. A folder of image files need not have enough to divide them.
   *
   * @param place where it lies, and how it is read
   * @return all its images
   * @throws DataException as {@link #open(Place)}
   */
  public static ImageSet openTogether(Place place) {
    return source(place).readTogether();
  }

  /**
   * Looks at a data set whose training images are to be read elsewhere.
   *
   * @param place where it lies, and how it is read
   * @return the set, with the images of its other parts
   * @throws DataException as {@link #open(Place)}
   */
  public static SurveyedSet survey(Place place) {
    return source(place).survey();
  }

  /**
   * Looks at a data set in a folder of any file system, whose training images are to be read
   * elsewhere.
   *
   * @param folder where it lies
   * @param place how it is read; its name is not looked at
   * @return the set, with the images of its other parts
   * @throws DataException as {@link #open(Place)}
   */
  public static SurveyedSet survey(Path folder, Place place) {
    if (!isFolder(folder)) {
      throw new DataException(Printable.of(folder.toString()) + " is not a folder");
    }
    return source(folder, place).survey();
  }

  /**
   * {@return whether a file is one of those that a data set is read from, also through symbolic
   * links} What else lies in its folder is not. Where there is no such data set, or no such file,
   * it is none either.
   *
   * @param place where the set lies
   * @param file that may be one of them
   */
  public static boolean holds(Place place, Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try {
      return source(place).holds(file);
    } catch (DataException e) {
      return false; // and reading it tells why
    }
  }

  private static DataSource source(Place place) {
    Optional<NamedSet> named = NamedSet.named(canonical(place.nameOrFolder()));
    if (named.isPresent()) {
      return named.get().source(place.dataFolder(), NamedSet.SYSTEM_FOLDER, place.store());
    }
    if (isFolder(place.nameOrFolder())) {
      return source(FileName.path(place.nameOrFolder()), place);
    }
    throw new DataException(
        "\"%s\" is neither a data set (%s) nor a folder%s"
            .formatted(
                place.nameOrFolder(),
                String.join(", ", names()),
                Suggestion.question(place.nameOrFolder(), names())));
  }

  private static boolean isFolder(Path path) {
    try {
      return Target.look(path).filter(BasicFileAttributes::isDirectory).isPresent();
    } catch (IOException e) {
      throw new DataException(
          Printable.of(path.toString()) + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private static DataSource source(Path folder, Place place) {
    InputFile.requireOpen(folder);
    String name = Printable.of(FileName.of(folder.toAbsolutePath().normalize()));
    if (CifarFolder.isOne(folder)) {
      return new CifarFolder(name, folder, place.store());
    }
    Optional<IdxLayout> layout = IdxLayout.of(folder);
    if (layout.isPresent()) {
      return new IdxFolder(name, folder, layout.get(), List.of(), place.store());
    }
    if (isOfImageFiles(folder)) {
      return new ImageFolder(name, folder, place.input(), place.store());
    }
    throw new DataException(
        Printable.of(folder.toString())
            + " holds no data set: neither IDX files such as train-images-idx3-ubyte.gz, nor"
            + " CIFAR-10's data_batch_1.bin, nor a sub-folder of images for each class");
  }
}
