package org.aparanet.serve;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of what the server has done, in Prometheus's text format. Paths of the counts are those
 * that are served, so that no client can make them grow.
 */
final class Metrics {
  /** Upper bounds of the histogram's buckets in seconds. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private record Outcome(String path, int status) implements Comparable<Outcome> {
    @Override
    public int compareTo(Outcome other) {
      int byPath = path.compareTo(other.path);
      return byPath == 0 ? Integer.compare(status, other.status) : byPath;
    }
  }

  private static final class Latency {
    private final AtomicLongArray buckets = new AtomicLongArray(BOUNDS.length + 1);
    private final LongAdder nanos = new LongAdder();

    void add(long took) {
      int bucket = 0;
      while (bucket < BOUNDS.length && took / 1e9 > BOUNDS[bucket]) {
        bucket++;
      }
      buckets.incrementAndGet(bucket);
      nanos.add(took);
    }
  }

  private final Map<Outcome, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Map<String, Latency> latencies = new ConcurrentSkipListMap<>();
  private final LongAdder predictions = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();

  /** Notes that a request has begun. */
  void begin() {
    inFlight.incrementAndGet();
  }

  /**
   * Notes that a request is over.
   *
   * @param path that is served, or a word for all others
   * @param status of the answer; 0 if the client did not wait for it
   * @param nanos that it took
   */
  void end(String path, int status, long nanos) {
    inFlight.decrementAndGet();
    requests.computeIfAbsent(new Outcome(path, status), key -> new LongAdder()).increment();
    latencies.computeIfAbsent(path, key -> new Latency()).add(nanos);
  }

  void addPredictions(int images) {
    predictions.add(images);
  }

  int inFlight() {
    return inFlight.get();
  }

  /** All counts as text. */
  String text() {
    StringBuilder text = new StringBuilder();
    head(
        text,
        "aparanet_requests_total",
        "counter",
        "requests by path and status, which is 0 where the client was gone before its answer");
    requests.forEach(
        (outcome, count) ->
            line(
                text,
                "aparanet_requests_total{path=\"%s\",status=\"%d\"} %d",
                outcome.path(),
                outcome.status(),
                count.sum()));
    head(text, "aparanet_request_seconds", "histogram", "time from headers to answer");
    latencies.forEach((path, latency) -> histogram(text, path, latency));
    gauge(text, "aparanet_requests_in_flight", "requests being answered", inFlight.get());
    head(text, "aparanet_predictions_total", "counter", "images that were classified");
    line(text, "aparanet_predictions_total %d", predictions.sum());
    Runtime runtime = Runtime.getRuntime();
    gauge(
        text,
        "aparanet_heap_used_bytes",
        "memory of Java's heap in use",
        runtime.totalMemory() - runtime.freeMemory());
    gauge(text, "aparanet_heap_max_bytes", "most that the heap may take", runtime.maxMemory());
    return text.toString();
  }

  private static void histogram(StringBuilder text, String path, Latency latency) {
    long count = 0;
    for (int i = 0; i <= BOUNDS.length; i++) {
      count += latency.buckets.get(i);
      line(
          text,
          "aparanet_request_seconds_bucket{path=\"%s\",le=\"%s\"} %d",
          path,
          i < BOUNDS.length ? String.valueOf(BOUNDS[i]) : "+Inf",
          count);
    }
    line(text, "aparanet_request_seconds_sum{path=\"%s\"} %.6f", path, latency.nanos.sum() / 1e9);
    line(text, "aparanet_request_seconds_count{path=\"%s\"} %d", path, count);
  }

  private static void gauge(StringBuilder text, String name, String help, long value) {
    head(text, name, "gauge", help);
    line(text, "%s %d", name, value);
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    line(text, "# HELP %s %s", name, help);
    line(text, "# TYPE %s %s", name, type);
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
