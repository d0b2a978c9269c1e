package org.aparanet.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.store.PixelStore;

/** The data sets that are known by name. */
enum NamedSet {
  MNIST("mnist", IdxLayout.MNIST, List.of()),
  FASHION_MNIST(
      "fashion-mnist",
      IdxLayout.MNIST,
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot")),
  KMNIST(
      "kmnist",
      IdxLayout.MNIST,
      List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo")),
  EMNIST_LETTERS("emnist-letters", IdxLayout.EMNIST_LETTERS, letters()),
  CIFAR10("cifar10", null, List.of());

  /** Where Debian's package dataset-fashion-mnist puts its folder. */
  static final Path SYSTEM_FOLDER = Path.of("/usr/share/datasets");

  private final String label;
  private final IdxLayout layout;
  private final List<String> classNames;

  NamedSet(String label, IdxLayout layout, List<String> classNames) {
    this.label = label;
    this.layout = layout;
    this.classNames = classNames;
  }

  static Optional<NamedSet> named(String label) {
    return Stream.of(values()).filter(set -> set.label.equals(label)).findFirst();
  }

  static List<String> labels() {
    return Stream.of(values()).map(NamedSet::toString).toList();
  }

  /**
   * Where the set lies, whole.
   *
   * @param dataFolder where sets are fetched to
   * @param systemFolder where the system's packages put theirs
   */
  Optional<Path> find(Path dataFolder, Path systemFolder) {
    return Stream.of(dataFolder, systemFolder)
        .filter(parent -> parent == dataFolder || this == FASHION_MNIST)
        .map(parent -> parent.resolve(label))
        .filter(this::isComplete)
        .findFirst();
  }

  /**
   * The set where it lies.
   *
   * @param store of the pixels, where they are more than memory has room for
   * @throws DataException if it is not there; the message says how to get it
   */
  DataSource source(Path dataFolder, Path systemFolder, PixelStore store) {
    InputFile.requireOpen(dataFolder.resolve(label));
    Optional<Path> folder = find(dataFolder, systemFolder);
    if (this == MNIST) { // comes with the program, so that what is wrong there is of interest
      return new IdxFolder(label, dataFolder.resolve(label), layout, classNames, store);
    }
    if (folder.isEmpty()) {
      throw new DataException(
          "data set "
              + label
              + " is not in "
              + dataFolder.resolve(label)
              + "; \"aparanet data fetch "
              + label
              + "\" brings it there");
    }
    return layout == null
        ? new CifarFolder(label, folder.get(), store)
        : new IdxFolder(label, folder.get(), layout, classNames, store);
  }

  private boolean isComplete(Path folder) {
    return Files.isDirectory(folder)
        && (layout == null ? CifarFolder.isComplete(folder) : layout.isComplete(folder));
  }

  private static List<String> letters() {
    return IntStream.rangeClosed('a', 'z').mapToObj(Character::toString).toList();
  }

  @Override
  public String toString() {
    return label;
  }
}
