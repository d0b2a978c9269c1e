package org.aparanet.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aparanet.model.Shape;

/** A folder with the four IDX files of a data set, named as those of MNIST. */
final class IdxFolder {

  private enum Part {
    TRAIN_IMAGES("train-images", "idx3-ubyte"),
    TRAIN_LABELS("train-labels", "idx1-ubyte"),
    TEST_IMAGES("t10k-images", "idx3-ubyte"),
    TEST_LABELS("t10k-labels", "idx1-ubyte");

    private final List<String> names;

    /** Both ways to join the words are found in the wild, such as after unpacking. */
    Part(String stem, String type) {
      names =
          Stream.of("-", ".")
              .flatMap(joint -> Stream.of("", ".gz").map(end -> stem + joint + type + end))
              .toList();
    }

    static Part images(Split split) {
      return split == Split.TRAIN ? TRAIN_IMAGES : TEST_IMAGES;
    }

    static Part labels(Split split) {
      return split == Split.TRAIN ? TRAIN_LABELS : TEST_LABELS;
    }
  }

  private final String name;
  private final Map<Part, Path> files = new EnumMap<>(Part.class);

  /**
   * @param name what to call the data set in messages
   * @throws DataException if the folder or one of the files is missing, with the names that would
   *     do
   */
  IdxFolder(String name, Path folder) {
    this.name = name;
    if (!Files.isDirectory(folder)) {
      throw new DataException("data set " + name + ": " + folder + " is not a folder");
    }
    List<String> missing = new ArrayList<>();
    for (Part part : Part.values()) {
      part.names.stream()
          .map(folder::resolve)
          .filter(Files::isRegularFile)
          .findFirst()
          .ifPresentOrElse(file -> files.put(part, file), () -> missing.add(part.names.get(0)));
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          folder
              + " has no file "
              + String.join(" and no file ", missing)
              + " (.gz may follow, and a dot may stand before idx)");
    }
  }

  DataSet readAll() {
    Map<Part, IdxFile> parts = read(Part.values());
    IdxFile train = images(parts, Split.TRAIN);
    IdxFile test = images(parts, Split.TEST);
    if (!size(train).equals(size(test))) {
      throw new DataException(
          "%s has images of %s but %s has images of %s"
              .formatted(
                  files.get(Part.TRAIN_IMAGES),
                  size(train),
                  files.get(Part.TEST_IMAGES),
                  size(test)));
    }
    return new DataSet(imageSet(parts, Split.TRAIN), imageSet(parts, Split.TEST));
  }

  /** The training labels are always read: they say how many classes there are. */
  ImageSet read(Split split) {
    return imageSet(
        split == Split.TRAIN
            ? read(Part.TRAIN_IMAGES, Part.TRAIN_LABELS)
            : read(Part.TEST_IMAGES, Part.TEST_LABELS, Part.TRAIN_LABELS),
        split);
  }

  private Map<Part, IdxFile> read(Part... parts) {
    return Arrays.stream(parts)
        .parallel()
        .collect(
            Collectors.toConcurrentMap(Function.identity(), part -> IdxFile.read(files.get(part))));
  }

  private ImageSet imageSet(Map<Part, IdxFile> parts, Split split) {
    IdxFile images = images(parts, split);
    byte[] labels = labels(parts, split);
    if (labels.length != images.dimensions().get(0)) {
      throw new DataException(
          "%s has %d images but %s has %d labels"
              .formatted(
                  files.get(Part.images(split)),
                  images.dimensions().get(0),
                  files.get(Part.labels(split)),
                  labels.length));
    }
    int classes = classes(labels(parts, Split.TRAIN));
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xFF) >= classes) {
        throw new DataException(
            "%s has label %d for image %d; the largest allowed is %d as in %s"
                .formatted(
                    files.get(Part.labels(split)),
                    labels[i] & 0xFF,
                    i,
                    classes - 1,
                    files.get(Part.TRAIN_LABELS)));
      }
    }
    return new ImageSet(name + " " + split, shape(images, split), images.values(), labels, classes);
  }

  private IdxFile images(Map<Part, IdxFile> parts, Split split) {
    return require(parts, Part.images(split), 3, "images have 3 (count, height, width)");
  }

  private byte[] labels(Map<Part, IdxFile> parts, Split split) {
    return require(parts, Part.labels(split), 1, "labels have 1 (count)").values();
  }

  private IdxFile require(Map<Part, IdxFile> parts, Part part, int rank, String expected) {
    IdxFile file = parts.get(part);
    if (file.dimensions().size() != rank) {
      throw new DataException(
          "%s has %d dimensions at byte 3; %s"
              .formatted(files.get(part), file.dimensions().size(), expected));
    }
    return file;
  }

  private Shape shape(IdxFile images, Split split) {
    try {
      return new Shape(1, images.dimensions().get(1), images.dimensions().get(2));
    } catch (IllegalArgumentException e) {
      throw new DataException(files.get(Part.images(split)) + ": " + e.getMessage(), e);
    }
  }

  private static String size(IdxFile images) {
    return images.dimensions().get(1) + "x" + images.dimensions().get(2);
  }

  /** One more than the largest label; a classifier needs at least two. */
  private static int classes(byte[] labels) {
    int largest = 1;
    for (byte label : labels) {
      largest = Math.max(largest, label & 0xFF);
    }
    return largest + 1;
  }
}
