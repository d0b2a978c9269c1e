package org.aparanet.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that asks a server for predictions, many at a time, and prints how many failed, how
 * many a second were answered, and the times that half and 99 of 100 of them took.
 *
 * <p>Arguments: the server's address with a slash at its end, a picture, the number of requests and
 * the number of clients.
 */
final class LoadProbe {
  private LoadProbe() {}

  public static void main(String[] arguments) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(arguments[0] + "predict"))
            .header("Content-Type", "image/png")
            .POST(BodyPublishers.ofByteArray(Files.readAllBytes(Path.of(arguments[1]))))
            .build();
    int requests = Integer.parseInt(arguments[2]);
    int clients = Integer.parseInt(arguments[3]);
    long[] nanos = new long[requests];
    AtomicInteger next = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    long begin = System.nanoTime();
    List<Future<?>> ends = new ArrayList<>();
    for (int c = 0; c < clients; c++) {
      ends.add(pool.submit(() -> client(request, nanos, next, failed)));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    pool.shutdown();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Arrays.sort(nanos);
    System.out.printf(
        "%d failed, %.0f a second, half within %.2f ms, 99 %% within %.2f ms%n",
        failed.get(),
        requests / seconds,
        nanos[requests / 2] / 1e6,
        nanos[requests - 1 - requests / 100] / 1e6);
  }

  private static void client(
      HttpRequest request, long[] nanos, AtomicInteger next, AtomicInteger failed) {
    HttpClient client = HttpClient.newHttpClient();
    for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
      long begin = System.nanoTime();
      try {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200 || !answer.body().startsWith("{\"class\":")) {
          failed.incrementAndGet();
        }
      } catch (IOException | InterruptedException e) {
        failed.incrementAndGet();
      }
      nanos[i] = System.nanoTime() - begin;
    }
  }
}
