package org.aparanet.data;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.IdxFile;
import org.aparanet.data.format.InputFile;
import org.aparanet.data.format.Transposition;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.data.store.PixelStore;
import org.aparanet.data.store.UnreadPixels;
import org.aparanet.model.Shape;

/** A folder with the four IDX files of a data set. */
final class IdxFolder implements DataSource {

  private enum Part {
    TRAIN_IMAGES,
    TRAIN_LABELS,
    TEST_IMAGES,
    TEST_LABELS;

    static Part images(Split split) {
      return split == Split.TRAIN ? TRAIN_IMAGES : TEST_IMAGES;
    }

    static Part labels(Split split) {
      return split == Split.TRAIN ? TRAIN_LABELS : TEST_LABELS;
    }
  }

  private final String name;
  private final Path folder;
  private final IdxLayout layout;
  private final List<String> classNames;
  private final PixelStore store;
  private final Map<Part, Path> files = new EnumMap<>(Part.class);

  /**
   * @param name what to call the data set in messages
   * @param classNames names of all classes, or of none
   * @param store of the pixels, where they are more than memory has room for
   * @throws DataException if the folder or one of the files is missing, with the names that would
   *     do
   */
  IdxFolder(String name, Path folder, IdxLayout layout, List<String> classNames, PixelStore store) {
    this.name = name;
    this.folder = folder;
    this.layout = layout;
    this.classNames = classNames;
    this.store = store;
    if (!Files.isDirectory(folder)) {
      throw new DataException("data set " + name + ": " + folder + " is not a folder");
    }
    List<String> missing = layout.missing(folder);
    if (!missing.isEmpty()) {
      throw new DataException(
          folder
              + " has no file "
              + String.join(" and no file ", missing)
              + " (.gz may follow, and a dot may stand before idx)");
    }
    for (Split split : Split.values()) {
      files.put(Part.images(split), IdxLayout.find(folder, layout.images(split)).orElseThrow());
      files.put(Part.labels(split), IdxLayout.find(folder, layout.labels(split)).orElseThrow());
    }
  }

  @Override
  public DataSet readAll() {
    List<Integer> train = dimensions(Split.TRAIN);
    List<Integer> test = dimensions(Split.TEST);
    requireSameSize(train, test);
    boolean inMemory = store.keepsInMemory(bytes(train), bytes(test));
    Map<Part, IdxFile> parts =
        inMemory ? read(Part.values()) : read(Part.TRAIN_LABELS, Part.TEST_LABELS);
    return new DataSet(imageSet(parts, Split.TRAIN, train), imageSet(parts, Split.TEST, test));
  }

  private void requireSameSize(List<Integer> train, List<Integer> test) {
    if (!size(train).equals(size(test))) {
      throw new DataException(
          "%s has images of %s but %s has images of %s"
              .formatted(
                  files.get(Part.TRAIN_IMAGES),
                  size(train),
                  files.get(Part.TEST_IMAGES),
                  size(test)));
    }
  }

  @Override
  public SurveyedSet survey() {
    List<Integer> dimensions = dimensions(Split.TRAIN);
    requireSameSize(dimensions, dimensions(Split.TEST));
    ImageSet train =
        imageSet(
            read(Part.TRAIN_LABELS),
            Split.TRAIN,
            dimensions,
            (shape, labels) -> new UnreadPixels(labels.length, shape.size()));
    URI file = files.get(Part.TRAIN_IMAGES).toUri();
    Shape shape = train.shape();
    return SurveyedSet.ofSoundFiles(
        train,
        () -> read(Split.TEST),
        images -> new IdxShard(file, shape.height(), shape.width(), layout.transposed(), images));
  }

  @Override
  public boolean holds(Path file) {
    return layout.files(folder).anyMatch(own -> InputFile.isSame(own, file));
  }

  /** The training labels are always read: they say how many classes there are. */
  @Override
  public ImageSet read(Split split) {
    List<Integer> dimensions = dimensions(split);
    Set<Part> parts = EnumSet.of(Part.labels(split), Part.TRAIN_LABELS);
    if (store.keepsInMemory(bytes(dimensions))) {
      parts.add(Part.images(split));
    }
    return imageSet(read(parts.toArray(Part[]::new)), split, dimensions);
  }

