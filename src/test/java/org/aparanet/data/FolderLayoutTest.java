package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aparanet.data.format.DataException;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Folders as people have them. Each image has a grey of its own, from 0 in steps of 3, by which the
 * tests know it again. By the SHA-256 of their names 0.png, 6.png, 7.png and 8.png are to test with
 * in a folder without parts, and 1.png to 5.png to train with.
 */
class FolderLayoutTest {
  @TempDir Path around;
  private Path folder;
  private final List<String> notes = new ArrayList<>();
  private final List<String> written = new ArrayList<>();

  private void image(String path) throws IOException {
    int grey = 3 * written.size();
    SmallImages.write(folder().resolve(path), new Color(grey, grey, grey));
    written.add(path);
  }

  private void images(String... paths) throws IOException {
    for (String path : paths) {
      image(path);
    }
  }

  private void file(String path) throws IOException {
    Path file = folder().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "this is a text");
  }

  private Path folder() {
    folder = around.resolve("photos");
    return folder;
  }

  private DataSets.Place place() {
    return new DataSets.Place(folder().toString(), around, new Shape(1, 2, 2), notes::add);
  }

  private DataSet open() {
    return DataSets.open(place());
  }

  private String refusal() {
    return assertThrows(DataException.class, this::open).getMessage();
  }

  /** The paths that the images of a set were written to. */
  private Set<String> paths(ImageSet set) {
    return IntStream.range(0, set.count())
        .mapToObj(i -> written.get((set.pixels()[4 * i] & 0xFF) / 3))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> written(Predicate<String> which) {
    return written.stream().filter(which).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Predicate<String> in(String part) {
    return path -> path.startsWith(part + "/");
  }

  @ParameterizedTest
  @CsvSource({
    "train, test, ''",
    "Train, TEST, ''",
    "training, testing, ''",
    "train, val, 'there is no folder test, so val is what is tested with'",
    "TRAIN, Valid, 'there is no folder test, so Valid is what is tested with'",
    "train, validation, 'there is no folder test, so validation is what is tested with'",
  })
  void twoPartsAreToTrainAndToTestWith(String train, String test, String note) throws IOException {
    images(train + "/cat/0.png", train + "/cat/1.png", train + "/dog/0.png");
    images(test + "/cat/3.png", test + "/dog/4.png");

    DataSet set = open();

    assertEquals(written(in(train)), paths(set.train()));
    assertEquals(written(in(test)), paths(set.test()));
    assertTrue(set.validation().isEmpty());
    assertEquals("photos train", set.train().name());
    assertEquals("photos test", set.test().name());
    assertEquals(List.of("cat", "dog"), set.test().classNames());
    assertEquals(
        note.isEmpty() ? List.of() : List.of("photos: " + note),
        notes.stream().filter(one -> !one.contains("resized")).toList());
  }

  @ParameterizedTest
  @CsvSource({"train, val, test", "Training, VALID, Testing", "train, validation, test"})
  void theThirdPartIsToChooseTheBestEpochWith(String train, String valid, String test)
      throws IOException {
    images(train + "/cat/0.png", train + "/dog/0.png");
    images(valid + "/cat/1.png", valid + "/dog/1.png", valid + "/dog/2.png");
    images(test + "/cat/2.png", test + "/dog/5.png");

    DataSet set = open();

    assertEquals(written(in(train)), paths(set.train()));
    assertEquals(written(in(valid)), paths(set.validation().orElseThrow()));
    assertEquals(written(in(test)), paths(set.test()));
    assertEquals("photos validation", set.validation().get().name());
    assertEquals(
        "photos: "
            + valid
            + " is what the best epoch is chosen with, "
            + test
            + " what is tested with",
        notes.get(0));
    assertEquals(written(path -> true), paths(DataSets.openTogether(place())));
    assertEquals(
        "photos train, photos validation and photos test", DataSets.openTogether(place()).name());
    assertTrue(DataSets.holds(place(), folder.resolve(valid).resolve("dog").resolve("2.png")));
  }

  @Test
  void aSetToTestWithNeedsNothingToTrainWith() throws IOException {
    images("test/cat/1.png", "test/dog/2.png");

    assertEquals(written(path -> true), paths(DataSets.openSplit(place(), Split.TEST)));
    assertEquals(written(path -> true), paths(DataSets.openTogether(place())));
    assertEquals(folder + " has images to test with, but no sub-folder train", refusal());
  }

  @Test
  void twoFoldersForOnePartAreRefused() throws IOException {
    images("train/cat/0.png", "train/dog/0.png", "val/cat/0.png", "valid/dog/0.png");

    assertEquals(
        folder + " has two sub-folders to validate with, val and valid; put their images into one",
        refusal());
  }

  @Test
  void partsWithoutClassesAreRefused() throws IOException {
    images("train/0.png", "test/0.png");

    assertEquals(
        folder.resolve("train")
            + " has no sub-folder of images for each class, such as "
            + folder.resolve("train/cat"),
        refusal());
  }

  @Test
  void aClassMayBeCalledTrain() throws IOException {
    images("train/0.png", "train/1.png", "car/1.png", "ship/2.png");

    assertEquals(List.of("car", "ship", "train"), open().train().classNames());
  }

  @Test
  void whatIsBesideThePartsIsNamed() throws IOException {
    images("train/cat/0.png", "train/dog/0.png", "test/cat/1.png", "test/dog/1.png");
    images("unlabelled/7.png");
    file("labels.csv");

    open();

    assertEquals(
        "photos: other files and folders left out: 2 (labels.csv, unlabelled)", notes.get(0));
  }

  @Test
  void foldersAroundTheClassesAreLookedInto() throws IOException {
    images("raw/all/cat/0.png", "raw/all/cat/1.png", "raw/all/dog/0.png", "raw/all/dog/2.png");
    file("raw/readme.txt");

    DataSet set = open();

    assertEquals(Set.of("raw/all/cat/1.png", "raw/all/dog/2.png"), paths(set.train()));
    assertEquals(Set.of("raw/all/cat/0.png", "raw/all/dog/0.png"), paths(set.test()));
    assertEquals(
        List.of(
            "photos: the classes are the sub-folders of " + folder.resolve("raw/all"),
            "photos: other files and folders left out: 1 (readme.txt)"),
        notes.subList(0, 2));
  }

  @Test
  void partsMayLieOneLevelDeeper() throws IOException {
    images("raw/train/cat/0.png", "raw/train/dog/0.png", "raw/val/cat/1.png", "raw/val/dog/1.png");

    assertEquals(written(in("raw/val")), paths(open().test()));
  }

  @Test
  void imagesInSubfoldersOfAClassAreOfIt() throws IOException {
    images("cat/1.png", "cat/persian/2.png", "cat/house/old/0.png", "dog/1.png", "dog/0.png");

    DataSet set = open();

    assertEquals(Set.of("cat/1.png", "cat/persian/2.png", "dog/1.png"), paths(set.train()));
    assertEquals(Set.of("cat/house/old/0.png", "dog/0.png"), paths(set.test()));
    assertEquals(List.of("cat", "dog"), set.train().classNames());
    assertEquals(
        "photos: 2 images in sub-folders count as images of the class around them: cat",
        notes.get(0));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not everybody may make symbolic links there")
  void aLinkToAFolderAroundIsRefused() throws IOException {
    images("cat/1.png", "dog/0.png");
    Files.createSymbolicLink(folder.resolve("cat/all"), folder);

    assertTrue(refusal().endsWith("is a link to a folder that it lies in"), refusal());
  }

  @Test
  void litterIsCountedInOneLineAndNoClass() throws IOException {
    images("cat/1.png", "cat/0.png", "dog/1.png", "dog/0.png");
    file(".DS_Store");
    file("cat/.DS_Store");
    file("cat/._1.png");
    file("cat/._0.png");
    file("cat/Thumbs.db");
    file("dog/Desktop.ini");
    file("dog/notes.txt");
    file("__MACOSX/cat/._1.png");
    Files.createDirectory(folder.resolve("empty"));

    DataSet set = open();

    assertEquals(List.of("cat", "dog"), set.train().classNames());
    assertEquals(2, set.train().count());
    assertEquals(
        List.of(
            "photos: other files and folders left out: 9 (.DS_Store twice, ._* twice, Desktop.ini,"
                + " Thumbs.db, __MACOSX and 2 other names)",
            "photos train: 2 images of cat, dog, resized to 1x2x2",
            "photos test: 2 images of cat, dog, resized to 1x2x2"),
        notes);
  }

  /** An image may come without an ending, or with another one; a text is no image. */
  @Test
  void theContentOfAFileWithoutAnEndingTellsWhetherItIsAnImage() throws IOException {
    images("cat/1.png", "dog/1.png", "dog/0.png");
    Files.move(folder.resolve("dog/1.png"), folder.resolve("dog/photograph"));
    file("cat/about");

    DataSet set = open();

    assertEquals(2, set.train().count());
    assertEquals("photos: other files and folders left out: 1 (about)", notes.get(0));
  }

  /** Whatever is added, in whatever order: an image stays where it is, also in a class of few. */
  @Test
  void noImageMovesWhenOthersAreAdded() throws IOException {
    images("cat/1.png", "cat/0.png", "dog/1.png");
    Set<String> train = paths(open().train());
    Set<String> test = paths(open().test());
    assertEquals(Set.of("cat/0.png"), test);
    assertTrue(notes.contains("photos test: no image of dog"), notes + "");

    for (int i = 2; i < 9; i++) {
      images("dog/" + i + ".png", "cat/" + i + ".png");
      DataSet more = open();
      assertTrue(paths(more.train()).containsAll(train), "after " + i);
      assertTrue(paths(more.test()).containsAll(test), "after " + i);
      train = paths(more.train());
      test = paths(more.test());
    }
    assertEquals(
        Set.of(
            "cat/0.png",
            "cat/6.png",
            "cat/7.png",
            "cat/8.png",
            "dog/6.png",
            "dog/7.png",
            "dog/8.png"),
        test);
  }
}
