package org.aparanet.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.Printable;

/**
 * Sub-folders that divide a folder of images, by the names that such sets have: {@code train} or
 * {@code training}; {@code val}, {@code valid} or {@code validation}; {@code test} or {@code
 * testing}; with capitals or without.
 *
 * @param train to learn from; only a set that is there to be tested with has none
 * @param validation to choose the best epoch with
 * @param test to measure with; the validation images, where there is nothing else to measure with
 */
record FolderParts(Optional<Path> train, Optional<Path> validation, Optional<Path> test) {
  private static final Set<String> TRAIN = Set.of("train", "training");
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");
  private static final Set<String> TEST = Set.of("test", "testing");

  /**
   * {@return the parts of a folder, if it is divided} It is where there is something to train and
   * something else to test with, each with sub-folders for the classes, or nothing but parts to
   * test with.
   *
   * @throws DataException if two folders are the same part, or the parts have no classes
   */
  static Optional<FolderParts> of(Path folder) {
    List<Path> subfolders = ClassFolders.subfolders(folder);
    Optional<Path> train = part(folder, subfolders, TRAIN, "to train");
    Optional<Path> validation = part(folder, subfolders, VALIDATION, "to validate");
    Optional<Path> test = part(folder, subfolders, TEST, "to test");
    long parts = List.of(train, validation, test).stream().filter(Optional::isPresent).count();
    boolean nothingElse = parts == subfolders.size();
    if (parts == 0 || (train.isPresent() ? parts == 1 : !nothingElse)) {
      return Optional.empty();
    }
    Path first = train.or(() -> test).or(() -> validation).orElseThrow();
    if (ClassFolders.subfolders(first).isEmpty()) {
      if (parts > 1 && nothingElse) {
        throw new DataException(
            "%s has no sub-folder of images for each class, such as %s"
                .formatted(shown(first), shown(first.resolve("cat"))));
      }
      return Optional.empty(); // a class that is called so
    }
    return Optional.of(
        new FolderParts(
            train, test.isPresent() ? validation : Optional.empty(), test.or(() -> validation)));
  }

  private static Optional<Path> part(
      Path folder, List<Path> subfolders, Set<String> names, String use) {
    List<Path> found =
        subfolders.stream()
            .filter(path -> names.contains(ClassFolders.name(path).toLowerCase(Locale.ROOT)))
            .toList();
    if (found.size() > 1) {
      throw new DataException(
          "%s has two sub-folders %s with, %s and %s; put their images into one"
              .formatted(
                  shown(folder),
                  use,
                  ClassFolders.name(found.get(0)),
                  ClassFolders.name(found.get(1))));
    }
    return found.stream().findFirst();
  }

  /** The folder whose sub-folders say which classes there are. */
  Path classes() {
    return train.or(() -> test).orElseThrow();
  }

  /** Whether a sub-folder is one of the parts. */
  boolean has(Path path) {
    return List.of(train, validation, test).contains(Optional.of(path));
  }

  /** What is what, for the user; empty where the names say it all. */
  Optional<String> note() {
    String tested = test.map(ClassFolders::name).orElseThrow();
    if (validation.isPresent()) {
      return Optional.of(
          "%s is what the best epoch is chosen with, %s what is tested with"
              .formatted(ClassFolders.name(validation.get()), tested));
    }
    return VALIDATION.contains(tested.toLowerCase(Locale.ROOT))
        ? Optional.of("there is no folder test, so %s is what is tested with".formatted(tested))
        : Optional.empty();
  }

  private static String shown(Path path) {
    return Printable.of(path.toString());
  }
}
