package org.aparanet.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aparanet.data.format.InputFile;

/** How a family of data sets names its four IDX files, and how it fills them. */
enum IdxLayout {
  /** MNIST, Fashion-MNIST and KMNIST. */
  MNIST("train", "t10k", 0, false),

  /**
   * EMNIST's part of that name (G. Cohen, S. Afshar, J. Tapson, A. van Schaik, "EMNIST: an
   * extension of MNIST to handwritten letters"). Its images stand column by column and its labels
   * count from 1, as they did in MATLAB.
   */
  EMNIST_LETTERS("emnist-letters-train", "emnist-letters-test", 1, true);

  private final String train;
  private final String test;
  private final int firstLabel;
  private final boolean transposed;

  IdxLayout(String train, String test, int firstLabel, boolean transposed) {
    this.train = train;
    this.test = test;
    this.firstLabel = firstLabel;
    this.transposed = transposed;
  }

  /** The label of the first class; the files count from it. */
  int firstLabel() {
    return firstLabel;
  }

  /** Whether images stand column by column. */
  boolean transposed() {
    return transposed;
  }

  /** Name of the plain file of images, with a dash before {@code idx}. */
  String images(Split split) {
    return stem(split) + "-images-idx3-ubyte";
  }

  /** Name of the plain file of labels, with a dash before {@code idx}. */
  String labels(Split split) {
    return stem(split) + "-labels-idx1-ubyte";
  }

  /** The file of that plain name, or of one of those that stand for the same. */
  static Optional<Path> find(Path folder, String plain) {
    return spellings(plain).map(folder::resolve).filter(InputFile::isThere).findFirst();
  }

  /** The layout of which any file is there. */
  static Optional<IdxLayout> of(Path folder) {
    return Stream.of(values())
        .filter(layout -> layout.names().anyMatch(name -> find(folder, name).isPresent()))
        .findFirst();
  }

  /** Whether all four files are there. */
  boolean isComplete(Path folder) {
    return names().allMatch(name -> find(folder, name).isPresent());
  }

  /** The files that are not there. */
  List<String> missing(Path folder) {
    return names().filter(name -> find(folder, name).isEmpty()).toList();
  }

  /** The files that are there, also those that another spelling hides. */
  Stream<Path> files(Path folder) {
    return names().flatMap(IdxLayout::spellings).map(folder::resolve).filter(InputFile::isThere);
  }

  private Stream<String> names() {
    return Stream.of(Split.values()).flatMap(split -> Stream.of(images(split), labels(split)));
  }

  /** Both ways to join the words are found in the wild, such as after unpacking. */
  private static Stream<String> spellings(String plain) {
    String dotted = plain.replace("-idx", ".idx");
    return Stream.of(plain, plain + ".gz", dotted, dotted + ".gz");
  }

  private String stem(Split split) {
    return split == Split.TRAIN ? train : test;
  }
}
