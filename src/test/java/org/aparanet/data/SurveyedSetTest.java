package org.aparanet.data;

import static org.aparanet.data.format.IdxBytes.counting;
import static org.aparanet.data.format.IdxBytes.gzip;
import static org.aparanet.data.format.IdxBytes.idx;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aparanet.data.format.DataException;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards of a set give the images that the whole set has. */
class SurveyedSetTest {
  @TempDir Path folder;

  private final List<String> notes = new ArrayList<>();

  private DataSets.Place place(String data) {
    return new DataSets.Place(data, folder, new Shape(3, 4, 4), notes::add);
  }

  /** What a shard reads in another process. */
  private static SortedMap<Integer, String> read(ImageShard shard, ByteArrayOutputStream pixels)
      throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
      out.writeObject(shard);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
      return ((ImageShard) in.readObject()).read(Path::of, pixels::write);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void requireSame(DataSet whole, SurveyedSet survey) throws IOException {
    ImageSet train = survey.train();
    assertEquals(whole.train().name(), train.name());
    assertEquals(whole.train().shape(), train.shape());
    assertEquals(whole.train().classNames(), train.classNames());
    assertEquals(whole.train().classes(), train.classes());
    assertArrayEquals(whole.train().labels(), train.labels());
    assertArrayEquals(whole.test().pixels(), survey.test().pixels());
    assertArrayEquals(whole.test().labels(), survey.test().labels());
    for (int part = 0; part < 3; part++) {
      int first = part;
      int[] numbers = IntStream.range(0, train.count()).filter(i -> i % 3 == first).toArray();
      ImageShard shard = survey.shard(numbers);
      ByteArrayOutputStream pixels = new ByteArrayOutputStream();

      assertTrue(read(shard, pixels).isEmpty());

      assertEquals(numbers.length, shard.count());
      assertEquals(train.shape().size(), shard.imageSize());
      byte[] read = pixels.toByteArray();
      int size = shard.imageSize();
      assertEquals(numbers.length * size, read.length);
      byte[] expected = new byte[size];
      for (int i = 0; i < numbers.length; i++) {
        whole.train().copy(numbers[i], expected, 0);
        assertArrayEquals(expected, Arrays.copyOfRange(read, i * size, (i + 1) * size));
      }
    }
  }

  private void writeIdx(String train, String test, int firstLabel) throws IOException {
    byte[] labels = new byte[7];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (firstLabel + i % 3);
    }
    Files.write(folder.resolve(train + "-images-idx3-ubyte.gz"), gzip(idx(counting(140), 7, 5, 4)));
    Files.write(folder.resolve(train + "-labels-idx1-ubyte"), idx(labels, 7));
    Files.write(folder.resolve(test + "-images-idx3-ubyte"), idx(counting(40), 2, 5, 4));
    Files.write(folder.resolve(test + "-labels-idx1-ubyte"), idx(Arrays.copyOf(labels, 2), 2));
  }

  @Test
  void ofIdxFiles() throws IOException {
    writeIdx("train", "t10k", 0);

    requireSame(DataSets.open(place(folder.toString())), DataSets.survey(place(folder.toString())));
  }

  @Test
  void ofIdxFilesWhoseImagesStandColumnByColumn() throws IOException {
    writeIdx("emnist-letters-train", "emnist-letters-test", 1);

    requireSame(DataSets.open(place(folder.toString())), DataSets.survey(folder, place("letters")));
  }

  @Test
  void ofCifar() throws IOException {
    for (int file = 1; file <= 6; file++) {
      byte[] records = counting(file * 3073);
      for (int i = 0; i < file; i++) {
        records[i * 3073] = (byte) ((file + i) % 10);
      }
      String name = file == 6 ? "test_batch" : "data_batch_" + file;
      Files.write(folder.resolve(name + ".bin"), records);
    }

    requireSame(DataSets.open(place(folder.toString())), DataSets.survey(place(folder.toString())));
  }

  private void writePhotos() throws IOException {
    for (int i = 0; i < 20; i++) {
      SmallImages.write(folder.resolve("set/cat/" + i + ".png"), new Color(i, 0, 0));
      SmallImages.write(folder.resolve("set/hot dog/" + i + ".png"), new Color(0, i, 0));
    }
  }

  @Test
  void ofImageFiles() throws IOException {
    writePhotos();
    String set = folder.resolve("set").toString();
    DataSet whole = DataSets.open(place(set));
    List<String> told = List.copyOf(notes);
    notes.clear();

    SurveyedSet survey = DataSets.survey(place(set));

    assertTrue(survey.isOfImageFiles());
    requireSame(whole, survey);
    requireSame(whole, survey.without(new TreeMap<>()));
    assertTrue(notes.containsAll(told), notes + " lacks some of " + told);
  }

  @Test
  void damagedImagesAreLeftOutOnceTheyAreKnown() throws IOException {
    writePhotos();
    String set = folder.resolve("set").toString();
    SurveyedSet sound = DataSets.survey(place(set));
    Path damaged = folder.resolve("set/cat/3.png");
    Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 40));
    int[] all = IntStream.range(0, sound.train().count()).toArray();

    SortedMap<Integer, String> problems = read(sound.shard(all), new ByteArrayOutputStream());
    notes.clear();
    SurveyedSet rest = sound.without(problems);

    assertEquals(1, problems.size());
    assertTrue(
        problems.get(problems.firstKey()).startsWith(damaged + " cannot be read as an image"),
        problems::toString);
    assertEquals(all.length - 1, rest.train().count());
    assertEquals("set train: 1 of " + all.length + " files left out:", notes.get(0));
    requireSame(DataSets.open(place(set)), rest);
  }

  @Test
  void whatIsNotReadHereCannotBeAskedFor() throws IOException {
    writeIdx("train", "t10k", 0);
    SurveyedSet survey = DataSets.survey(place(folder.toString()));

    assertFalse(survey.isOfImageFiles());
    assertArrayEquals(new byte[] {2, 0}, survey.train(new int[] {2, 6}).labels());
    assertThrows(
        UnsupportedOperationException.class, () -> survey.train().copy(0, new byte[20], 0));
  }

  @Test
  void filesThatChangeAreNoticed() throws IOException {
    writeIdx("train", "t10k", 0);
    ImageShard shard = DataSets.survey(place(folder.toString())).shard(new int[] {0, 6});
    Path file = folder.resolve("train-images-idx3-ubyte.gz");
    Files.write(file, gzip(idx(counting(100), 5, 5, 4)));

    assertEquals(
        file + " changed while it was read",
        assertThrows(DataException.class, () -> read(shard, new ByteArrayOutputStream()))
            .getMessage());
  }
}
