package org.aparanet.serve;

import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.aparanet.report.inspect.Viewer;
import org.aparanet.report.page.PageResource;

/** A server of one model, from its opening to its closing. */
public final class ModelServer implements AutoCloseable {
  private static final long CLOSING_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final HttpServer server;
  private final ExecutorService threads;
  private final Metrics metrics;
  private final URI address;

  ModelServer(HttpServer server, String host, Routes routes, Metrics metrics) {
    this.server = server;
    this.metrics = metrics;
    int port = server.getAddress().getPort();
    address = URI.create("http://" + ServedHosts.literal(host) + ":" + port + "/");
    threads = // a thread for each connection that is being answered, and no more
        new ThreadPoolExecutor(
            0, 2 * ServerLimits.CONNECTIONS, 10, TimeUnit.SECONDS, new SynchronousQueue<>());
    server.setExecutor(threads);
    server.createContext("/", new Front(new ServedHosts(host, port), routes, metrics));
    server.start();
  }

  /** Paths of a model that is served. */
  static Routes routes(ServedModel served, Metrics metrics) {
    Layers layers = new Layers(served);
    return new Routes()
        .get("/", PageFiles.page("serve.html"))
        .get("/viewer.js", PageFiles.script(Viewer.script()))
        .get("/maps.css", PageFiles.style(Viewer.style()))
        .get("/serve.js", PageFiles.script(PageResource.text("serve.js")))
        .get("/serve.css", PageFiles.style(PageResource.text("serve.css")))
        .get("/healthz", request -> Answer.text("ok\n"))
        .get("/metrics", request -> Answer.of("text/plain; version=0.0.4", metrics.text()))
        .post("/predict", new PredictRoute(served, metrics))
        .post("/look", new LookRoute(served, layers))
        .get("/layers", layers::all)
        .getBelow("/kernels/", layers::kernel)
        .getBelow("/images/", new ImagesRoute(served));
  }

  /** {@return the address of the page} */
  public URI address() {
    return address;
  }

  /** Lets what is being answered end, for a moment and if nothing new comes, and stops. */
  @Override
  public void close() {
    long end = System.nanoTime() + CLOSING_NANOS;
    while (metrics.inFlight() > 0 && System.nanoTime() < end) {
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
