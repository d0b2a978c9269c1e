package org.aparanet.serve;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.aparanet.report.watch.EventStream;
import org.aparanet.report.watch.Watch;
import org.aparanet.report.watch.WatchPage;

/**
 * A server of the page of a training, for this machine alone. It has its port from its opening on,
 * so that nothing is trained where that is not to be had; what it shows comes later.
 */
public final class WatchServer implements AutoCloseable {
  /** Only this machine is listened to: whoever has the page can stop the training. */
  private static final String HOST = "127.0.0.1";

  private static final String OVER = "the training is over";
  private static final String GOES_ON = "the training is not over yet; it can be stopped first";

  private final CompletableFuture<Watch> watch = new CompletableFuture<>();
  private final ModelServer server;

  private WatchServer(int port) throws IOException {
    if (System.getProperty("sun.net.httpserver.maxRspTime") == null) {
      System.setProperty("sun.net.httpserver.maxRspTime", "-1"); // streams go on for the whole run
    }
    server = BoundPort.open(HOST, port).serve(routes(), new Metrics());
  }

  /**
   * Opens a server on the loopback address.
   *
   * @param port to listen on; 0 for one that is free
   * @throws java.net.BindException if the port is in use
   * @throws IOException if it cannot be opened for another reason
   */
  public static WatchServer open(int port) throws IOException {
    return new WatchServer(port);
  }

  /** {@return the address of the page} */
  public URI address() {
    return server.address();
  }

  /** Shows a training from now on. */
  public void show(Watch training) {
    watch.complete(training);
  }

  private Routes routes() {
    Routes routes = new Routes().get("/", PageFiles.page("watch.html"));
    for (String file : WatchPage.STYLES) {
      routes.get("/" + file, PageFiles.style(WatchPage.file(file)));
    }
    for (String file : WatchPage.SCRIPTS) {
      routes.get("/" + file, PageFiles.script(WatchPage.file(file)));
    }
    return routes
        .get("/events", this::events)
        .get("/saved.html", this::saved)
        .post("/pause", command(Watch::pause, OVER))
        .post("/resume", command(Watch::resume, OVER))
        .post("/stop", command(Watch::stop, OVER))
        .post("/end", command(Watch::end, GOES_ON))
        .post("/image", this::image);
  }

  private Watch watch() {
    Watch training = watch.getNow(null);
    if (training == null) {
      throw new RequestException(503, "the training has not begun yet; try again in a moment");
    }
    return training;
  }

  /** Events from now on; the first of them is the whole state, wherever the client was before. */
  private Answer events(Request request) {
    new Query(request.query(), Set.of());
    Watch training;
    try {
      training = watch.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new RequestException(503, "the training does not begin", e);
    }
    Optional<EventStream> stream = training.open();
    if (stream.isEmpty()) {
      throw new RequestException(503, "too many pages are open, or the training is over");
    }
    return Answer.stream("text/event-stream; charset=utf-8", new Events(stream.get()));
  }

  /** Events as the body of an answer. */
  private record Events(EventStream stream) implements Answer.Stream {
    @Override
    public void write(OutputStream out) throws IOException {
      try {
        Optional<byte[]> event = stream.next();
        while (event.isPresent()) {
          out.write(event.get());
          out.flush();
          event = stream.next();
        }
      } catch (InterruptedException e) {
        throw new IOException("the client takes nothing", e);
      }
    }

    @Override
    public void close() {
      stream.close();
    }
  }

  private Answer saved(Request request) {
    new Query(request.query(), Set.of());
    return Answer.of("text/html; charset=utf-8", WatchPage.saved(watch().state()))
        .with("Content-Disposition", "attachment; filename=\"training.html\"");
  }

  private Route command(Predicate<Watch> action, String refusal) {
    return request -> {
      new Query(request.query(), Set.of());
      if (!action.test(watch())) {
        throw new RequestException(409, refusal);
      }
      return Answer.done();
    };
  }

  private Answer image(Request request) {
    new Query(request.query(), Set.of());
    int number = number(new String(request.body(), StandardCharsets.UTF_8));
    try {
      watch().choose(number);
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, e.getMessage(), e);
    }
    return Answer.done();
  }

  private static int number(String json) {
    try {
      JsonElement all = JsonParser.parseString(json);
      Map<String, JsonElement> members = all.getAsJsonObject().asMap();
      if (members.keySet().equals(Set.of("number"))) {
        return Integer.parseInt(members.get("number").getAsString());
      }
    } catch (JsonParseException
        | IllegalStateException
        | NumberFormatException
        | UnsupportedOperationException e) {
      // told below
    }
    throw new RequestException(400, "the body must be such as {\"number\": 5}");
  }

  /** Ends all streams, and stops. */
  @Override
  public void close() {
    server.close();
  }
}
