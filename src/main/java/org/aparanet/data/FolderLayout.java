package org.aparanet.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.Printable;

/**
 * Which files of a folder are images of which class and part. Its sub-folders with images are the
 * classes, or those of its only one, or those of {@linkplain FolderParts parts} that divide it;
 * where none do, {@link HashSplit} divides each class.
 */
final class FolderLayout {
  private static final int MOST_CLASSES = 256;

  /** Folders that may lie around those of the classes. */
  private static final int DEEPEST = 4;

  /** A file with the number of its class, and a text that is the same on every machine. */
  record Labelled(Path file, int label, String key) {}

  private final LeftOut leftOut = new LeftOut();
  private final Consumer<String> notes;
  private final Path classes;
  private final List<String> classNames;
  private final boolean divided;
  private final Optional<List<Labelled>> train;
  private final Optional<List<Labelled>> validation;
  private final List<Labelled> test;

  /**
   * Finds the files.
   *
   * @param notes receives what a user would want to know
   * @throws DataException if there are fewer than two classes or too many, or the folders cannot be
   *     read or understood
   */
  FolderLayout(Path folder, Consumer<String> notes) {
    this.notes = notes;
    Path at = folder;
    Optional<FolderParts> parts = FolderParts.of(at);
    List<ClassFolder> found = parts.isPresent() ? List.of() : ClassFolder.in(at, leftOut);
    for (int depth = 1; depth < DEEPEST && parts.isEmpty() && isAround(found); depth++) {
      at = found.get(0).folder();
      parts = FolderParts.of(at);
      found = parts.isPresent() ? List.of() : ClassFolder.in(at, leftOut);
    }
    divided = parts.isPresent();
    if (divided) {
      Path around = at;
      FolderParts all = parts.get();
      ClassFolders.content(around, leftOut::add).stream()
          .filter(path -> !all.has(path))
          .forEach(leftOut::add);
      all.note().ifPresent(notes);
      classes = all.classes();
      List<ClassFolder> first = ClassFolder.in(classes, leftOut);
      classNames = first.stream().map(ClassFolder::name).toList();
      requireClasses();
      train = all.train().map(part -> labelled(first));
      validation = all.validation().map(part -> labelled(ClassFolder.in(part, leftOut)));
      test =
          train.isEmpty()
              ? labelled(first)
              : labelled(ClassFolder.in(all.test().orElseThrow(), leftOut));
    } else {
      classes = at;
      classNames = found.stream().map(ClassFolder::name).toList();
      requireClasses();
      if (!at.equals(folder)) {
        notes.accept("the classes are the sub-folders of " + shown(at));
      }
      List<Labelled> all = labelled(found);
      train = Optional.of(all.stream().filter(file -> !isTest(file)).toList());
      validation = Optional.empty();
      test = all.stream().filter(FolderLayout::isTest).toList();
    }
    if (!leftOut.isEmpty()) {
      notes.accept("other files and folders left out: " + leftOut);
    }
  }

  /** Whether a folder's only sub-folder with images has them in further ones alone. */
  private static boolean isAround(List<ClassFolder> found) {
    return found.size() == 1 && found.get(0).nested() == found.get(0).images().size();
  }

  private static boolean isTest(Labelled file) {
    return HashSplit.isTest(ClassFolders.name(file.file()));
  }

  private void requireClasses() {
    if (classNames.size() < 2 || classNames.size() > MOST_CLASSES) {
      throw new DataException(
          "%s has %d sub-folder%s with images; expected one for each of 2 to %d classes"
              .formatted(
                  shown(classes),
                  classNames.size(),
                  classNames.size() == 1 ? "" : "s",
                  MOST_CLASSES));
    }
  }

  private List<Labelled> labelled(List<ClassFolder> part) {
    List<Labelled> files = new ArrayList<>();
    for (ClassFolder one : part) {
      int label = classNames.indexOf(one.name());
      if (label < 0) {
        throw new DataException(
            "%s is no class of %s (%s)"
                .formatted(shown(one.folder()), shown(classes), shown(classNames)));
      }
      leftOut.addAll(one.others());
      one.images().forEach(file -> files.add(new Labelled(file, label, one.key(file))));
    }
    noteNested(part);
    return files;
  }

  private void noteNested(List<ClassFolder> part) {
    List<ClassFolder> around = part.stream().filter(one -> one.nested() > 0).toList();
    if (!around.isEmpty()) {
      notes.accept(
          "%d images in sub-folders count as images of the class around them: %s"
              .formatted(
                  around.stream().mapToLong(ClassFolder::nested).sum(),
                  shown(around.stream().map(ClassFolder::name).toList())));
    }
  }

  List<String> classNames() {
    return classNames;
  }

  /** Whether the folder says itself which images are to train and to test with. */
  boolean isDivided() {
    return divided;
  }

  /** Images to learn from; none where there is no folder for them. */
  Optional<List<Labelled>> train() {
    return train;
  }

  /** Images to choose the best epoch with, where there is a folder for them. */
  Optional<List<Labelled>> validation() {
    return validation;
  }

  /** Images to measure with; may be empty. */
  List<Labelled> test() {
    return test;
  }

  /** Names in a row; of many, the first. */
  static String shown(List<String> names) {
    int most = Math.min(names.size(), 10);
    String first = names.stream().limit(most).map(Printable::of).collect(Collectors.joining(", "));
    return most < names.size() ? first + " and " + (names.size() - most) + " more" : first;
  }

  private static String shown(Path path) {
    return Printable.of(path.toString());
  }
}
