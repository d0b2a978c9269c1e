package org.aparanet.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.report.watch.Watch;
import org.aparanet.train.Trainer;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets of a training that goes on, and how it steers it. */
@Timeout(120)
class WatchServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Network NETWORK =
      NetworkText.parse(new Shape(1, 6, 6), "conv 2 3, leakyrelu 0.1, pool 2, dense 3");

  private final Session session = new CpuEngine(1).open(NETWORK, 4);
  private WatchServer server;
  private Watch watch;
  private CompletableFuture<TrainingResult> run;
  private Model start;

  @BeforeEach
  void train() throws Exception {
    ImageSet images = images(40);
    TrainingData data = new TrainingData(images, Optional.empty(), images);
    TrainingPlan plan = TrainingPlan.of(1_000_000, 4, 0.01f).withSeed(1);
    start = new Model(NETWORK, Initialization.suited(NETWORK).draw(NETWORK, 1));
    watch = new Watch(start, data, plan, "a plan with </script> in it");
    server = WatchServer.open(0);
    Trainer trainer = new Trainer(session, Optional.empty(), data, plan, watch, Optional.empty());
    trainer.control(watch.control());
    watch.begin(List.of(session.device()), 0);
    server.show(watch);
    run = CompletableFuture.supplyAsync(() -> trainer.run(start.parameters()));
  }

  @AfterEach
  void close() throws Exception {
    watch.stop();
    run.get();
    watch.close();
    server.close();
    session.close();
  }

  @Test
  void theStateComesFirstAndThenWhatIsNew() throws Exception {
    try (Events events = new Events("events")) {
      JsonObject state = events.await("state");
      assertEquals(NETWORK.text(), state.getAsJsonObject("about").get("network").getAsString());
      assertEquals("training", state.getAsJsonObject("status").get("phase").getAsString());
      JsonObject curves = events.await("progress").getAsJsonObject("curves");
      while (!curves.has("loss")) { // an epoch may have ended without a step since
        curves = events.await("progress").getAsJsonObject("curves");
      }
      JsonObject profile = events.await("profile");
      assertEquals(session.device().toString(), profile.get("device").getAsString());
      assertTrue(profile.getAsJsonArray("parts").size() > 3);
      JsonObject look = events.await("look");
      while (!look.has("weights") || !look.getAsJsonObject("weights").has("updateFrom")) {
        look = events.await("look");
      }
      JsonObject weights = look.getAsJsonObject("weights");
      assertEquals(weights.get("updateFrom").getAsLong() + 1, weights.get("updateTo").getAsLong());
      assertTrue(
          weights.getAsJsonArray("layers").get(0).getAsJsonObject().get("ratio").getAsDouble() > 0);
    }
  }

  /** Whatever it got before: nothing is lost between. */
  @Test
  void whoeverComesBackGetsTheWholeState() throws Exception {
    long seen;
    try (Events events = new Events("events")) {
      events.await("state");
      events.await("progress");
      seen = events.await("progress").getAsJsonObject("status").get("step").getAsLong();
    }
    assertEquals(204, post("pause", "").statusCode());
    try (Events events = new Events("events", "Last-Event-ID: 1\r\n")) {
      JsonObject state = events.await("state");
      long step = state.getAsJsonObject("status").get("step").getAsLong();
      assertTrue(step >= seen, step + " after " + seen);
      assertEquals("paused", state.getAsJsonObject("status").get("phase").getAsString());
      JsonObject curves = state.getAsJsonObject("curves");
      double first = x(curves, 0);
      double last = x(curves, curves.getAsJsonArray("loss").size() - 1);
      assertTrue(first < seen && last > seen / 2.0, first + " to " + last);
    }
  }

  @Test
  void aPauseHoldsTheStepsAndAChosenImageComesAllTheSame() throws Exception {
    try (Events events = new Events("events")) {
      events.await("progress");
      post("pause", "");
      assertEquals("paused", events.await("status").get("phase").getAsString());
      assertEquals(204, post("image", "{\"number\": 3}").statusCode());
      JsonObject look = events.await("look");
      while (!look.has("maps") || look.getAsJsonObject("maps").get("number").getAsInt() != 3) {
        look = events.await("look");
      }
      assertFalse(run.isDone());
      post("resume", "");
      events.await("progress");
      post("stop", "");
      run.get();
    }
  }

  @Test
  void theEndIsToldAndThePageStaysUntilItIsAskedToGo() throws Exception {
    assertEquals(409, post("end", "").statusCode());
    assertEquals(204, post("stop", "").statusCode());
    TrainingResult result = run.get();
    watch.ended(
        "it is </script> over", start.withParameters(result.parameters()), OptionalInt.empty());
    for (String late : new String[] {"pause", "resume", "stop"}) {
      assertEquals("{\"error\":\"the training is over\"}", post(late, "").body());
    }
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> {
              try {
                watch.awaitEnd();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    try (Events events = new Events("events")) {
      JsonObject status = events.await("state").getAsJsonObject("status");
      assertEquals("ended", status.get("phase").getAsString());
      assertEquals("it is </script> over", status.get("sentence").getAsString());
      assertFalse(end.isDone(), "the first end came too early to count");
      String saved = get("saved.html").body();
      assertFalse(saved.contains("it is </script> over"), "no text ends a script");
      assertTrue(saved.contains("it is \\u003c/script> over"));
      assertFalse(saved.contains(" src="), "nothing is fetched");
      assertFalse(saved.contains("rel=\"stylesheet\""));
      assertEquals(204, post("end", "").statusCode());
      end.get();
      watch.close();
      events.await("over");
      assertEquals("", events.read());
      assertEquals(null, events.read(), "the stream ends");
    }
    assertEquals(503, get("events").statusCode());
  }

  /** Ten steps are an epoch, and more than one is over. */
  @Test
  void theLastLookIsThatOfTheBestEpochWhereItIsItsParametersThatAreLeft() throws Exception {
    try (Events events = new Events("events")) {
      events.await("state");
      while (epoch(events.await("progress")) < 3) {
        assertFalse(run.isDone());
      }
      post("stop", "");
      TrainingResult result = run.get();
      watch.ended("done", start.withParameters(result.parameters()), OptionalInt.of(2));
      JsonObject look = events.await("look");
      while (look.getAsJsonObject("weights").get("step").getAsLong() != 20) {
        look =
            events.await("look"); // those from before the end; the test's limit of time ends this
      }
    }
  }

  private static int epoch(JsonObject progress) {
    return progress.getAsJsonObject("status").get("epoch").getAsInt();
  }

  @Test
  void aClientThatReadsNothingIsDropped() throws Exception {
    int port = server.address().getPort();
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(1024);
      slow.connect(new java.net.InetSocketAddress("127.0.0.1", port));
      slow.getOutputStream().write(request("events", "").getBytes(StandardCharsets.US_ASCII));
      assertTrue(slow.getInputStream().read() >= 0); // its stream is open from here on
      post("pause", "");
      // each of these is told to all clients; those of a slow one wait, until they are too many
      for (int i = 0; i < 40_000; i++) {
        watch.choose(i % 40);
      }
      slow.setSoTimeout(60_000);
      slow.setReceiveBufferSize(1 << 16); // what is left need not come by the kilobyte
      int got = RawRequest.rest(slow).split("event: status").length;
      assertTrue(got < 40_000, got + " events before it was cut off");
    }
    try (Events events = new Events("events")) {
      events.await("state");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "7",
        "[]",
        "{\"number\": null}",
        "{\"number\": {}}",
        "{\"number\": 1.5}",
        "{\"number\": 40}",
        "{\"number\": -1}"
      })
  void anImageThatIsNotThereIsRefused(String body) throws Exception {
    HttpResponse<String> answer = post("image", body);

    assertEquals(400, answer.statusCode());
    assertTrue(JsonParser.parseString(answer.body()).getAsJsonObject().has("error"));
  }

  /** All at once, each is either one of the places or is told that there is none. */
  @Test
  void thereAreSixteenPlacesHoweverManyAskAtOnce() throws Exception {
    List<CompletableFuture<HttpResponse<InputStream>>> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      HttpRequest request = HttpRequest.newBuilder(server.address().resolve("events")).build();
      asked.add(CLIENT.sendAsync(request, BodyHandlers.ofInputStream()));
    }
    int open = 0;
    for (CompletableFuture<HttpResponse<InputStream>> one : asked) {
      HttpResponse<InputStream> answer = one.get();
      if (answer.statusCode() == 200) {
        open++;
        assertTrue(answer.body().read() >= 0, "an event comes");
      } else {
        assertEquals(503, answer.statusCode());
      }
    }
    assertEquals(16, open);
    for (CompletableFuture<HttpResponse<InputStream>> one : asked) {
      one.get().body().close();
    }
  }

  /** Of any number; each of them would hold one of the places for good. */
  @Test
  void headersOfAStreamOpenNone() throws Exception {
    for (int i = 0; i < 20; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(server.address().resolve("events"))
              .method("HEAD", BodyPublishers.noBody())
              .build();
      assertEquals(200, CLIENT.send(request, BodyHandlers.discarding()).statusCode());
    }
    try (Events events = new Events("events")) {
      events.await("state");
    }
  }

  /** Nobody waits for it, so nothing is done for it. */
  @Test
  void anImageChosenByNobodyWhoLooksOnCostsNothing() throws Exception {
    assertEquals(204, post("image", "{\"number\": 3}").statusCode());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long id =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("aparanet-watch") && thread.isAlive())
            .mapToLong(Thread::getId)
            .max()
            .orElseThrow();
    long before = threads.getThreadCpuTime(id);
    Thread.sleep(1000);
    long spent = threads.getThreadCpuTime(id) - before;
    assertTrue(spent < 300_000_000, spent + " ns of a second");
  }

  @Test
  void otherSitesCannotSteerTheTraining() throws Exception {
    for (String command : new String[] {"pause", "resume", "stop", "end", "image"}) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.address() + command))
              .header("Origin", "http://elsewhere.example")
              .POST(BodyPublishers.ofString("{\"number\": 1}"))
              .build();
      assertEquals(403, CLIENT.send(request, BodyHandlers.ofString()).statusCode());
      assertEquals(405, get(command).statusCode());
    }
    assertFalse(run.isDone());
  }

  @Test
  void thePageAndItsPartsAreThere() throws Exception {
    String page = get("").body();
    for (String file : new String[] {"viewer.js", "charts.js", "layers.js", "watch.js"}) {
      assertTrue(page.contains("\"" + file + "\""), file);
      assertEquals(200, get(file).statusCode());
    }
    assertEquals(200, get("watch.css").statusCode());
    assertEquals(200, get("maps.css").statusCode());
    assertEquals(404, get("nothing.js").statusCode());
    assertTrue(
        get("saved.html")
            .headers()
            .firstValue("Content-Disposition")
            .orElseThrow()
            .startsWith("attachment"));
  }

  @Test
  void aPortIsTakenOnce() {
    assertThrows(BindException.class, () -> WatchServer.open(server.address().getPort()));
  }

  private static double x(JsonObject curves, int point) {
    return curves.getAsJsonArray("loss").get(point).getAsJsonArray().get(0).getAsDouble();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String request(String path, String headers) {
    return "GET /"
        + path
        + " HTTP/1.0\r\nHost: 127.0.0.1:"
        + server.address().getPort()
        + "\r\n"
        + headers
        + "\r\n";
  }

  /** A stream of events, read line by line as the browser does. */
  private final class Events implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;

    Events(String path) throws IOException {
      this(path, "");
    }

    Events(String path, String headers) throws IOException {
      socket = RawRequest.connect(server.address().getPort());
      socket.getOutputStream().write(request(path, headers).getBytes(StandardCharsets.US_ASCII));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    String read() throws IOException {
      return lines.readLine();
    }

    /** The data of the next event of a name. */
    JsonObject await(String name) throws IOException {
      String event = "";
      for (String line = read(); line != null; line = read()) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("data: ") && event.equals(name)) {
          return JsonParser.parseString(line.substring("data: ".length())).getAsJsonObject();
        }
      }
      throw new AssertionError("the stream ended before " + name);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** Each stands there twice, with two labels, so that no training is ever done with them. */
  private static ImageSet images(int count) {
    byte[] pixels = new byte[count * 36];
    byte[] labels = new byte[count];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % (count / 2 * 36) * 37 % 241);
      labels[i / 36] = (byte) (i / 36 % 3);
    }
    return new ImageSet("images", new Shape(1, 6, 6), pixels, labels, 3);
  }
}
