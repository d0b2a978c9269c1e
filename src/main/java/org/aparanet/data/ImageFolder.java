package org.aparanet.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.format.Printable;
import org.aparanet.data.store.PixelStore;
import org.aparanet.data.store.StoredSet;
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
  private static final int NAMED_PROBLEMS = 5;
  private static final List<String> PARTS = List.of("train", "test");

  private final String name;
  private final Path folder;
  private final boolean divided;
  private final Shape shape;
  private final PixelStore store;
  private final List<Path> classFolders;
  private final List<String> classNames;

  /** A file with the number of its class, and a text that is the same on every machine. */
  private record Labelled(Path file, int label, String key) {

    /** In an order that mixes the classes and depends on nothing but the keys. */
    static List<Labelled> mixed(List<Labelled> files) {
      record Hashed(long hash, Labelled file) {}
      return files.stream()
          .map(file -> new Hashed(HashSplit.hash(file.key()), file)) // once each: it takes its time
          .sorted(
              Comparator.comparingLong(Hashed::hash).thenComparing(hashed -> hashed.file().key()))
          .map(Hashed::file)
          .toList();
    }
  }

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
   * @param store of the pixels; its listener is told what was found and what was left out
   * @throws DataException if there are fewer than two classes, or too many
   */
  ImageFolder(String name, Path folder, Shape shape, PixelStore store) {
    this.name = name;
    this.folder = folder;
    this.shape = shape;
    this.store = store;
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
    List<Labelled> train = files(Split.TRAIN);
    List<Labelled> test = files(Split.TEST);
    boolean inMemory = store.keepsInMemory(bytes(train), bytes(test));
    return new DataSet(
        read(part(Split.TRAIN), train, inMemory), read(part(Split.TEST), test, inMemory));
  }

  @Override
  public ImageSet read(Split split) {
    List<Labelled> files = files(split);
    return read(part(split), files, store.keepsInMemory(bytes(files)));
  }

  private Part part(Split split) {
    return new Part(name + " " + split, "to " + split + " with", split == Split.TRAIN);
  }

  private long bytes(List<Labelled> files) {
    return (long) files.size() * shape.size();
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
    Part both = new Part(name + " train and " + name + " test", "to test with", false);
    return read(both, files, store.keepsInMemory(bytes(files)));
  }

  private List<Labelled> files(Split split) {
    return divided ? listed(folder.resolve(split + "")) : divided(split);
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
  private void requireAll(Part part, byte[] labels) {
    boolean[] seen = new boolean[classNames.size()];
    for (byte label : labels) {
      seen[label & 0xFF] = true;
    }
    for (int label = 0; label < seen.length && part.everyClass(); label++) {
      if (!seen[label]) {
        throw new DataException(
            "class %s of %s has no image; put some there or remove the sub-folder"
                .formatted(Printable.of(classNames.get(label)), shown(folder)));
      }
    }
    if (labels.length == 0) {
      throw new DataException(shown(folder) + " has no image " + part.use());
    }
  }

  private ImageSet read(Part part, List<Labelled> unordered, boolean inMemory) {
    List<Labelled> files = Labelled.mixed(unordered);
    byte[] all = new byte[files.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) files.get(i).label();
    }
    requireAll(part, all);
    List<Path> paths = files.stream().map(Labelled::file).toList();
    FolderReading reading = new FolderReading(part.name(), paths, all, shape, store);
    String source = folder.toAbsolutePath().normalize() + ": " + part.name();
    StoredSet read = inMemory ? reading.inMemory() : reading.inFile(source);
    report(part, files.size(), read.problems());
    requireAll(part, read.labels());
    return new ImageSet(
        part.name(), shape, read.pixels(), read.labels(), classNames.size(), classNames);
  }

  private void report(Part part, int files, List<String> bad) {
    if (!bad.isEmpty()) {
      store
          .listener()
          .accept("%s: %d of %d files left out:".formatted(part.name(), bad.size(), files));
      bad.stream()
          .limit(NAMED_PROBLEMS)
          .forEach(problem -> store.listener().accept("  " + problem));
      if (bad.size() > NAMED_PROBLEMS) {
        store.listener().accept("  and " + (bad.size() - NAMED_PROBLEMS) + " more");
      }
    }
    store
        .listener()
        .accept(
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
