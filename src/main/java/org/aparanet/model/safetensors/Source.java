package org.aparanet.model.safetensors;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.aparanet.file.SteadyFile;

/** Bytes that are read by position: a file, or memory. */
interface Source extends Closeable {

  long size() throws IOException;

  /**
   * Fills a buffer up to its limit with the bytes from a position on.
   *
   * @throws EOFException if they end before
   */
  void read(long position, ByteBuffer target) throws IOException;

  static Source of(SteadyFile file) {
    return new Source() {
      @Override
      public long size() throws IOException {
        return file.size();
      }

      @Override
      public void read(long position, ByteBuffer target) throws IOException {
        long from = position;
        while (target.hasRemaining()) {
          int count = file.read(target, from);
          if (count < 0) {
            throw new EOFException("it ends at byte " + from);
          }
          from += count;
        }
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  static Source of(ByteBuffer bytes) {
    ByteBuffer all = bytes.slice();
    return new Source() {
      @Override
      public long size() {
        return all.limit();
      }

      @Override
      public void read(long position, ByteBuffer target) throws IOException {
        if (position + target.remaining() > all.limit()) {
          throw new EOFException("it ends at byte " + all.limit());
        }
        target.put(all.slice((int) position, target.remaining()));
      }

      @Override
      public void close() {
        // memory needs no closing
      }
    };
  }
}
