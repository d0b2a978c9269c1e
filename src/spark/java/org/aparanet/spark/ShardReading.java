package org.aparanet.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.aparanet.data.ImageSet;
import org.aparanet.data.ImageShard;
import org.aparanet.data.store.DataMemory;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.data.store.PixelKey;
import org.aparanet.data.store.PixelStore;

/**
 * Reading of shards by this process: into memory as long as all that it keeps has room there, and
 * then into local files.
 */
final class ShardReading {
  /** Bytes of all pixels that this process keeps in memory. */
  private static final AtomicLong KEPT = new AtomicLong();

  private final Function<URI, Path> paths;
  private final Path folder;

  /**
   * @param paths of files by their addresses
   * @param folder for files of pixels, which somebody removes when this process ends
   */
  ShardReading(Function<URI, Path> paths, Path folder) {
    this.paths = paths;
    this.folder = folder;
  }

  /**
   * A shard that was read.
   *
   * @param images empty if some cannot be read
   * @param problems a sentence for each of those, by its place in the shard
   */
  record Read(Optional<ImageSet> images, SortedMap<Integer, String> problems) {}

  /**
   * Reads a shard.
   *
   * @throws org.aparanet.data.format.DataException if a file cannot be read for a reason that is
   *     not its own
   */
  Read read(ShareShard shard) {
    long bytes = (long) shard.images().count() * shard.images().imageSize();
    if (isRoomFor(bytes)) {
      return inMemory(shard, (int) bytes);
    }
    return inFile(shard);
  }

  private static boolean isRoomFor(long bytes) {
    boolean room = KEPT.addAndGet(bytes) <= DataMemory.most() && bytes < Integer.MAX_VALUE - 8;
    if (!room) {
      KEPT.addAndGet(-bytes);
    }
    return room;
  }

  /** Notes that images are no longer kept. */
  static void release(ImageSet images) {
    images.stored().array().ifPresent(array -> KEPT.addAndGet(-array.length));
  }

  private Read inMemory(ShareShard shard, int bytes) {
    boolean kept = false;
    try {
      ByteBuffer pixels = ByteBuffer.allocate(bytes);
      SortedMap<Integer, String> problems = shard.images().read(paths, pixels::put);
      kept = problems.isEmpty();
      ImagePixels all = ImagePixels.of(pixels.array(), shard.images().imageSize());
      return new Read(kept ? Optional.of(set(shard, all)) : Optional.empty(), problems);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what there is room for", e);
    } finally {
      if (!kept) {
        KEPT.addAndGet(-bytes);
      }
    }
  }

  private Read inFile(ShareShard shard) {
    ImageShard images = shard.images();
    String name = shard.set() + ", share " + shard.share();
    PixelKey key = // of this process alone
        new PixelKey.Builder(name + " " + UUID.randomUUID(), images.imageSize()).build();
    List<SortedMap<Integer, String>> problems = new ArrayList<>();
    ImagePixels pixels =
        PixelStore.beside(folder, note -> {})
            .open(
                name,
                key,
                images.count(),
                sink -> {
                  problems.add(images.read(paths, sink));
                  int good = images.count() - problems.get(0).size();
                  return new PixelStore.Rest(Arrays.copyOf(shard.labels(), good), List.of());
                })
            .pixels();
    return new Read(
        problems.get(0).isEmpty() ? Optional.of(set(shard, pixels)) : Optional.empty(),
        problems.get(0));
  }

  private static ImageSet set(ShareShard shard, ImagePixels pixels) {
    return new ImageSet(
        shard.set(), shard.shape(), pixels, shard.labels(), shard.classes(), shard.classNames());
  }
}