  private static long bytes(List<Integer> dimensions) {
    return (long) dimensions.get(0) * dimensions.get(1) * dimensions.get(2);
  }

  private Map<Part, IdxFile> read(Part... parts) {
    return Arrays.stream(parts)
        .parallel()
        .collect(
            Collectors.toConcurrentMap(Function.identity(), part -> IdxFile.read(files.get(part))));
  }

  /**
   * @param parts files in memory, without the images where these are more than memory has room for
   * @param images dimensions of the images
   */
  private ImageSet imageSet(Map<Part, IdxFile> parts, Split split, List<Integer> images) {
    return imageSet(parts, split, images, (shape, labels) -> pixels(parts, split, shape, labels));
  }

  /**
   * @param pixels the images' pixels, by their shape and labels
   */
  private ImageSet imageSet(
      Map<Part, IdxFile> parts,
      Split split,
      List<Integer> images,
      BiFunction<Shape, byte[], ImagePixels> pixels) {
    byte[] labels = labels(parts, split);
    if (labels.length != images.get(0)) {
      throw new DataException(
          "%s has %d images but %s has %d labels"
              .formatted(
                  files.get(Part.images(split)),
                  images.get(0),
                  files.get(Part.labels(split)),
                  labels.length));
    }
    int largest = largest(labels(parts, Split.TRAIN));
    byte[] fromZero = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] & 0xFF;
      if (label > largest) {
        throw new DataException(
            "%s has label %d for image %d; the largest allowed is %d as in %s"
                .formatted(
                    files.get(Part.labels(split)),
                    label,
                    i,
                    largest,
                    files.get(Part.TRAIN_LABELS)));
      }
      if (label < layout.firstLabel()) {
        throw new DataException(
            "%s has label %d for image %d; the smallest allowed is %d"
                .formatted(files.get(Part.labels(split)), label, i, layout.firstLabel()));
      }
      fromZero[i] = (byte) (label - layout.firstLabel());
    }
    int classes = largest - layout.firstLabel() + 1;
    Shape shape = shape(images, split);
    return new ImageSet(
        name + " " + split,
        shape,
        pixels.apply(shape, fromZero),
        fromZero,
        classes,
        classNames.size() == classes ? classNames : List.of());
  }

  private ImagePixels pixels(Map<Part, IdxFile> parts, Split split, Shape shape, byte[] labels) {
    IdxFile images = parts.get(Part.images(split));
    if (images == null) {
      return new IdxStreaming(files.get(Part.images(split)), shape, layout.transposed(), store)
          .inFile(name + " " + split, labels);
    }
    return ImagePixels.of(
        layout.transposed() ? Transposition.of(images) : images.values(), shape.size());
  }

  private List<Integer> dimensions(Split split) {
    Part part = Part.images(split);
    return require(
        IdxFile.dimensions(files.get(part)), part, 3, "images have 3 (count, height, width)");
  }

  private byte[] labels(Map<Part, IdxFile> parts, Split split) {
    IdxFile file = parts.get(Part.labels(split));
    require(file.dimensions(), Part.labels(split), 1, "labels have 1 (count)");
    return file.values();
  }

  private List<Integer> require(List<Integer> dimensions, Part part, int rank, String expected) {
    if (dimensions.size() != rank) {
      throw new DataException(
          "%s has %d dimensions at byte 3; %s"
              .formatted(files.get(part), dimensions.size(), expected));
    }
    return dimensions;
  }

  private Shape shape(List<Integer> images, Split split) {
    int first = images.get(1);
    int second = images.get(2);
    try {
      return layout.transposed() ? new Shape(1, second, first) : new Shape(1, first, second);
    } catch (IllegalArgumentException e) {
      throw new DataException(files.get(Part.images(split)) + ": " + e.getMessage(), e);
    }
  }

  private static String size(List<Integer> images) {
    return images.get(1) + "x" + images.get(2);
  }

  /**
   * The largest label, but that of a second class where there is only one: a classifier needs it.
   */
  private int largest(byte[] labels) {
    int largest = layout.firstLabel() + 1;
    for (byte label : labels) {
      largest = Math.max(largest, label & 0xFF);
    }
    return largest;
  }
}
