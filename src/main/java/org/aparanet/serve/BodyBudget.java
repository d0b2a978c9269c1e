package org.aparanet.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads bodies of requests, each and all together within a limit. Who sends slowly holds no more
 * than has come.
 */
final class BodyBudget {
  private static final int PIECE = 64 << 10;

  private final int most;
  private final Semaphore pieces;

  /**
   * @param most bytes of one body
   * @param together bytes of all bodies that are held at a time
   */
  BodyBudget(int most, int together) {
    this.most = most;
    pieces = new Semaphore(together / PIECE);
  }

  /** A body, whose room is given back when it is closed. */
  final class Body implements AutoCloseable {
    private final byte[] bytes;
    private final int held;

    private Body(byte[] bytes, int held) {
      this.bytes = bytes;
      this.held = held;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public void close() {
      pieces.release(held);
    }
  }

  /**
   * Reads a body to its end.
   *
   * @param announced the header Content-Length, or null
   * @throws RequestException if it is too large, or all bodies together are
   * @throws IOException if it ends before its length, or does not come in time
   */
  Body read(InputStream in, String announced) throws IOException {
    if (announced != null && isTooLong(announced)) {
      throw tooLarge();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    int held = 0;
    boolean whole = false;
    try {
      while (true) {
        int count = in.read(piece, 0, Math.min(PIECE, most + 1 - bytes.size()));
        if (count < 0) {
          break;
        }
        if (bytes.size() + count > most) {
          throw tooLarge();
        }
        while (held * (long) PIECE < bytes.size() + count) {
          if (!pieces.tryAcquire()) {
            throw new RequestException(
                503, "the server holds as many bytes of requests as it may; try again");
          }
          held++;
        }
        bytes.write(piece, 0, count);
      }
      if (announced != null && bytes.size() < Long.parseLong(announced.strip())) {
        throw new IOException("the body ends before its length");
      }
      whole = true;
      return new Body(bytes.toByteArray(), held);
    } finally {
      if (!whole) {
        pieces.release(held);
      }
    }
  }

  private boolean isTooLong(String announced) {
    try {
      long length = Long.parseLong(announced.strip());
      if (length < 0) {
        throw new RequestException(400, "the header Content-Length must be a whole number from 0");
      }
      return length > most;
    } catch (NumberFormatException e) {
      throw new RequestException(400, "the header Content-Length must be a whole number from 0", e);
    }
  }

  private RequestException tooLarge() {
    return new RequestException(
        413, "the body is too large; at most " + (most >> 20) + " MiB are allowed");
  }
}
