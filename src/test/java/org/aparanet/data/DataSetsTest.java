package org.aparanet.data;

import static org.aparanet.data.format.IdxBytes.counting;
import static org.aparanet.data.format.IdxBytes.gzip;
import static org.aparanet.data.format.IdxBytes.idx;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aparanet.data.format.DataException;
import org.aparanet.data.store.PixelStore;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {
  private static final String UNKNOWN =
      " is neither a data set (mnist, fashion-mnist, kmnist, emnist-letters, cifar10) nor a folder";

  @TempDir Path data;
  private Path folder;

  /** A small set: three training images of 2x3 in classes 0 to 3, two test images. */
  @BeforeEach
  void writeSmallSet() throws IOException {
    folder = Files.createDirectory(data.resolve("small"));
    write("train-images-idx3-ubyte", idx(counting(18), 3, 2, 3));
    write("train-labels-idx1-ubyte", idx(new byte[] {0, 3, 1}, 3));
    write("t10k-images-idx3-ubyte", idx(counting(12), 2, 2, 3));
    write("t10k-labels-idx1-ubyte", idx(new byte[] {2, 0}, 2));
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private String refusal(String nameOrFolder) {
    return assertThrows(DataException.class, () -> DataSets.open(nameOrFolder, data)).getMessage();
  }

  @Test
  void readsAllFourFilesOfFolder() {
    DataSet set = DataSets.open(folder.toString(), data);
    assertEquals("small train", set.train().name());
    assertEquals(new Shape(1, 2, 3), set.train().shape());
    assertArrayEquals(counting(18), set.train().pixels());
    assertArrayEquals(new byte[] {0, 3, 1}, set.train().labels());
    assertEquals(4, set.train().classes());
    assertEquals("small test", set.test().name());
    assertArrayEquals(counting(12), set.test().pixels());
    assertArrayEquals(new byte[] {2, 0}, set.test().labels());
    assertEquals(4, set.test().classes());
  }

  @Test
  void readsOneSplitWithTheClassesOfTheTrainingLabels() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), new byte[] {1}); // must not be read
    ImageSet test = DataSets.openSplit(folder.toString(), data, Split.TEST);
    assertEquals("small test", test.name());
    assertEquals(2, test.count());
    assertEquals(4, test.classes());
  }

  @Test
  void readsTrainingSplitAlone() throws IOException {
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), new byte[] {1}); // must not be read
    assertEquals(3, DataSets.openSplit(folder.toString(), data, Split.TRAIN).count());
  }

  @Test
  void acceptsGzipAndDotsInNames() throws IOException {
    for (String stem : new String[] {"train-images", "t10k-images"}) {
      Path plain = folder.resolve(stem + "-idx3-ubyte");
      write(stem + ".idx3-ubyte.gz", gzip(Files.readAllBytes(plain)));
      Files.delete(plain);
    }
    Files.move(
        folder.resolve("train-labels-idx1-ubyte"), folder.resolve("train-labels.idx1-ubyte"));
    assertArrayEquals(counting(18), DataSets.open(folder.toString(), data).train().pixels());
  }

  @Test
  void findsNamedSetInDataFolder() throws IOException {
    Files.move(folder, data.resolve("mnist"));
    assertEquals("mnist train", DataSets.open("mnist", data).train().name());
  }

  /** As their publishers number them. */
  @Test
  void classesOfNamedSetsHaveTheirNames() throws IOException {
    write("train-labels-idx1-ubyte", idx(new byte[] {0, 9, 1}, 3));
    Files.move(folder, data.resolve("fashion-mnist"));
    assertEquals(
        List.of(
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot"),
        DataSets.open("fashion-mnist", data).test().classNames());
    Files.move(data.resolve("fashion-mnist"), data.resolve("kmnist"));
    assertEquals(
        List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
        DataSets.open("kmnist", data).train().classNames());
    Files.move(data.resolve("kmnist"), data.resolve("mnist"));
    assertEquals(List.of(), DataSets.open("mnist", data).train().classNames());
  }

  @Test
  void refusesUnknownNamesAndSaysWhatIsAllowed() {
    assertEquals("\"cifar\"" + UNKNOWN + "; did you mean cifar10?", refusal("cifar"));
    assertEquals("\"\"" + UNKNOWN, refusal(""));
    assertEquals(
        "\"a\\u0000b\" cannot be opened: the system allows no such name (Nul character not"
            + " allowed)",
        refusal("a\0b"));
    String file = folder.resolve("t10k-labels-idx1-ubyte").toString();
    assertEquals("\"" + file + "\"" + UNKNOWN, refusal(file));
  }

  @Test
  void refusesNamedSetWhoseFolderIsMissing() {
    assertEquals("data set mnist: " + data.resolve("mnist") + " is not a folder", refusal("mnist"));
  }

  @Test
  void namesTheFilesThatAreMissing() throws IOException {
    Files.delete(folder.resolve("train-labels-idx1-ubyte"));
    Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
    assertEquals(
        folder
            + " has no file train-labels-idx1-ubyte and no file t10k-images-idx3-ubyte (.gz may"
            + " follow, and a dot may stand before idx)",
        refusal(folder.toString()));
  }

  @Test
  void refusesDifferentNumbersOfImagesAndLabels() throws IOException {
    Path labels = write("t10k-labels-idx1-ubyte", idx(new byte[3], 3));
    assertEquals(
        folder.resolve("t10k-images-idx3-ubyte") + " has 2 images but " + labels + " has 3 labels",
        refusal(folder.toString()));
  }

  @Test
  void refusesTestLabelAboveTheTrainingLabels() throws IOException {
    Path labels = write("t10k-labels-idx1-ubyte", idx(new byte[] {0, (byte) 200}, 2));
    assertEquals(
        labels
            + " has label 200 for image 1; the largest allowed is 3 as in "
            + folder.resolve("train-labels-idx1-ubyte"),
        refusal(folder.toString()));
  }

  @Test
  void refusesDifferentShapesOfTrainAndTest() throws IOException {
    Path images = write("t10k-images-idx3-ubyte", idx(counting(12), 2, 3, 2));
    assertEquals(
        folder.resolve("train-images-idx3-ubyte")
            + " has images of 2x3 but "
            + images
            + " has images of 3x2",
        refusal(folder.toString()));
  }

  @Test
  void refusesFilesOfOtherRanks() throws IOException {
    Path images = write("train-images-idx3-ubyte", idx(counting(18), 3, 6));
    assertEquals(
        images + " has 2 dimensions at byte 3; images have 3 (count, height, width)",
        refusal(folder.toString()));
    write("train-images-idx3-ubyte", idx(counting(18), 3, 2, 3));
    Path labels = write("train-labels-idx1-ubyte", idx(new byte[3], 3, 1));
    assertEquals(
        labels + " has 2 dimensions at byte 3; labels have 1 (count)", refusal(folder.toString()));
  }

  @Test
  void refusesImagesLargerThanNetworksTake() throws IOException {
    int side = 8193; // its square is just above 2^26
    byte[] pixels = new byte[side * side];
    Path train = write("train-images-idx3-ubyte", gzip(idx(pixels, 1, side, side)));
    write("train-labels-idx1-ubyte", idx(new byte[1], 1));
    assertEquals(
        train + ": shape 1x8193x8193 has more than 67108864 elements an image",
        assertThrows(
                DataException.class, () -> DataSets.openSplit(folder.toString(), data, Split.TRAIN))
            .getMessage());
  }

  @Test
  void passesOnWhatIsWrongWithOneFile() throws IOException {
    Path broken = write("t10k-labels-idx1-ubyte", new byte[] {0, 0, 8});
    assertEquals(
        broken + " ends at byte 3; expected 4 bytes of the magic number from byte 0",
        refusal(folder.toString()));
  }

  @Test
  void namedSetsThatAreNotThereAreToBeFetched() throws IOException {
    assertEquals(
        "data set kmnist is not in "
            + data.resolve("kmnist")
            + "; \"aparanet data fetch kmnist\" brings it there",
        refusal("kmnist"));
    Files.move(folder, data.resolve("kmnist"));
    assertEquals("kmnist train", DataSets.open("kmnist", data).train().name());
    Files.delete(data.resolve("kmnist").resolve("train-labels-idx1-ubyte")); // half fetched
    assertTrue(refusal("kmnist").contains("aparanet data fetch kmnist"), refusal("kmnist"));
  }

  @Test
  void fashionMnistIsAlsoFoundWhereDebianPutsIt() throws IOException {
    Path system = Files.createDirectory(data.resolve("system"));
    Files.move(folder, system.resolve("fashion-mnist"));
    assertEquals(
        Optional.of(system.resolve("fashion-mnist")), NamedSet.FASHION_MNIST.find(data, system));
    assertEquals(
        "fashion-mnist test",
        NamedSet.FASHION_MNIST
            .source(data, system, PixelStore.beside(data, note -> {}))
            .read(Split.TEST)
            .name());
    assertEquals(Optional.empty(), NamedSet.KMNIST.find(data, system));
  }

  @Test
  void namedSetsHaveNamesOfTheirClasses() throws IOException {
    write("train-labels-idx1-ubyte", idx(new byte[] {0, 9, 1}, 3));
    Files.move(folder, data.resolve("kmnist"));
    DataSet set = DataSets.open("kmnist", data);
    assertEquals(
        List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
        set.train().classNames());
    assertEquals(set.train().classNames(), set.test().only(1).classNames());
  }

  @Test
  void emnistLettersStandUprightAndCountFromZero() throws IOException {
    Path letters = Files.createDirectory(data.resolve("letters"));
    byte[] byColumns = {1, 4, 2, 5, 3, 6}; // an image of three columns of two
    for (String part : List.of("train", "test")) {
      Path images = letters.resolve("emnist-letters-" + part + "-images-idx3-ubyte.gz");
      Files.write(images, gzip(idx(byColumns, 1, 3, 2)));
      Path labels = letters.resolve("emnist-letters-" + part + "-labels-idx1-ubyte.gz");
      Files.write(labels, gzip(idx(new byte[] {26}, 1)));
    }
    DataSet set = DataSets.open(letters.toString(), data);
    assertEquals(new Shape(1, 2, 3), set.train().shape());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, set.train().pixels());
    assertEquals(26, set.train().classes());
    assertEquals(25, set.test().label(0));

    Path labels = letters.resolve("emnist-letters-test-labels-idx1-ubyte.gz");
    Files.write(labels, gzip(idx(new byte[] {0}, 1)));
    assertEquals(
        labels + " has label 0 for image 0; the smallest allowed is 1",
        refusal(letters.toString()));
    Files.write(labels, gzip(idx(new byte[] {2}, 1)));
    Files.move(letters, data.resolve("emnist-letters"));
    ImageSet test = DataSets.open("emnist-letters", data).test();
    assertEquals("b", test.classNames().get(test.label(0)));
  }

  @Test
  void aFolderWithoutAnyDataSetIsRefused() throws IOException {
    Path empty = Files.createDirectory(data.resolve("empty"));
    assertEquals(
        empty
            + " holds no data set: neither IDX files such as train-images-idx3-ubyte.gz, nor"
            + " CIFAR-10's data_batch_1.bin, nor a sub-folder of images for each class",
        refusal(empty.toString()));
  }

  @Test
  void hasAtLeastTwoClasses() throws IOException {
    write("train-labels-idx1-ubyte", idx(new byte[3], 3));
    write("t10k-labels-idx1-ubyte", idx(new byte[2], 2));
    assertEquals(2, DataSets.open(folder.toString(), data).train().classes());
  }

  @Test
  void refusesToPairSetsOfDifferentShape() {
    ImageSet train = new ImageSet("a", new Shape(1, 2, 2), new byte[4], new byte[1], 2);
    ImageSet test = new ImageSet("b", new Shape(1, 2, 3), new byte[6], new byte[1], 2);
    assertEquals(
        "a has images of 1x2x2 in 2 classes but b has images of 1x2x3 in 2 classes",
        assertThrows(IllegalArgumentException.class, () -> new DataSet(train, test)).getMessage());
  }
}
