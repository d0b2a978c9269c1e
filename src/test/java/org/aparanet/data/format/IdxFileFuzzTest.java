package org.aparanet.data.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;

/**
 * Whatever the bytes, reading them gives an array or a {@link DataException}, and takes no more
 * memory than they justify.
 *
 * <p>In a normal build this runs over the stored inputs only. {@code JAZZER_FUZZ=1
 * JAZZER_MAX_DURATION=1h mvn test -Dtest=IdxFileFuzzTest} looks for new ones.
 */
class IdxFileFuzzTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** For the readers' buffers and messages. */
  private static final long FIXED_BYTES = 1 << 20;

  /** The first reading loads classes, and the fuzzer's instrumentation of them takes memory. */
  @BeforeAll
  static void loadClasses() {
    byte[] file = IdxBytes.gzip(IdxBytes.idx(new byte[2], 2));
    IdxFile.parse("input", file);
    file[file.length - 1] ^= 1;
    assertThrows(DataException.class, () -> IdxFile.parse("input", file));
    assertThrows(DataException.class, () -> IdxFile.parse("input", new byte[0]));
  }

  @FuzzTest(maxDuration = "30s")
  void parse(byte[] file) {
    Optional<IdxFile> read = parseWithinMemory(file);
    boolean plain = !GzipInput.isGzip(file);
    if (plain) {
      read.ifPresent(idx -> assertArrayEquals(file, bytes(idx)));
      Optional<IdxFile> unpacked = parseWithinMemory(IdxBytes.gzip(file));
      assertEquals(read.map(IdxFile::dimensions), unpacked.map(IdxFile::dimensions));
      read.ifPresent(idx -> assertArrayEquals(idx.values(), unpacked.orElseThrow().values()));
    }
  }

  private static Optional<IdxFile> parseWithinMemory(byte[] file) {
    long expansion = GzipInput.isGzip(file) ? GzipInput.LARGEST_EXPANSION : 1;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Optional<IdxFile> read;
    try {
      read = Optional.of(IdxFile.parse("input", file));
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith("input "), e.getMessage());
      read = Optional.empty();
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    // twice the contents: while they are read in pieces, and then in one
    assertTrue(
        allocated <= FIXED_BYTES + 2 * expansion * file.length,
        () -> allocated + " bytes allocated for a file of " + file.length);
    return read;
  }

  private static byte[] bytes(IdxFile idx) {
    return IdxBytes.idx(
        idx.values(), idx.dimensions().stream().mapToInt(Integer::intValue).toArray());
  }
}
