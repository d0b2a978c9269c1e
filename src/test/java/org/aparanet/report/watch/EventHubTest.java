package org.aparanet.report.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventHubTest {
  private final EventHub hub = new EventHub();

  @Test
  void everyClientGetsTheStateFirstAndThenWhatIsNew() throws Exception {
    EventStream first = hub.open("{\"all\":1}").orElseThrow();
    hub.send("news", "{\"n\":1}");
    EventStream second = hub.open("{\"all\":2}").orElseThrow();
    hub.send("news", "{\"n\":2}");

    assertEquals("id: 0\nevent: state\nretry: 1000\ndata: {\"all\":1}\n\n", next(first));
    assertEquals("id: 1\nevent: news\nretry: 1000\ndata: {\"n\":1}\n\n", next(first));
    assertEquals("id: 2\nevent: news\nretry: 1000\ndata: {\"n\":2}\n\n", next(first));
    assertEquals("id: 1\nevent: state\nretry: 1000\ndata: {\"all\":2}\n\n", next(second));
    assertEquals("id: 2\nevent: news\nretry: 1000\ndata: {\"n\":2}\n\n", next(second));
  }

  @Test
  void aWaitingClientIsToldAtOnce() throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    CompletableFuture<String> told =
        CompletableFuture.supplyAsync(
            () -> {
              try (EventStream stream = hub.open("{}").orElseThrow()) {
                stream.next();
                opened.countDown();
                return next(stream);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    opened.await();
    hub.send("news", "{}");

    assertTrue(told.get().contains("event: news"));
    assertFalse(hub.isWatched());
  }

  @Test
  void aClientThatTakesNothingIsDroppedAndOthersAreNot() throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    Thread blocked =
        new Thread(
            () -> {
              hub.open("{}").orElseThrow();
              opened.countDown();
              try {
                Thread.sleep(60_000); // as in a write to a socket that nobody reads
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    blocked.start();
    opened.await();
    EventStream other = hub.open("{}").orElseThrow();
    next(other);
    for (int i = 0; i <= EventStream.MOST_WAITING; i++) {
      hub.send("news", "{}");
      assertTrue(next(other).contains("event: news"));
    }

    blocked.join(30_000);
    assertFalse(blocked.isAlive(), "its thread was interrupted");
    assertTrue(hub.isWatched(), "the other one is left");
    other.close();
    assertFalse(hub.isWatched());
  }

  @Test
  void aClientForWhomTooManyBytesWaitIsDropped() throws Exception {
    EventStream stream = hub.open("{}").orElseThrow();
    String large = "\"" + "x".repeat(EventStream.MOST_BYTES / 2) + "\"";
    hub.send("news", large);
    assertTrue(hub.isWatched());
    hub.send("news", large);

    assertFalse(hub.isWatched());
    assertTrue(Thread.interrupted());
    assertEquals(Optional.empty(), stream.next());
  }

  @Test
  void thereAreAtMostSixteenClients() {
    List<EventStream> streams = new ArrayList<>();
    for (int i = 0; i < EventHub.MOST_STREAMS; i++) {
      streams.add(hub.open("{}").orElseThrow());
    }

    assertEquals(16, streams.size());
    assertEquals(Optional.empty(), hub.open("{}"));
    streams.get(3).close();
    assertTrue(hub.open("{}").isPresent());
  }

  @Test
  void theEndComesBehindWhatWaits() throws Exception {
    EventStream stream = hub.open("{}").orElseThrow();
    hub.send("over", "{}");
    hub.close();

    assertTrue(next(stream).contains("event: state"));
    assertTrue(next(stream).contains("event: over"));
    assertEquals(Optional.empty(), stream.next());
    assertEquals(Optional.empty(), hub.open("{}"));
  }

  private static String next(EventStream stream) throws InterruptedException {
    return new String(stream.next().orElseThrow(), StandardCharsets.UTF_8);
  }
}
