package org.aparanet.data.format;

import static org.aparanet.data.format.IdxBytes.counting;
import static org.aparanet.data.format.IdxBytes.gzip;
import static org.aparanet.data.format.IdxBytes.idx;
import static org.aparanet.data.format.IdxBytes.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {

  private static String refusal(byte[] file) {
    return assertThrows(DataException.class, () -> IdxFile.parse("f", file)).getMessage();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void readsPlainFileOfThreeDimensions() {
    IdxFile file = IdxFile.parse("f", idx(counting(24), 4, 2, 3));
    assertEquals(List.of(4, 2, 3), file.dimensions());
    assertArrayEquals(counting(24), file.values());
  }

  @Test
  void readsGzipFileThatIsLargerThanItsBuffers() {
    IdxFile file = IdxFile.parse("f", gzip(idx(counting(300_000), 300_000)));
    assertEquals(List.of(300_000), file.dimensions());
    assertArrayEquals(counting(300_000), file.values());
  }

  @Test
  void tellsGzipByContentAndNotByName(@TempDir Path folder) throws IOException {
    Path packed = Files.write(folder.resolve("packed"), gzip(idx(counting(5), 5)));
    Path plain = Files.write(folder.resolve("plain.gz"), idx(counting(5), 5));
    assertArrayEquals(counting(5), IdxFile.read(packed).values());
    assertArrayEquals(counting(5), IdxFile.read(plain).values());
  }

  @Test
  void readsGzipHeaderWithAllOptionalFields() {
    byte[] packed = gzip(idx(counting(5), 5));
    byte[] fields = join(bytes(3, 0, 7, 7, 7), bytes('n', 0), bytes('c', 0), bytes(1, 2));
    byte[] file =
        join(Arrays.copyOf(packed, 10), fields, Arrays.copyOfRange(packed, 10, packed.length));
    file[3] = 0x1E; // header checksum, extra field, name, comment
    assertArrayEquals(counting(5), IdxFile.parse("f", file).values());
  }

  @Test
  void readsGzipOfSeveralMembers() {
    byte[] content = idx(counting(100), 100);
    byte[] file =
        join(
            gzip(Arrays.copyOf(content, 3)),
            gzip(new byte[0]),
            gzip(Arrays.copyOfRange(content, 3, content.length)));
    assertArrayEquals(counting(100), IdxFile.parse("f", file).values());
  }

  @Test
  void manyEmptyGzipMembersNeitherOverflowTheStackNorHang() {
    byte[][] members = Collections.nCopies(100_000, gzip(new byte[0])).toArray(byte[][]::new);
    assertEquals(
        "f (unpacked) ends at byte 0; expected 4 bytes of the magic number from byte 0",
        refusal(join(members)));
  }

  @Test
  void refusesEmptyFile() {
    assertEquals(
        "f ends at byte 0; expected 4 bytes of the magic number from byte 0", refusal(new byte[0]));
  }

  @Test
  void refusesHeaderThatIsCutOff() {
    assertEquals(
        "f ends at byte 10; expected 4 bytes of dimension 2 of 3 from byte 8",
        refusal(Arrays.copyOf(idx(counting(1), 1, 1, 1), 10)));
  }

  @Test
  void refusesWrongMagic() {
    assertEquals(
        "f begins with bytes 89 50 at byte 0; expected 00 00 (IDX) or 1f 8b (gzip)",
        refusal(bytes(0x89, 'P', 'N', 'G')));
  }

  @Test
  void refusesOtherTypesByName() {
    String[] names = {"signed byte", "short", "int", "float", "double", "no type of the format"};
    int[] codes = {0x09, 0x0B, 0x0C, 0x0D, 0x0E, 0xFF};
    for (int i = 0; i < codes.length; i++) {
      assertEquals(
          "f has type code 0x%02x (%s) at byte 2; expected 0x08 (unsigned byte)"
              .formatted(codes[i], names[i]),
          refusal(bytes(0, 0, codes[i], 1, 0, 0, 0, 1, 0)));
    }
  }

  @Test
  void refusesNoDimensions() {
    assertEquals("f has 0 dimensions at byte 3; expected 1 to 255", refusal(bytes(0, 0, 8, 0)));
  }

  @Test
  void refusesZeroDimension() {
    assertEquals(
        "f has size 0 for dimension 2 at byte 8; expected 1 to 2147483639",
        refusal(idx(new byte[0], 1, 0, 1)));
  }

  @Test
  void refusesDimensionsBeyondArrays() {
    assertEquals(
        "f has size 4294967295 for dimension 1 at byte 4; expected 1 to 2147483639",
        refusal(idx(new byte[0], -1)));
    assertEquals(
        "f has size 2147483640 for dimension 1 at byte 4; expected 1 to 2147483639",
        refusal(idx(new byte[0], 2147483640)));
  }

  @Test
  void refusesDimensionsWhoseProductOverflows() {
    assertEquals(
        "f declares 65536x65536x65536x65536 values at byte 4; expected at most 2147483639",
        refusal(idx(new byte[0], 65536, 65536, 65536, 65536)));
  }

  @Test
  void refusesPlainFileThatIsShorterThanDeclared() {
    assertEquals(
        "f has at most 39 bytes; expected 40 for the 4x2x3 values declared in its header",
        refusal(Arrays.copyOf(idx(counting(24), 4, 2, 3), 39)));
  }

  @Test
  void refusesPlainFileThatIsLongerThanDeclared() {
    assertEquals(
        "f goes on at byte 40; expected its end there after the 4x2x3 values declared in its"
            + " header",
        refusal(idx(counting(25), 4, 2, 3)));
  }

  @Test
  void refusesGzipFileThatUnpacksToLessThanDeclared() {
    assertEquals(
        "f (unpacked) ends at byte 39; expected 40 bytes for the 4x2x3 values declared in its"
            + " header",
        refusal(gzip(Arrays.copyOf(idx(counting(24), 4, 2, 3), 39))));
  }

  @Test
  void refusesGzipBombAfterTheDeclaredBytes() {
    byte[] bomb = gzip(idx(new byte[100_000_000], 4, 2, 3));
    long before = allocatedBytes();
    assertEquals(
        "f (unpacked) goes on at byte 40; expected its end there after the 4x2x3 values declared"
            + " in its header",
        refusal(bomb));
    assertTrue(allocatedBytes() - before < 2_000_000);
  }

  @Test
  void refusesDeclaredSizeThatGzipCannotHoldBeforeAllocatingIt() {
    byte[] file = gzip(idx(counting(10), 2_000_000_000));
    long before = allocatedBytes();
    assertEquals(
        "f (unpacked) has at most %d bytes; expected 2000000008 for the 2000000000 values declared in its header"
            .formatted(file.length * 1032),
        refusal(file));
    assertTrue(allocatedBytes() - before < 2_000_000);
  }

  @Test
  void refusesGzipThatIsCutOff() {
    byte[] file = gzip(idx(counting(24), 4, 2, 3));
    assertEquals(
        "f cannot be read: its gzip data is cut off at byte " + (file.length - 1),
        refusal(Arrays.copyOf(file, file.length - 1)));
    assertEquals(
        "f cannot be read: its gzip data is cut off at byte 20", refusal(Arrays.copyOf(file, 20)));
    assertEquals(
        "f cannot be read: its gzip data is cut off at byte 5", refusal(Arrays.copyOf(file, 5)));
  }

  @Test
  void refusesGzipWithDamagedChecksumOrLength() {
    byte[] file = gzip(idx(counting(24), 4, 2, 3));
    byte[] checksum = file.clone();
    checksum[file.length - 8] ^= 1;
    assertTrue(refusal(checksum).startsWith("f cannot be read: the unpacked data has checksum "));
    byte[] length = file.clone();
    length[file.length - 4] ^= 1;
    assertEquals(
        "f cannot be read: the unpacked data has 40 bytes; expected 41 as before byte "
            + file.length,
        refusal(length));
  }

  @Test
  void refusesGzipWithDamagedData() {
    byte[] file = gzip(idx(counting(24), 4, 2, 3));
    file[10] = (byte) 0xFF; // the first block has a type that does not exist
    assertEquals(
        "f cannot be read: its gzip data is damaged before byte 11 (invalid block type)",
        refusal(file));
  }

  @Test
  void refusesUnknownGzipMethodAndFlags() {
    byte[] method = gzip(idx(counting(1), 1));
    method[2] = 7;
    assertEquals(
        "f cannot be read: its gzip method is 7 at byte 2; expected 8 (deflate)", refusal(method));
    byte[] flags = gzip(idx(counting(1), 1));
    flags[3] = (byte) 0x80;
    assertEquals(
        "f cannot be read: its gzip flags are 0x80 at byte 3; expected at most 0x1f",
        refusal(flags));
  }

  @Test
  void refusesBytesAfterGzipData() {
    byte[] file = gzip(idx(counting(1), 1));
    assertEquals(
        "f cannot be read: bytes that are not gzip follow the data at byte " + file.length,
        refusal(join(file, bytes(0x1F, 0x00))));
  }

  @Test
  void namesTheFileThatIsMissingOrNoFile(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    assertEquals(
        missing + " does not exist",
        assertThrows(DataException.class, () -> IdxFile.read(missing)).getMessage());
    assertEquals(
        folder + " is not a file",
        assertThrows(DataException.class, () -> IdxFile.read(folder)).getMessage());
  }

  @Test
  void refusesValuesThatDoNotFitTheDimensions() {
    assertThrows(IllegalArgumentException.class, () -> new IdxFile(List.of(2, 3), new byte[5]));
    assertThrows(IllegalArgumentException.class, () -> new IdxFile(List.of(), new byte[1]));
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean)
            java.lang.management.ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
