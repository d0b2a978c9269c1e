package org.aparanet.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request passes: is it meant for this server, is there such a path, does it take the
 * method, is the body small enough. Whatever fails behind it is answered, and the server lives on.
 */
final class Front implements HttpHandler {
  /** Stands for all paths that are not served, in counts. */
  static final String ELSEWHERE = "other";

  private static final Logger LOGGER = LoggerFactory.getLogger(Front.class);

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final ServedHosts hosts;
  private final Routes routes;
  private final Metrics metrics;
  private final BodyBudget bodies = new BodyBudget(ServerLimits.BODY, ServerLimits.ALL_BODIES);

  Front(ServedHosts hosts, Routes routes, Metrics metrics) {
    this.hosts = hosts;
    this.routes = routes;
    this.metrics = metrics;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    metrics.begin();
    String path = ELSEWHERE;
    int status = 0;
    try {
      Optional<Routes.Served> served = find(exchange);
      path = served.map(Routes.Served::name).orElse(ELSEWHERE);
      Answer answer = answer(exchange, served);
      send(exchange, answer);
      status = answer.status();
    } finally {
      metrics.end(path, status, System.nanoTime() - start);
      exchange.close();
    }
  }

  private Optional<Routes.Served> find(HttpExchange exchange) {
    String path = exchange.getRequestURI().getRawPath();
    return path == null ? Optional.empty() : routes.find(path);
  }

  /** An answer in any case, unless the client's bytes do not come. */
  private Answer answer(HttpExchange exchange, Optional<Routes.Served> served) throws IOException {
    try {
      Headers headers = exchange.getRequestHeaders();
      hosts.check(
          only(headers, "Host"), only(headers, "Origin"), exchange.getLocalAddress().getAddress());
      requireOwnPage(headers, served);
      if (served.isEmpty()) {
        return Answer.error(404, "there is nothing at this path");
      }
      Routes.Served path = served.get();
      if (!path.allows(exchange.getRequestMethod())) {
        return Answer.error(405, "this path takes " + path.allowed() + " only")
            .with("Allow", path.allowed());
      }
      return answer(exchange, path);
    } catch (RequestException e) {
      return Answer.error(e.status(), e.getMessage());
    } catch (OutOfMemoryError e) {
      LOGGER.error("a request needed more memory than there is", e);
      return Answer.error(503, "there is not enough memory for this request; try again");
    } catch (RuntimeException | Error e) {
      LOGGER.error("a request failed", e);
      return Answer.error(500, "the request failed; the server's log says why");
    }
  }

  /**
   * Refuses what a page of another site has its browser fetch, such as a picture, which tells no
   * origin. A link may lead to the page.
   */
  private static void requireOwnPage(Headers headers, Optional<Routes.Served> served) {
    String site = only(headers, "Sec-Fetch-Site");
    boolean foreign = "cross-site".equals(site) || "same-site".equals(site);
    boolean link =
        "navigate".equals(only(headers, "Sec-Fetch-Mode"))
            && served.filter(path -> path.name().equals("/")).isPresent();
    if (foreign && !link) {
      throw new RequestException(403, ServedHosts.OTHER_SITES);
    }
  }

  private Answer answer(HttpExchange exchange, Routes.Served path) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String query = exchange.getRequestURI().getRawQuery();
    if (!path.method().equals("POST")) {
      return path.route().answer(new Request(path.rest(), query, null, new byte[0]));
    }
    if (headers.containsKey("Transfer-Encoding") && headers.containsKey("Content-Length")) {
      throw new RequestException(
          400, "the headers Transfer-Encoding and Content-Length exclude each other");
    }
    try (BodyBudget.Body body = body(exchange)) {
      return path.route()
          .answer(new Request(path.rest(), query, only(headers, "Content-Type"), body.bytes()));
    }
  }

  private BodyBudget.Body body(HttpExchange exchange) throws IOException {
    String length = only(exchange.getRequestHeaders(), "Content-Length");
    try {
      return bodies.read(exchange.getRequestBody(), length);
    } catch (RequestException e) {
      throw e;
    } catch (RuntimeException e) { // of the JDK, for lengths of chunks that are none
      throw new RequestException(400, "the body is damaged", e);
    }
  }

  /** A header that may be given once only, or null. */
  private static String only(Headers headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new RequestException(400, "the header " + name + " is given more than once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    answer.headers().forEach(headers::set);
    if (answer.status() >= 400) {
      headers.set("Connection", "close"); // what is left of the body is not waited for
    }
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (answer.stream().isPresent()) {
      try (Answer.Stream stream = answer.stream().get()) {
        exchange.sendResponseHeaders(answer.status(), head ? -1 : 0);
        if (!head) {
          try (OutputStream out = exchange.getResponseBody()) {
            stream.write(out);
          }
        }
      }
      return;
    }
    int length = answer.body().length;
    exchange.sendResponseHeaders(answer.status(), head || length == 0 ? -1 : length);
    if (!head && length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer.body());
      }
    }
  }
}
