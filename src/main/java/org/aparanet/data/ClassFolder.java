package org.aparanet.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A folder with the images of a class, also in folders within it.
 *
 * @param folder the folder
 * @param images files that are images, or seem to be; at least one
 * @param others what else is there
 */
record ClassFolder(Path folder, List<Path> images, LeftOut others) {

  /**
   * The sub-folders with images of a folder, in the order of their names.
   *
   * @param others is told of what else is there, but in those sub-folders
   * @throws org.aparanet.data.format.DataException if a folder cannot be read
   */
  static List<ClassFolder> in(Path folder, LeftOut others) {
    List<ClassFolder> classes = new ArrayList<>();
    for (Path subfolder : ClassFolders.subfolders(folder)) {
      ClassFolder found = of(subfolder);
      if (found.images.isEmpty()) {
        others.add(subfolder);
      } else {
        classes.add(found);
      }
    }
    ClassFolders.files(folder, others::add).forEach(others::add);
    return classes;
  }

  private static ClassFolder of(Path folder) {
    LeftOut others = new LeftOut();
    List<Path> images = new ArrayList<>();
    for (ImageFiles.Found found : ImageFiles.in(folder, others::add)) {
      if (found.problem().isPresent()) {
        throw found.problem().get();
      }
      if (isImage(found.path())) {
        images.add(found.path());
      } else {
        others.add(found.path());
      }
    }
    return new ClassFolder(folder, images, others);
  }

  /** What is no plain file, such as a link to nothing, is told of when it is to be read. */
  private static boolean isImage(Path file) {
    return !Files.isRegularFile(file) || ImageFile.isImage(file);
  }

  String name() {
    return ClassFolders.name(folder);
  }

  /** Images in folders within this one. */
  long nested() {
    return images.stream().filter(image -> !image.getParent().equals(folder)).count();
  }

  /** A text for an image that is the same on every machine: its path from the class on. */
  String key(Path image) {
    return name()
        + "/"
        + StreamSupport.stream(folder.relativize(image).spliterator(), false)
            .map(part -> ClassFolders.name(folder.resolve(part)))
            .collect(Collectors.joining("/"));
  }
}
