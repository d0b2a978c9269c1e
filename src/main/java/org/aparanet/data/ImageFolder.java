package org.aparanet.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aparanet.data.FolderLayout.Labelled;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.format.Printable;
import org.aparanet.data.store.PixelStore;
import org.aparanet.data.store.StoredSet;
import org.aparanet.data.store.UnreadPixels;
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
  private static final int NAMED_PROBLEMS = 5;

  private final String name;
  private final Path folder;
  private final Shape shape;
  private final PixelStore store;
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
   * @param store of the pixels; its listener is told what was found and what was left out
   * @throws DataException if there are fewer than two classes, or too many
   */
  ImageFolder(String name, Path folder, Optional<Shape> input, PixelStore store) {
    this.name = name;
    this.folder = folder;
    this.store = store;
    if (input.isPresent() && !ImageScaling.suits(input.get())) {
      throw new DataException(
          "the images of %s cannot be resized to %s; image files give 1 or 3 channels"
              .formatted(shown(folder), input.get()));
    }
    layout = new FolderLayout(folder, note -> say(name + ": " + note));
    classNames = layout.classNames();
    shape = input.orElseGet(this::suited);
  }

  /** The shape that suits the images of all parts. */
  private Shape suited() {
    return InputSurvey.of(
        mixed(parts().flatMap(List::stream).toList()).stream().map(Labelled::file).toList());
  }

  /** In an order that mixes the classes and depends on nothing but the files' keys. */
  private static List<Labelled> mixed(List<Labelled> files) {
    record Hashed(long hash, Labelled file) {}
    return files.stream()
        .map(file -> new Hashed(HashSplit.hash(file.key()), file)) // once each: it takes its time
        .sorted(Comparator.comparingLong(Hashed::hash).thenComparing(hashed -> hashed.file().key()))
        .map(Hashed::file)
        .toList();
  }

  private void say(String note) {
    store.listener().accept(note);
  }

  @Override
  public DataSet readAll() {
    boolean inMemory = store.keepsInMemory(parts().mapToLong(this::bytes).toArray());
    Optional<ImageSet> validation =
        layout.validation().map(files -> read(validation(), files, inMemory));
    return new DataSet(
        read(part(Split.TRAIN), train(), inMemory),
        validation,
        read(part(Split.TEST), layout.test(), inMemory));
  }

  @Override
  public SurveyedSet survey() {
    Optional<ImageSet> validation =
        layout.validation().map(files -> read(validation(), files, keepsInMemory(files)));
    return survey(mixed(train()), validation);
  }

  private SurveyedSet survey(List<Labelled> files, Optional<ImageSet> validation) {
    Part part = part(Split.TRAIN);
    byte[] labels = labels(files);
    requireAll(part, labels);
    ImageSet train =
        new ImageSet(
            part.name(),
            shape,
            new UnreadPixels(labels.length, shape.size()),
            labels,
            classNames.size(),
            classNames);
    return new SurveyedSet(
        train,
        validation,
        () -> read(Split.TEST),
        images -> shard(files, images),
        problems -> {
          List<Labelled> good =
              IntStream.range(0, files.size())
                  .filter(image -> !problems.containsKey(image))
                  .mapToObj(files::get)
                  .toList();
          report(part, files.size(), problems.values().stream().sorted().toList());
          return survey(good, validation);
        });
  }

  private ImageShard shard(List<Labelled> files, int[] images) {
    List<URI> addresses =
        Arrays.stream(images).mapToObj(image -> files.get(image).file().toUri()).toList();
    return new ImageFileShard(addresses, shape.channels(), shape.height(), shape.width());
  }

  @Override
  public ImageSet read(Split split) {
    List<Labelled> files = split == Split.TRAIN ? train() : layout.test();
    return read(part(split), files, keepsInMemory(files));
  }

  private Part part(Split split) {
    return new Part(name + " " + split, "to " + split + " with", split == Split.TRAIN);
  }

  private Part validation() {
    return new Part(name + " validation", "to validate with", false);
  }

  private boolean keepsInMemory(List<Labelled> files) {
    return store.keepsInMemory(bytes(files));
  }

  private long bytes(List<Labelled> files) {
    return (long) files.size() * shape.size();
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
    List<Labelled> files = parts().flatMap(List::stream).toList();
    Part all = new Part(DataSet.names(names), "to test with", false);
    return read(all, files, keepsInMemory(files));
  }

  private Stream<List<Labelled>> parts() {
    return Stream.of(layout.train(), layout.validation(), Optional.of(layout.test()))
        .flatMap(Optional::stream);
  }

  private ImageSet read(Part part, List<Labelled> unordered, boolean inMemory) {
    List<Labelled> files = mixed(unordered);
    byte[] all = labels(files);
    requireAll(part, all);
    List<Path> paths = files.stream().map(Labelled::file).toList();
    FolderReading reading = new FolderReading(part.name(), paths, all, shape, store);
    String source = folder.toAbsolutePath().normalize() + ": " + part.name();
    StoredSet read = inMemory ? reading.inMemory() : reading.inFile(source);
    report(part, files.size(), read.problems());
    requireAll(part, read.labels());
    List<String> missing = missing(read.labels());
    if (!missing.isEmpty()) {
      say(part.name() + ": no image of " + FolderLayout.shown(missing));
    }
    return new ImageSet(
        part.name(), shape, read.pixels(), read.labels(), classNames.size(), classNames);
  }

  private static byte[] labels(List<Labelled> files) {
    byte[] labels = new byte[files.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) files.get(i).label();
    }
    return labels;
  }

  /** A network can only learn classes of which it sees an image. */
  private void requireAll(Part part, byte[] labels) {
    List<String> missing = missing(labels);
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
    if (labels.length == 0) {
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
  private List<String> missing(byte[] labels) {
    boolean[] seen = new boolean[classNames.size()];
    for (byte label : labels) {
      seen[label & 0xFF] = true;
    }
    return IntStream.range(0, seen.length)
        .filter(label -> !seen[label])
        .mapToObj(classNames::get)
        .toList();
  }

  private void report(Part part, int files, List<String> bad) {
    if (!bad.isEmpty()) {
      say("%s: %d of %d files left out:".formatted(part.name(), bad.size(), files));
      bad.stream().limit(NAMED_PROBLEMS).forEach(problem -> say("  " + problem));
      if (bad.size() > NAMED_PROBLEMS) {
        say("  and " + (bad.size() - NAMED_PROBLEMS) + " more");
      }
    }
    say(
        "%s: %d images of %s, resized to %s"
            .formatted(part.name(), files - bad.size(), FolderLayout.shown(classNames), shape));
  }

  private static String shown(Path path) {
    return Printable.of(path.toString());
  }
}
