package org.aparanet.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.FolderLayout.Labelled;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.format.Printable;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.model.Shape;

/**
 * A folder of image files: a sub-folder for each class, whose names in order are the classes, and
 * parts to train and to test with, as {@link FolderLayout} finds them.
 *
 * <p>Images are in an order that mixes the classes and depends on nothing but the files' names.
 * Files that are no image, or a damaged one, are left out and reported; one that cannot be read for
 * another reason, such as too little memory or a missing permission, ends everything.
 */
final class ImageFolder implements DataSource {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
  private static final int NAMED_PROBLEMS = 5;

  private final String name;
  private final Path folder;
  private final Shape shape;
  private final Consumer<String> notes;
  private final FolderLayout layout;
  private final List<String> classNames;

  /**
   * What is to be read.
   *
   * @param name what to call it in messages
   * @param use what it is for, behind "image"
   * @param everyClass whether every class needs an image in it
   */
  private record Part(String name, String use, boolean everyClass) {}

  /**
   * @param name what to call the data set in messages
   * @param input what images are resized to; empty for what suits them
   * @param notes receives what was found and what was left out
   * @throws DataException if there are fewer than two classes, or too many
   */
  ImageFolder(String name, Path folder, Optional<Shape> input, Consumer<String> notes) {
    this.name = name;
    this.folder = folder;
    this.notes = notes;
    if (input.isPresent() && !ImageScaling.suits(input.get())) {
      throw new DataException(
          "the images of %s cannot be resized to %s; image files give 1 or 3 channels"
              .formatted(shown(folder), input.get()));
    }
    layout = new FolderLayout(folder, note -> notes.accept(name + ": " + note));
    classNames = layout.classNames();
    shape = input.orElseGet(this::suited);
  }

  /** The shape that suits the images of all parts. */
  private Shape suited() {
    return InputSurvey.of(
        mixed(parts().flatMap(List::stream).toList()).stream().map(Labelled::file).toList());
  }

  /** Files in the order of their hashes. */
  private static List<Labelled> mixed(List<Labelled> files) {
    return files.stream()
        .sorted(
            Comparator.comparingLong((Labelled file) -> HashSplit.hash(file.key()))
                .thenComparing(Labelled::key))
        .toList();
  }

  @Override
  public DataSet readAll() {
    ImageSet train = read(Split.TRAIN);
    Optional<ImageSet> validation =
        layout
            .validation()
            .map(files -> read(new Part(name + " validation", "to validate with", false), files));
    return new DataSet(train, validation, read(Split.TEST));
  }

  @Override
  public ImageSet read(Split split) {
    return switch (split) {
      case TRAIN -> read(new Part(name + " train", "to train with", true), train());
      case TEST -> read(new Part(name + " test", "to test with", false), layout.test());
    };
  }

  private List<Labelled> train() {
    return layout
        .train()
        .orElseThrow(
            () ->
                new DataException(
                    shown(folder) + " has images to test with, but no sub-folder train"));
  }

  /** A file that is no image is left out of the set, such as one that a program has written. */
  @Override
  public boolean holds(Path file) {
    return ImageFile.isImage(file)
        && parts().flatMap(List::stream).anyMatch(own -> InputFile.isSame(own.file(), file));
  }

  @Override
  public ImageSet readTogether() {
    List<String> names = new ArrayList<>();
    layout.train().ifPresent(files -> names.add(name + " train"));
    layout.validation().ifPresent(files -> names.add(name + " validation"));
    names.add(name + " test");
    return read(
        new Part(DataSet.names(names), "to test with", false),
        parts().flatMap(List::stream).toList());
  }

  private Stream<List<Labelled>> parts() {
    return Stream.of(layout.train(), layout.validation(), Optional.of(layout.test()))
        .flatMap(Optional::stream);
  }

