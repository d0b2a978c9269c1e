package org.aparanet.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server answers to requests that mean well, and to those that are mistaken. */
class ServerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private ServedModel served;
  private ModelServer server;

  @BeforeEach
  void open() throws Exception {
    served = TestModel.served();
    server = BoundPort.open("127.0.0.1", 0).serve(served);
  }

  @AfterEach
  void close() {
    server.close();
    served.predictor().close();
  }

  @Test
  void healthIsOk() throws Exception {
    HttpResponse<String> answer = get("healthz");

    assertEquals(200, answer.statusCode());
    assertEquals("ok\n", answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void picturesAreClassified(String format) throws Exception {
    byte[] white = TestModel.picture(format, true);

    JsonObject told = json(post("predict", "image/" + format, white), 200);
    JsonObject found = json(post("predict", "application/octet-stream", white), 200);

    assertEquals(1, told.get("class").getAsInt());
    assertEquals("dog", told.get("name").getAsString());
    assertEquals(List.of(0.0351, 0.7054, 0.2595), rounded(told));
    assertEquals(told, found, "what kind of picture it is need not be told");
  }

  @Test
  void numbersAreClassified() throws Exception {
    JsonObject black = json(post("predict", "application/json", "{\"pixels\": [0]}"), 200);
    JsonObject both =
        json(post("predict", "application/json; charset=utf-8", "{\"images\": [[1], [0.0]]}"), 200);

    assertEquals(List.of(0.6652, 0.2447, 0.09), rounded(black));
    assertEquals(2, both.getAsJsonArray("predictions").size());
    assertEquals(
        "dog",
        both.getAsJsonArray("predictions").get(0).getAsJsonObject().get("name").getAsString());
    assertEquals(black, both.getAsJsonArray("predictions").get(1));
  }

  @Test
  void theMostProbableClassesCanBeAskedFor() throws Exception {
    JsonObject answer =
        json(post("predict?top=2", "image/png", TestModel.picture("png", true)), 200);

    assertEquals(2, answer.getAsJsonArray("top").size());
    JsonObject second = answer.getAsJsonArray("top").get(1).getAsJsonObject();
    assertEquals(2, second.get("class").getAsInt());
    assertEquals("fish", second.get("name").getAsString());
    assertEquals(0.2595, second.get("probability").getAsDouble(), 1e-4);
    assertFalse(answer.has("probabilities"));
  }

  /** The same picture in other formats. */
  @ParameterizedTest
  @CsvSource({"image/webp, webp-lossless.webp", "image/tiff, tiff-lzw.tif"})
  void picturesOfOtherFormatsAreTaken(String type, String name) throws Exception {
    Path pictures = Path.of("src", "test", "resources", "images");
    byte[] png = Files.readAllBytes(pictures.resolve("png-rgb.png"));
    byte[] other = Files.readAllBytes(pictures.resolve(name));

    assertEquals(
        json(post("predict", "image/png", png), 200), json(post("predict", type, other), 200));
  }

  @Test
  void darkAndLightCanBeSwapped() throws Exception {
    JsonObject answer =
        json(post("predict?invert=1", "image/png", TestModel.picture("png", true)), 200);

    assertEquals("cat", answer.get("name").getAsString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "predict | text/plain | x | 415 | the header Content-Type must be image/png, image/jpeg,"
            + " image/gif, image/bmp, image/tiff, image/webp, application/octet-stream or"
            + " application/json",
        "predict | image/svg+xml | x | 415 | the header Content-Type must be image/png, image/jpeg,"
            + " image/gif, image/bmp, image/tiff, image/webp, application/octet-stream or"
            + " application/json",
        "predict | image/png | x | 400 | the picture is not an image; allowed are PNG, JPEG, GIF,"
            + " BMP, TIFF and WebP",
        "predict?top=0 | image/png | x | 400 | the parameter top: 0 is not allowed; it takes a whole"
            + " number from 1 to 999999999",
        "predict?invert=yes | image/png | x | 400 | the parameter invert: yes is not allowed; it"
            + " takes 0 or 1",
        "predict?tip=1 | image/png | x | 400 | there is no parameter tip; there are drawing, invert,"
            + " top",
        "predict?top=1&top=2 | image/png | x | 400 | the parameter top is given twice",
        "predict?invert=1 | application/json | {} | 400 | the parameters drawing and invert are for"
            + " pictures, not for numbers",
        "predict | application/json | {\"pixels\":[2]} | 400 | pixels[0] is 2; pixels are from 0 to"
            + " 1",
        "prediction | image/png | x | 404 | there is nothing at this path",
        "healthz | image/png | x | 405 | this path takes GET, HEAD only",
      })
  void mistakesAreNamedInOneSentence(
      String path, String type, String body, int status, String sentence) throws Exception {
    JsonObject error = json(post(path, type, body), status);

    assertEquals(sentence, error.get("error").getAsString());
    assertEquals(200, get("healthz").statusCode());
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD", "FOO")) {
      HttpResponse<String> answer =
          CLIENT.send(
              HttpRequest.newBuilder(uri("predict"))
                  .method(method, BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString());

      assertEquals(405, answer.statusCode(), method);
      assertEquals(Optional.of("POST"), answer.headers().firstValue("Allow"));
    }
  }

  @Test
  void theHeadOfAPageCanBeAskedFor() throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(uri("healthz")).method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());

    assertEquals(200, answer.statusCode());
    assertEquals("", answer.body());
  }

  @Test
  void testImagesArePicturesWithTheirLabels() throws Exception {
    JsonObject image = json(get("images/1"), 200);

    assertEquals(1, image.get("label").getAsInt());
    assertEquals("dog", image.get("name").getAsString());
    assertEquals(2, image.get("count").getAsInt());
    byte[] png = Base64.getDecoder().decode(image.get("png").getAsString());
    assertEquals(0xFFFFFFFF, ImageIO.read(new ByteArrayInputStream(png)).getRGB(0, 0));
    assertEquals("dog", json(post("predict", "image/png", png), 200).get("name").getAsString());
    for (String other : List.of("2", "-1", "x", "", "1e0", "99999999999", "%31", "1/")) {
      assertEquals(404, get("images/" + other).statusCode(), other);
    }
  }

  @Test
  void everyAnswerTellsTheBrowserWhatItMayDo() throws Exception {
    for (String path : List.of("", "serve.js", "healthz", "metrics", "images/0", "nothing")) {
      HttpResponse<String> answer = get(path);

      assertTrue(
          answer
              .headers()
              .firstValue("Content-Security-Policy")
              .orElseThrow()
              .startsWith("default-src 'none'; script-src 'self'; style-src 'self';"),
          path);
      assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
      assertEquals("no-referrer", answer.headers().firstValue("Referrer-Policy").orElse(""));
      assertEquals(
          "same-origin", answer.headers().firstValue("Cross-Origin-Resource-Policy").orElse(""));
      assertTrue(answer.headers().firstValue("Cache-Control").isPresent(), path);
    }
  }

  @Test
  void countsAreKept() throws Exception {
    post("predict", "application/json", "{\"images\": [[1], [0.0], [0.5]]}");
    get("nothing/at/all");
    String text = get("metrics").body();

    assertTrue(
        text.contains("aparanet_requests_total{path=\"/predict\",status=\"200\"} 1\n"), text);
    assertTrue(text.contains("aparanet_requests_total{path=\"other\",status=\"404\"} 1\n"), text);
    assertTrue(text.contains("aparanet_predictions_total 3\n"), text);
    assertTrue(
        text.contains("aparanet_request_seconds_bucket{path=\"/predict\",le=\"+Inf\"} 1\n"), text);
    assertTrue(text.contains("aparanet_requests_in_flight 1\n"), text);
    for (String line : text.lines().toList()) {
      assertTrue(line.matches("# (HELP|TYPE) \\w+ .+|\\w+(\\{.*\\})? [0-9.]+"), line);
    }
  }

  @Test
  void whatFailsInsideIsAnsweredAndTheServerLivesOn() throws Exception {
    Routes routes =
        new Routes()
            .get("/ok", request -> Answer.text("fine"))
            .get(
                "/bug",
                request -> {
                  throw new IllegalStateException("secret");
                })
            .get(
                "/memory",
                request -> {
                  throw new OutOfMemoryError("pretended");
                });
    try (ModelServer failing = BoundPort.open("127.0.0.1", 0).serve(routes, new Metrics())) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> bug = get(failing, "bug");
        assertEquals(500, bug.statusCode());
        assertEquals("{\"error\":\"the request failed; the server's log says why\"}", bug.body());
        assertEquals(503, get(failing, "memory").statusCode());
      }
      assertEquals("fine", get(failing, "ok").body());
    }
  }

  /** The command of docs/serve.md, with this server and a picture of its own. */
  @Test
  void theExampleOfTheDocumentWorks() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("docs", "serve.md"));
    String command = lines.stream().filter(line -> line.startsWith("    curl ")).findFirst().get();
    Matcher parts =
        Pattern.compile(
                " *curl -H 'Content-Type: ([a-z/]+)' --data-binary @\\S+"
                    + " 'http://127\\.0\\.0\\.1:8028/(.*)'")
            .matcher(command);
    String shown = lines.stream().filter(line -> line.startsWith("    {")).findFirst().get();
    JsonObject documented = JsonParser.parseString(shown).getAsJsonObject();

    assertTrue(parts.matches(), command);
    JsonObject answer =
        json(post(parts.group(2), parts.group(1), TestModel.picture("png", true)), 200);
    assertEquals(documented.keySet(), answer.keySet());
    assertEquals(documented.getAsJsonArray("top").size(), answer.getAsJsonArray("top").size());
    assertEquals(
        documented.getAsJsonArray("top").get(0).getAsJsonObject().keySet(),
        answer.getAsJsonArray("top").get(0).getAsJsonObject().keySet());
  }

  @Test
  void everyPathIsDocumented() throws Exception {
    String document = Files.readString(Path.of("docs", "serve.md"));
    for (String path :
        List.of(
            "POST /predict",
            "POST /look",
            "GET /layers",
            "GET /kernels/NAME",
            "GET /images/N",
            "GET /healthz",
            "GET /metrics",
            "GET /")) {
      assertTrue(document.contains("\n| `" + path + "` |"), path);
    }
    assertTrue(document.contains("status 400"), document);
    for (int status : List.of(403, 404, 405, 413, 415, 421, 500, 503)) {
      assertTrue(document.contains(" " + status + " ("), "" + status);
    }
  }

  @Test
  void layersAndTheirKernelsAreTold() throws Exception {
    JsonObject layers = json(get("layers"), 200);

    assertEquals("dense 3", layers.get("network").getAsString());
    assertEquals("small", layers.get("name").getAsString());
    assertEquals(2, layers.getAsJsonObject("images").get("count").getAsInt());
    String kernel =
        layers.getAsJsonArray("layers").get(0).getAsJsonObject().get("kernel").getAsString();
    JsonObject texts = json(get("kernels/" + kernel), 200);
    assertTrue(texts.get("java").getAsString().contains("class " + kernel), kernel);
    assertTrue(texts.get("openCl").getAsString().contains("__kernel"), kernel);
    assertEquals(404, get("kernels/Nothing").statusCode());
    assertEquals(404, get("kernels/..%2f..%2fpom.xml").statusCode());
  }

  /** By hand: a white pixel has the logits -4 + 2, 0 + 1 and 0. */
  @Test
  void anImageIsLookedAtInDoublePrecision() throws Exception {
    for (HttpResponse<String> response :
        List.of(
            post("look", "image/png", TestModel.picture("png", true)),
            post("look", "application/json", "{\"pixels\": [1]}"))) {
      JsonObject maps = json(response, 200);

      assertEquals("[-2.0,1.0,0.0]", maps.getAsJsonArray("logits").toString());
      assertEquals(List.of(0.0351, 0.7054, 0.2595), rounded(maps));
      assertEquals("/w==", maps.get("pixels").getAsString());
    }
    assertEquals(
        "only one image can be looked at",
        json(post("look", "application/json", "{\"images\": [[1], [0]]}"), 400)
            .get("error")
            .getAsString());
  }

  /** Eight clients at once get the answers that one gets. */
  @Test
  void manyClientsAreServed() throws Exception {
    String expected = post("predict", "application/json", "{\"pixels\": [0.25]}").body();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Callable<String>> requests = new ArrayList<>();
      for (int i = 0; i < 1000; i++) {
        requests.add(() -> post("predict", "application/json", "{\"pixels\": [0.25]}").body());
      }
      for (Future<String> answer : clients.invokeAll(requests)) {
        assertEquals(expected, answer.get());
      }
    } finally {
      clients.shutdownNow();
    }
    assertTrue(get("metrics").body().contains("aparanet_predictions_total 1001\n"));
  }

  @Test
  void aClosedServerTakesNoMoreConnections() throws Exception {
    URI address = server.address();
    server.close();

    assertTrue(
        org.junit.jupiter.api.Assertions.assertThrows(
                java.io.IOException.class, () -> RawRequest.send(address.getPort(), "GET / "))
            .getMessage()
            .contains("refused"));
  }

  private URI uri(String path) {
    return URI.create(server.address() + path);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(server, path);
  }

  private static HttpResponse<String> get(ModelServer server, String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return post(path, type, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> answer, int status) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("application/json", answer.headers().firstValue("Content-Type").orElse(""));
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static List<Double> rounded(JsonObject answer) {
    List<Double> values = new ArrayList<>();
    for (JsonElement value : answer.getAsJsonArray("probabilities")) {
      values.add(Math.round(value.getAsDouble() * 1e4) / 1e4);
    }
    return values;
  }
}
