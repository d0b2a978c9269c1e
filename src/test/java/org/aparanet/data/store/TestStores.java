package org.aparanet.data.store;

import java.nio.file.Path;

/** Stores for tests, whose limits are small. */
public final class TestStores {
  private TestStores() {}

  /** A store that keeps nothing in memory. */
  public static PixelStore inFiles(Path folder, ReadingListener listener) {
    return new PixelStore(folder, 0, listener, any -> Long.MAX_VALUE);
  }

  /** A store that keeps everything in memory. */
  public static PixelStore inMemory() {
    return new PixelStore(Path.of("nowhere"), Long.MAX_VALUE, note -> {}, any -> 0);
  }
}
