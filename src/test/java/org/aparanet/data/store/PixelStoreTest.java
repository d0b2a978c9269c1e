package org.aparanet.data.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.aparanet.data.format.DataException;
import org.aparanet.file.Claims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelStoreTest {
  private static final int SIZE = 7;
  private static final int COUNT = 23;
  private static final List<String> PROBLEMS = List.of("a is no image", "\u00e4 neither");

  private static final String ELSEWHERE =
      "; the system property aparanet.data.pixels names another folder for them";

  @TempDir Path folder;

  private final byte[] pixels = new byte[COUNT * SIZE];
  private final byte[] labels = new byte[COUNT];
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private int readings;

  @BeforeEach
  void fill() {
    new Random(3).nextBytes(pixels);
    new Random(4).nextBytes(labels);
  }

  private PixelStore.Rest read(PixelSink sink) throws IOException {
    readings++;
    sink.write(pixels, 0, 10);
    sink.write(pixels, 10, pixels.length - 10);
    return new PixelStore.Rest(labels, PROBLEMS);
  }

  private static PixelKey key(String state) {
    return new PixelKey.Builder("/photos: photos train", SIZE).add(state).build();
  }

  private PixelStore store() {
    return TestStores.inFiles(folder, notes::add);
  }

  private StoredSet open() {
    return open(store(), this::read);
  }

  private static StoredSet open(PixelStore store, PixelStore.Reading reading) {
    return store.open("photos train", key("now"), COUNT, reading);
  }

  private static String refusal(PixelStore store, PixelStore.Reading reading) {
    return assertThrows(DataException.class, () -> open(store, reading)).getMessage();
  }

  private Path file() {
    return folder.resolve(key("now").fileName());
  }

  private void check(StoredSet set) {
    assertEquals(COUNT, set.pixels().count());
    assertEquals(SIZE, set.pixels().imageSize());
    assertTrue(set.pixels().array().isEmpty());
    assertArrayEquals(pixels, set.pixels().toArray());
    assertArrayEquals(labels, set.labels());
    assertEquals(PROBLEMS, set.problems());
    assertThrows(
        IndexOutOfBoundsException.class, () -> set.pixels().copy(COUNT, new byte[SIZE], 0));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> "" + file.getFileName()).sorted().toList();
    }
  }

  @Test
  void aSetIsReadOnceAndThenTakenFromItsFile() throws IOException {
    check(open());
    check(open());

    assertEquals(1, readings);
    assertEquals(List.of(key("now").fileName()), files());
    assertEquals(
        List.of(
            "photos train: more than Java's heap has room for, so that the pixels are in "
                + file()
                + " (161 bytes)",
            "photos train: the pixels are in " + file() + " (161 bytes)"),
        notes);
  }

  @Test
  void blocksHaveChecksumsOfTheirOwn() throws IOException {
    byte[] many = new byte[2 * PixelFile.BLOCK + 5];
    new Random(1).nextBytes(many);
    PixelKey key = new PixelKey.Builder("large", 1).build();
    try (PixelFileWriter writer = new PixelFileWriter(folder.resolve("x.pixels"), key)) {
      for (int from = 0; from < many.length; from += 1_000_003) {
        writer.write(many, from, Math.min(1_000_003, many.length - from));
      }
      PixelFile file = writer.publish(new byte[many.length], List.of());
      assertEquals(3, file.trailer().checksums().length);
      assertTrue(file.isSound(note -> {}));
      assertArrayEquals(
          file.trailer().checksums(),
          PixelFile.look(file.path()).orElseThrow().trailer().checksums());
      change(file.path(), PixelFile.HEADER + 2L * PixelFile.BLOCK + 3);
      assertFalse(file.isSound(note -> {}));
    }
  }

  private static void change(Path file, long place) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(place);
      int old = open.read();
      open.seek(place);
      open.write(old ^ 1);
    }
  }

  @Test
  void whateverIsDamagedIsMadeAgain() throws IOException {
    open();
    byte[] sound = Files.readAllBytes(file());
    for (int i = 0; i < sound.length; i++) {
      readings = 0;
      notes.clear();
      change(file(), i);
      check(open());
      assertEquals(1, readings, "byte " + i);
      assertEquals(file() + " is damaged and is made again", notes.get(0), "byte " + i);
      assertArrayEquals(sound, Files.readAllBytes(file()));
    }
    for (int length : new int[] {0, 1, 63, 64, 80, sound.length - 1}) {
      readings = 0;
      Files.write(file(), Arrays.copyOf(sound, length));
      check(open());
      assertEquals(1, readings, "length " + length);
    }
    Files.write(file(), Arrays.copyOf(sound, sound.length + 1));
    check(open());
  }

  @Test
  void whatChangedIsReadAgainAndTheOlderFileGoes() throws IOException {
    open();
    PixelKey other = new PixelKey.Builder("/photos: photos test", SIZE).build();
    store().open("photos test", other, COUNT, this::read);

    check(store().open("photos train", key("later"), COUNT, this::read));

    assertEquals(3, readings);
    assertEquals(Stream.of(key("later").fileName(), other.fileName()).sorted().toList(), files());
  }

  @Test
  void allPartsTogetherHaveTheMemory() {
    PixelStore store = new PixelStore(folder, 100, notes::add, any -> 0);

    assertTrue(store.keepsInMemory(60, 40));
    assertFalse(store.keepsInMemory(60, 41));
    assertFalse(store.keepsInMemory(101));
  }

  @Test
  void withoutRoomNothingIsLeftBehind() throws IOException {
    PixelStore full = new PixelStore(folder, 0, notes::add, any -> 160);
    assertEquals(
        "photos train does not fit into memory, and its pixels need 161 bytes, but there are only"
            + " 160 bytes free in "
            + folder
            + ELSEWHERE,
        refusal(full, this::read));
    assertEquals(0, readings);

    assertEquals(
        "photos train does not fit into memory, and its pixels cannot be kept in "
            + folder
            + ": No space left on device"
            + ELSEWHERE,
        refusal(
            store(),
            sink -> {
              sink.write(pixels, 0, 14);
              throw new IOException("No space left on device");
            }));
    assertEquals(
        "a disk fails",
        refusal(
            store(),
            sink -> {
              throw new DataException("a disk fails");
            }));
    assertEquals(List.of(), files());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    PixelStore store = TestStores.inFiles(file, notes::add);

    assertEquals(
        "photos train does not fit into memory, and its pixels cannot be kept in "
            + file
            + ": a file is in the way"
            + ELSEWHERE,
        refusal(store, this::read));
  }

  @Test
  void ofSeveralAtOnceOneReadsAndTheOthersWait() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<StoredSet>> sets = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sets.add(
          threads.submit(
              () ->
                  open(
                      store(),
                      sink -> {
                        LockSupport.parkNanos(300_000_000);
                        return read(sink);
                      })));
    }
    for (Future<StoredSet> set : sets) {
      check(set.get());
    }
    threads.shutdown();
    assertEquals(1, readings);
    assertTrue(
        notes.stream().anyMatch(note -> note.startsWith("photos train: waiting, as this very")),
        notes::toString);
    assertEquals(1, files().size());
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    Path left = Files.createFile(folder.resolve(".1a2b-" + key("now").fileName() + ".tmp"));
    Path ofAnother = Files.createFile(folder.resolve(".1a2b-" + "0".repeat(32) + ".pixels.tmp"));

    open();

    assertFalse(Files.exists(left));
    assertTrue(Files.exists(ofAnother), "its process may be at work");
  }

  @Test
  void filesAreListedAndRemovedUnlessTheyAreBeingWritten() throws IOException {
    open();
    Files.write(folder.resolve("f.pixels"), new byte[5]);
    Files.createFile(folder.resolve(".1-" + key("now").fileName() + ".tmp"));
    Files.createFile(folder.resolve("of somebody else"));
    PixelFolder all = new PixelFolder(folder);

    List<PixelFolder.Entry> entries = all.entries();

    assertEquals(
        List.of("/photos: photos train", "damaged", "unfinished"),
        entries.stream().map(PixelFolder.Entry::source).toList());
    assertEquals(List.of(COUNT, 0, 0), entries.stream().map(PixelFolder.Entry::images).toList());
    assertEquals(5, entries.get(1).bytes());
    assertEquals(Files.size(file()), entries.get(0).bytes());
    try (Claims claims = new Claims()) {
      claims.file(file());
      assertTrue(
          assertThrows(DataException.class, () -> all.remove(entries.get(0)))
              .getMessage()
              .startsWith(file() + " cannot be removed: this very process"));
      assertThrows(DataException.class, () -> all.remove(entries.get(2)));
    }
    entries.forEach(all::remove);
    assertEquals(List.of("of somebody else"), files());
    assertEquals(List.of(), new PixelFolder(folder.resolve("none")).entries());
  }

  /** An interrupt closes the channel for all threads that read it. */
  @Test
  void interruptsOfReadingThreadsChangeNothing() throws Exception {
    ImagePixels stored = open().pixels();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<?>> ends = new ArrayList<>();
    for (int thread = 0; thread < 3; thread++) {
      boolean interrupted = thread == 0;
      ends.add(
          threads.submit(
              () -> {
                byte[] image = new byte[SIZE];
                for (int i = 0; i < 3000; i++) {
                  if (interrupted && i % 10 == 0) {
                    Thread.currentThread().interrupt();
                  }
                  stored.copy(i % COUNT, image, 0);
                  assertArrayEquals(
                      Arrays.copyOfRange(pixels, i % COUNT * SIZE, (i % COUNT + 1) * SIZE), image);
                  assertEquals(interrupted && i % 10 == 0, Thread.interrupted());
                }
              }));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    threads.shutdown();
  }

  @Test
  void aFileThatIsCutOffWhileItIsReadIsNamed() throws IOException {
    byte[] large = new byte[1 << 20];
    PixelKey key = new PixelKey.Builder("large", 1 << 16).build();
    StoredSet set =
        store()
            .open(
                "large",
                key,
                16,
                sink -> {
                  sink.write(large, 0, large.length);
                  return new PixelStore.Rest(new byte[16], List.of());
                });
    Path file = folder.resolve(key.fileName());
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(1000);
    }
    byte[] target = new byte[1 << 16];
    assertEquals(
        file + " can no longer be read: it was cut off",
        assertThrows(DataException.class, () -> set.pixels().copy(9, target, 0)).getMessage());
  }
}
