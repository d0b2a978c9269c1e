package org.aparanet.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.format.Printable;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.model.Shape;

/**
 * A folder of image files in one sub-folder for each class, whose names in order are the classes.
 * Where there are sub-folders {@code train} and {@code test} with sub-folders, each of them is such
 * a folder; elsewhere a fifth of each class is to test with ({@link HashSplit}).
 *
 * <p>Images are in an order that mixes the classes and depends on nothing but the files' names.
 * Files that are no image, or a damaged one, are left out and reported; one that cannot be read for
 * another reason, such as too little memory or a missing permission, ends everything.
 */
final class ImageFolder implements DataSource {
  private static final int MOST_CLASSES = 256;
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
  private static final int NAMED_PROBLEMS = 5;
  private static final List<String> PARTS = List.of("train", "test");

  private final String name;
  private final Path folder;
  private final boolean divided;
  private final Shape shape;
  private final Consumer<String> notes;
  private final List<Path> classFolders;
  private final List<String> classNames;

  /** A file with the number of its class, and a text that is the same on every machine. */
  private record Labelled(Path file, int label, String key) {}

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
   * @param shape what images are resized to
   * @param notes receives what was found and what was left out
   * @throws DataException if there are fewer than two classes, or too many
   */
  ImageFolder(String name, Path folder, Shape shape, Consumer<String> notes) {
    this.name = name;
    this.folder = folder;
    this.shape = shape;
    this.notes = notes;
    if (!ImageScaling.suits(shape)) {
      throw new DataException(
          "the images of %s cannot be resized to %s; image files give 1 or 3 channels"
              .formatted(shown(folder), shape));
    }
    List<Path> subfolders = ClassFolders.subfolders(folder);
    divided =
        subfolders.stream().map(ClassFolders::name).toList().containsAll(PARTS)
            && !ClassFolders.subfolders(folder.resolve("train")).isEmpty();
    Path classes = divided ? folder.resolve("train") : folder;
    classFolders = ClassFolders.subfolders(classes);
    classNames = classFolders.stream().map(ClassFolders::name).toList();
    if (classNames.size() < 2 || classNames.size() > MOST_CLASSES) {
      throw new DataException(
          "%s has %d sub-folder%s; expected one for each of 2 to %d classes"
              .formatted(
                  shown(classes),
                  classNames.size(),
                  classNames.size() == 1 ? "" : "s",
                  MOST_CLASSES));
    }
  }

  @Override
  public DataSet readAll() {
    return new DataSet(read(Split.TRAIN), read(Split.TEST));
  }

  @Override
  public ImageSet read(Split split) {
    return read(
        new Part(name + " " + split, "to " + split + " with", split == Split.TRAIN), files(split));
  }

  /** A file that is no image is left out of the set, such as one that a program has written. */
  @Override
  public boolean holds(Path file) {
    return ImageFile.isImage(file)
        && Stream.of(Split.values())
            .flatMap(split -> files(split).stream())
            .anyMatch(own -> InputFile.isSame(own.file(), file));
  }

  @Override
  public ImageSet readTogether() {
    List<Labelled> files = files(Split.TRAIN);
    files.addAll(files(Split.TEST));
    return read(new Part(name + " train and " + name + " test", "to test with", false), files);
  }

  private List<Labelled> files(Split split) {
    return divided ? listed(folder.resolve(split + "")) : divided(split);
  }

  private ImageSet read(Part part, List<Labelled> files) {
    requireAll(part, files);
    files.sort(
        Comparator.comparingLong((Labelled file) -> HashSplit.hash(file.key()))
            .thenComparing(Labelled::key));
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

  /** Files of a part that is a folder of its own. */
  private List<Labelled> listed(Path part) {
    List<Labelled> files = new ArrayList<>();
    for (Path subfolder : ClassFolders.subfolders(part)) {
      int label = classNames.indexOf(ClassFolders.name(subfolder));
      if (label < 0) {
        throw new DataException(
            "%s is no class of %s (%s)"
                .formatted(shown(subfolder), shown(folder.resolve("train")), classes()));
      }
      files.addAll(labelled(ClassFolders.files(subfolder), label));
    }
    return files;
  }

  /** Files of a part that is to be chosen among those of each class. */
  private List<Labelled> divided(Split split) {
    List<Labelled> files = new ArrayList<>();
    for (int label = 0; label < classNames.size(); label++) {
      List<Path> all = ClassFolders.files(classFolders.get(label));
      files.addAll(labelled(HashSplit.part(all, ClassFolders::name, split), label));
    }
    return files;
  }

  private List<Labelled> labelled(List<Path> files, int label) {
    String folder = classNames.get(label) + "/";
    return files.stream()
        .map(file -> new Labelled(file, label, folder + ClassFolders.name(file)))
        .toList();
  }

  /** A network can only learn classes of which it sees an image. */
  private void requireAll(Part part, List<Labelled> files) {
    boolean[] seen = new boolean[classNames.size()];
    files.forEach(file -> seen[file.label()] = true);
    for (int label = 0; label < seen.length && part.everyClass(); label++) {
      if (!seen[label]) {
        throw new DataException(
            "class %s of %s has no image; put some there or remove the sub-folder"
                .formatted(Printable.of(classNames.get(label)), shown(folder)));
      }
    }
    if (files.isEmpty()) {
      throw new DataException(shown(folder) + " has no image " + part.use());
    }
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
            .formatted(part.name(), files - bad.size(), classes(), shape));
  }

  private String classes() {
    int shownNames = Math.min(classNames.size(), 10);
    String names =
        String.join(", ", classNames.subList(0, shownNames).stream().map(Printable::of).toList());
    return shownNames < classNames.size()
        ? names + " and " + (classNames.size() - shownNames) + " more"
        : names;
  }

  private static String shown(Path path) {
    return Printable.of(path.toString());
  }
}