  private ImageSet read(Part part, List<Labelled> found) {
    requireAll(part, found);
    List<Labelled> files = mixed(found);
    if ((long) files.size() * shape.size() > MOST_BYTES) {
      throw new DataException(
          "%s has %d images %s; at most %d of %s fit"
              .formatted(
                  shown(folder), files.size(), part.use(), MOST_BYTES / shape.size(), shape));
    }
    byte[] pixels = new byte[files.size() * shape.size()];
    String[] problems = new String[files.size()];
    IntStream.range(0, files.size())
        .parallel()
        .forEach(i -> problems[i] = read(files.get(i).file(), pixels, i * shape.size()));
    return compact(part, files, pixels, problems);
  }

  /** A network can only learn classes of which it sees an image. */
  private void requireAll(Part part, List<Labelled> files) {
    List<String> missing = missing(files);
    if (part.everyClass() && !missing.isEmpty()) {
      String first = missing.get(0);
      throw new DataException(
          "class %s of %s has no image%s"
              .formatted(
                  Printable.of(first),
                  shown(folder),
                  allToTest(first)
                      ? " to train with: by their names all are to test with; add others, or divide"
                          + " the images yourself into the folders train and test"
                      : "; put some there or remove the sub-folder"));
    }
    if (files.isEmpty()) {
      throw new DataException(
          shown(folder)
              + " has no image "
              + part.use()
              + (layout.isDivided()
                  ? ""
                  : ": by their names all are to train with; add others, or divide the images"
                      + " yourself into the folders train and test"));
    }
  }

  private boolean allToTest(String className) {
    int label = classNames.indexOf(className);
    return layout.train().stream().flatMap(List::stream).noneMatch(file -> file.label() == label);
  }

  /** Names of the classes of which there is no image. */
  private List<String> missing(List<Labelled> files) {
    boolean[] seen = new boolean[classNames.size()];
    files.forEach(file -> seen[file.label()] = true);
    return IntStream.range(0, seen.length)
        .filter(label -> !seen[label])
        .mapToObj(classNames::get)
        .toList();
  }

  /**
   * Reads a file into its place.
   *
   * @return what is wrong with it, or null
   */
  private String read(Path file, byte[] pixels, int offset) {
    try {
      byte[] image = ImageFile.read(file, shape, false).pixels();
      System.arraycopy(image, 0, pixels, offset, image.length);
      return null;
    } catch (WrongFileException e) {
      return e.getMessage();
    }
  }

  /** Moves what could be read to the front. */
  private ImageSet compact(Part part, List<Labelled> files, byte[] pixels, String[] problems) {
    List<Labelled> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    for (int i = 0; i < problems.length; i++) {
      if (problems[i] == null) {
        System.arraycopy(
            pixels, i * shape.size(), pixels, good.size() * shape.size(), shape.size());
        good.add(files.get(i));
      } else {
        bad.add(problems[i]);
      }
    }
    report(part, files.size(), bad);
    requireAll(part, good);
    if (!missing(good).isEmpty()) {
      notes.accept(part.name() + ": no image of " + FolderLayout.shown(missing(good)));
    }
    byte[] labels = new byte[good.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) good.get(i).label();
    }
    return new ImageSet(
        part.name(),
        shape,
        bad.isEmpty() ? pixels : Arrays.copyOf(pixels, labels.length * shape.size()),
        labels,
        classNames.size(),
        classNames);
  }

  private void report(Part part, int files, List<String> bad) {
    bad.sort(Comparator.naturalOrder());
    if (!bad.isEmpty()) {
      notes.accept("%s: %d of %d files left out:".formatted(part.name(), bad.size(), files));
      bad.stream().limit(NAMED_PROBLEMS).forEach(problem -> notes.accept("  " + problem));
      if (bad.size() > NAMED_PROBLEMS) {
        notes.accept("  and " + (bad.size() - NAMED_PROBLEMS) + " more");
      }
    }
    notes.accept(
        "%s: %d images of %s, resized to %s"
            .formatted(part.name(), files - bad.size(), FolderLayout.shown(classNames), shape));
  }

  private static String shown(Path path) {
    return Printable.of(path.toString());
  }
}
