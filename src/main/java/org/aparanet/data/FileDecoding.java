package org.aparanet.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.data.store.PixelSink;
import org.aparanet.model.Shape;

/**
 * Decoding of many image files on all processors. Files that are no image, or a damaged one, are
 * left out.
 */
final class FileDecoding {
  /** Bytes of pixels that are in memory on their way to a sink. */
  private static final int PORTION = 1 << 24;

  private final List<Path> files;
  private final Shape shape;
  private final LongConsumer progress;
  private final AtomicLong done = new AtomicLong();

  /**
   * @param files in their order
   * @param shape what images are resized to
   * @param progress is told how many files have been read, by any thread
   */
  FileDecoding(List<Path> files, Shape shape, LongConsumer progress) {
    this.files = files;
    this.shape = shape;
    this.progress = progress;
  }

  /**
   * Decodes all files, a portion at a time.
   *
   * @return what is wrong with each, or null
   * @throws IOException if the sink has no room
   * @throws org.aparanet.data.format.DataException if a file cannot be read for a reason that is
   *     not its own
   */
  String[] into(PixelSink sink) throws IOException {
    int portion = Math.max(1, PORTION / shape.size());
    byte[] pixels = new byte[Math.multiplyExact(Math.min(portion, files.size()), shape.size())];
    String[] problems = new String[files.size()];
    for (int from = 0; from < files.size(); from += portion) {
      int count = Math.min(portion, files.size() - from);
      String[] ofPortion = into(from, count, pixels);
      System.arraycopy(ofPortion, 0, problems, from, count);
      sink.write(pixels, 0, compact(pixels, ofPortion) * shape.size());
    }
    return problems;
  }

  /** Decodes all files into an array of their size, as above. */
  String[] into(byte[] pixels) {
    return into(0, files.size(), pixels);
  }

  private String[] into(int first, int count, byte[] pixels) {
    String[] problems = new String[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              problems[i] = read(files.get(first + i), pixels, i * shape.size());
              progress.accept(done.incrementAndGet());
            });
    return problems;
  }

  private String read(Path file, byte[] pixels, int offset) {
    try {
      ImageFile.read(file, shape, false).copy(0, pixels, offset);
      return null;
    } catch (WrongFileException e) {
      return e.getMessage();
    }
  }

  /**
   * Moves what could be read to the front.
   *
   * @return how many images that is
   */
  int compact(byte[] pixels, String[] problems) {
    int size = shape.size();
    int kept = 0;
    for (int i = 0; i < problems.length; i++) {
      if (problems[i] == null) {
        if (kept < i) {
          System.arraycopy(pixels, i * size, pixels, kept * size, size);
        }
        kept++;
      }
    }
    return kept;
  }
}
