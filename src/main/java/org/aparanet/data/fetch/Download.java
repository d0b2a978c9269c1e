package org.aparanet.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.aparanet.data.format.DataException;
import org.aparanet.file.IoReason;

/**
 * Brings a file from the first of several addresses that gives it whole. What came before a failure
 * stays as {@code NAME.part}, and the next attempt, at whatever address, asks for the rest only.
 * The file gets its name when it has the length and the digest that it should.
 */
final class Download {
  private static final int REPETITIONS = 2;

  private final HttpClient client;
  private final Duration patience;
  private final FetchListener listener;

  /**
   * @param client follows redirects
   * @param patience how long to wait for an answer, and for {@link StallGuard#LEAST_BYTES}
   */
  Download(HttpClient client, Duration patience, FetchListener listener) {
    this.client = client;
    this.patience = patience;
    this.listener = listener;
  }

  /**
   * Brings a file.
   *
   * @param addresses where to look, in order; the file's name is put behind each
   * @param target the file here; an older one is replaced
   * @throws DataException if no address gives it, with the reason of each, or it cannot be written
   */
  void run(RemoteFile file, List<URI> addresses, Path target) {
    PartialFile part = new PartialFile(target);
    List<String> failures = new ArrayList<>();
    for (URI base : addresses) {
      URI address = base.resolve(file.name());
      try {
        bring(file, address, part);
        part.complete();
        return;
      } catch (AttemptException e) {
        failures.add(address + " " + e.getMessage());
        if (failures.size() < addresses.size()) {
          listener.note(address + " " + e.getMessage() + "; trying the next address");
        }
      }
    }
    long kept = part.size();
    throw new DataException(
        file.name()
            + " could not be fetched: "
            + String.join("; ", failures)
            + (kept == 0 ? "" : "; what came is kept, and fetching again goes on from there"));
  }

  private void bring(RemoteFile file, URI address, PartialFile part) throws AttemptException {
    for (int repetition = 0; ; repetition++) {
      long before = part.size();
      try {
        if (before != file.bytes()) {
          transfer(file, address, part);
        }
        verify(file, part, before > 0);
        return;
      } catch (AttemptException e) {
        boolean wentOn = part.size() > before;
        if (repetition == REPETITIONS || !(e.isWorthRepeating() || wentOn)) {
          throw e;
        }
        listener.note(address + " " + e.getMessage() + "; trying again");
      }
    }
  }

  private void verify(RemoteFile file, PartialFile part, boolean resumed) throws AttemptException {
    Digest actual;
    try {
      actual = file.digest().of(part.path());
    } catch (IOException e) {
      throw new DataException(part.path() + " cannot be read: " + IoReason.of(e), e);
    }
    if (!actual.equals(file.digest())) {
      part.delete();
      // the first bytes may be of another version or another server
      throw new AttemptException(
          "gave a file with " + actual + "; expected " + file.digest() + ", so it was deleted",
          resumed);
    }
  }

  private void transfer(RemoteFile file, URI address, PartialFile part) throws AttemptException {
    if (part.size() > file.bytes()) {
      part.delete();
    }
    HttpResponse<InputStream> response = ask(address, part);
    try (InputStream body = response.body()) {
      long offset = offset(response, part);
      long announced = response.headers().firstValueAsLong("Content-Length").orElse(-1);
      if (announced >= 0 && offset + announced != file.bytes()) {
        throw new AttemptException(
            "announces " + (offset + announced) + " bytes; expected " + file.bytes(), false);
      }
      receive(file, part, offset, body, response);
    } catch (IOException e) {
      throw new AttemptException("broke off (" + reason(e) + ")", false, e);
    }
  }

  private HttpResponse<InputStream> ask(URI address, PartialFile part) throws AttemptException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(patience).header("User-Agent", "aparanet");
    if (part.size() > 0) {
      request.header("Range", "bytes=" + part.size() + "-");
      part.tag().ifPresent(tag -> request.header("If-Range", tag));
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new AttemptException("did not answer within " + seconds(patience), false, e);
    } catch (ConnectException e) {
      throw new AttemptException("cannot be reached (" + refusal(e) + ")", false, e);
    } catch (IOException e) {
      throw new AttemptException("gave no answer (" + reason(e) + ")", false, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("fetching " + address + " was interrupted", e);
    }
  }

  /** Where the bytes of an answer belong: not every server can give the rest alone. */
  private static long offset(HttpResponse<?> response, PartialFile part) throws AttemptException {
    switch (response.statusCode()) {
      case 200:
        return 0;
      case 206:
        String range = response.headers().firstValue("Content-Range").orElse("nothing");
        if (part.size() > 0 && range.startsWith("bytes " + part.size() + "-")) {
          return part.size();
        }
        part.delete();
        throw new AttemptException(
            "gives \"" + range.replaceAll("[^ -~]", "?") + "\" when asked for the rest", true);
      case 416:
        part.delete();
        throw new AttemptException("does not give the rest of the file", true);
      default:
        throw new AttemptException("answers " + status(response.statusCode()), false);
    }
  }

  private void receive(
      RemoteFile file, PartialFile part, long offset, InputStream body, HttpResponse<?> response)
      throws AttemptException {
    long size = offset;
    listener.begin(file.name(), file.bytes(), offset);
    try (FileChannel channel = part.open(offset, response.headers());
        StallGuard guard = new StallGuard(body, patience)) {
      byte[] buffer = new byte[1 << 16];
      for (int count = read(body, buffer, guard); count >= 0; count = read(body, buffer, guard)) {
        if (size + count > file.bytes()) {
          channel.truncate(0);
          throw new AttemptException(
              "sends more than the " + file.bytes() + " bytes expected", false);
        }
        write(channel, ByteBuffer.wrap(buffer, 0, count), part);
        size += count;
        listener.received(size);
      }
      channel.force(true);
    } catch (IOException e) {
      throw PartialFile.failure(part.path(), e);
    } finally {
      listener.end();
    }
    if (size < file.bytes()) {
      throw new AttemptException(
          "broke off after " + size + " of " + file.bytes() + " bytes", false);
    }
  }

  /**
   * Reads some bytes; where the connection breaks, what came before counts as all there was.
   *
   * @return how many, or -1 at the end
   */
  private int read(InputStream body, byte[] buffer, StallGuard guard) throws AttemptException {
    int count;
    try {
      count = body.read(buffer);
    } catch (IOException e) {
      count = -1;
    }
    if (count < 0 && guard.hasStalled()) {
      throw new AttemptException(
          "sent less than "
              + StallGuard.LEAST_BYTES
              + " bytes within "
              + seconds(patience)
              + ", so the connection was closed",
          false);
    }
    guard.received(Math.max(0, count));
    return count;
  }

  private static void write(FileChannel channel, ByteBuffer bytes, PartialFile part) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw PartialFile.failure(part.path(), e);
    }
  }

  private static String status(int code) {
    return switch (code) {
      case 401, 403 -> code + " (not allowed)";
      case 404, 410 -> code + " (not there)";
      case 429 -> code + " (too many requests)";
      default -> code >= 500 ? code + " (the server has a problem)" : String.valueOf(code);
    };
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  /** The client gives no message for either. */
  private static String refusal(ConnectException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "there is no such server";
      }
    }
    return e.getMessage() == null ? "the connection was refused" : e.getMessage();
  }

  /** The client often gives no message, but has a cause with a telling name. */
  private static String reason(IOException e) {
    if (e.getMessage() != null) {
      return e.getMessage();
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
