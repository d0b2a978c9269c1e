package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.aparanet.serve.RawRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that mean no good, to a server in a process of its own with a small heap: each is
 * answered or its connection closed, within a bound, and the server serves on.
 */
@Tag("long")
class HostileRequestsTest {
  @TempDir static Path folder;

  private static RunningCommand server;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    Path model = SmallModel.write(folder.resolve("model"));
    server =
        new RunningCommand(
            folder, Map.of(), "serve", model.toString(), "--port", "0", "--device", "cpu");
    server.await("http://127.0.0.1:");
    Matcher address = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/").matcher(server.output());
    assertTrue(address.find());
    port = Integer.parseInt(address.group(1));
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /** The server that the test has attacked is there, and takes a connection again. */
  @AfterEach
  void theServerServesOn() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    String answer = "";
    while (!answer.endsWith("\r\n\r\nok\n") && System.nanoTime() < end) {
      answer = RawRequest.send(port, request("GET", "/healthz", "Connection: close"));
      Thread.sleep(20);
    }
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer + server.output());
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedUnread() throws IOException {
    String head =
        request("POST", "/predict", "Content-Type: image/png", "Content-Length: 16777217");

    assertStatus(413, RawRequest.send(port, head));
    assertStatus(
        413, RawRequest.send(port, head.replace("16777217", Long.toString(Long.MAX_VALUE))));
  }

  @Test
  void aBodyOfChunksWithoutEndIsCutOff() throws IOException {
    try (Socket socket = RawRequest.connect(port)) {
      OutputStream out = socket.getOutputStream();
      String head =
          request("POST", "/predict", "Content-Type: image/png", "Transfer-Encoding: chunked");
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.UTF_8);
      int sent = 0;
      try {
        for (; sent < 2000; sent++) { // 125 MiB
          out.write(chunk);
        }
      } catch (IOException e) {
        // closed, as it should be
      }
      assertTrue(sent < 2000, "all of it was taken");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100\r\n\r\nshort",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFF\r\nshort",
        "Transfer-Encoding: chunked\r\n\r\nxyz\r\nshort",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\nshort",
        "Transfer-Encoding: chunked\r\n\r\n5\r\nshort",
        "Transfer-Encoding: gzip\r\n\r\nshort",
        "Content-Length: -1\r\n\r\nshort",
        "Content-Length: x\r\n\r\nshort",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nshort!",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\n\r\n",
      })
  void aBodyOfAnotherLengthThanToldIsNoRequest(String rest) throws IOException {
    String start = request("POST", "/predict", "Content-Type: image/png").stripTrailing() + "\r\n";

    assertRefused(RawRequest.send(port, start + rest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/images/../../../../etc/passwd",
        "/images/..%2f..%2fpom.xml",
        "/serve.js/../../../../etc/passwd",
        "//etc/passwd",
        "/%00",
        "/serve.html%00",
        "/org/aparanet/page/serve.html",
        "http://127.0.0.1/etc/passwd",
        "file:///etc/passwd",
      })
  void noPathLeadsToTheDisk(String path) throws IOException {
    String answer = RawRequest.send(port, request("GET", path, "Connection: close"));

    assertFalse(answer.contains("root:") || answer.contains("<project"), answer);
    assertRefused(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: localhost:1",
        "Host: ",
        "Origin: http://evil.example",
        "Origin: null",
        "Host: 127.0.0.1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
      })
  void pagesOfOtherSitesAreRefused(String header) throws IOException {
    String ours = header.startsWith("Host") ? "" : "Host: 127.0.0.1:" + port + "\r\n";
    String answer =
        RawRequest.send(
            port, "GET /healthz HTTP/1.1\r\n" + ours + header + "\r\nConnection: close\r\n\r\n");

    assertStatus(header.startsWith("Host") ? 421 : 403, answer);
  }

  @Test
  void aRequestWithoutItsHostIsRefused() throws IOException {
    assertStatus(400, RawRequest.send(port, "GET /healthz HTTP/1.1\r\n\r\n"));
    assertStatus(400, RawRequest.send(port, "GET /healthz HTTP/1.0\r\n\r\n"));
    String host = "Host: 127.0.0.1:" + port + "\r\n";
    assertStatus(400, RawRequest.send(port, "GET /healthz HTTP/1.1\r\n" + host + host + "\r\n"));
  }

  @Test
  void hugeHeadersAreCutOff() throws IOException {
    String giant = "x".repeat(8 << 20);
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      many.append("X-").append(i).append(": y\r\n");
    }

    assertRefused(RawRequest.send(port, request("GET", "/healthz", "X: " + giant)));
    assertRefused(RawRequest.send(port, request("GET", "/" + giant)));
    assertRefused(RawRequest.send(port, giant));
    assertRefused(RawRequest.send(port, request("GET", "/healthz", many.toString().strip())));
  }

  @Test
  void noiseIsNoRequest() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[random.nextInt(4000)];
      random.nextBytes(noise);
      assertRefused(RawRequest.send(port, noise));
    }
    for (String line : List.of("\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", " / HTTP/1.1\r\n\r\n")) {
      assertRefused(RawRequest.send(port, line));
    }
  }

  @Test
  void picturesThatUnpackToGigabytesAreRefusedByTheirHeader() throws IOException {
    String answer = post("image/png", png(60_000, 60_000, 10));

    assertStatus(400, answer);
    assertTrue(answer.contains("at most 100 megapixels are allowed"), answer);
    assertStatus(400, post("image/png", png(Integer.MAX_VALUE, Integer.MAX_VALUE, 10)));
  }

  /** A hundred megapixels at most are decoded at a time, of all requests together. */
  @Test
  void theLargestPicturesAtOnceFitIntoTheHeap() throws Exception {
    byte[] bomb = png(9_999, 9_999, 9_999);
    List<Thread> clients = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread client =
          new Thread(
              () -> {
                try {
                  String answer = post("image/png", bomb);
                  synchronized (answers) {
                    answers.add(answer);
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      client.start();
      clients.add(client);
    }
    for (Thread client : clients) {
      client.join();
    }
    assertEquals(4, answers.size());
    for (String answer : answers) {
      assertStatus(200, answer);
    }
  }

  @Test
  void jsonWithoutBottomIsRefused() throws IOException {
    String deep = "{\"pixels\":" + "[".repeat(4 << 20);

    assertStatus(400, post("application/json", deep.getBytes(StandardCharsets.UTF_8)));
  }

  /** The bounds are 10 s for a request; a machine that is busy may take some more to notice. */
  @Test
  void clientsThatDawdleAreCutOff() throws Exception {
    String head = request("POST", "/predict", "Content-Type: image/png", "Content-Length: 1000");
    long start = System.nanoTime();
    try (Socket slowHeader = RawRequest.connect(port);
        Socket slowBody = RawRequest.connect(port);
        Socket slowChunks = RawRequest.connect(port)) {
      write(slowHeader, "GET /heal");
      write(slowBody, head + "x");
      write(
          slowChunks,
          head.replace("Content-Length: 1000", "Transfer-Encoding: chunked") + "5\r\nab");
      List<Socket> open = new ArrayList<>(List.of(slowHeader, slowBody, slowChunks));
      while (!open.isEmpty()) {
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60), "still connected");
        Thread.sleep(250);
        open.removeIf(socket -> !takes(socket, "x"));
      }
    }
    assertTrue(System.nanoTime() - start > TimeUnit.SECONDS.toNanos(5), "cut off at once");
  }

  @Test
  void aThousandConnectionsAtOnceAreNotAllKept() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    try {
      int refused = 0;
      for (int i = 0; i < 1000; i++) {
        try {
          Socket socket = RawRequest.connect(port);
          sockets.add(socket);
          write(socket, "GET /healthz HTTP/1.1\r\n");
        } catch (IOException e) {
          refused++; // closed at once
        }
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      long kept = sockets.size();
      while (kept > 64 && System.nanoTime() < end) {
        sockets.removeIf(socket -> !takes(socket, "X: y\r\n"));
        kept = sockets.size();
      }
      assertTrue(kept <= 64, kept + " of " + (1000 - refused) + " are kept");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void methodsThatThereAreNotAreRefused() throws IOException {
    for (String method :
        List.of("DELETE", "PUT", "TRACE", "CONNECT", "PROPFIND", "get", "P\u0001")) {
      assertStatus(405, RawRequest.send(port, request(method, "/predict", "Connection: close")));
    }
  }

  private static boolean takes(Socket socket, String text) {
    try {
      write(socket, text);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static String request(String method, String path, String... headers) {
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    Stream.concat(Stream.of("Host: 127.0.0.1:" + port), Stream.of(headers))
        .forEach(header -> text.append(header).append("\r\n"));
    return text.append("\r\n").toString();
  }

  private static String post(String type, byte[] body) throws IOException {
    String head =
        request(
            "POST",
            "/predict",
            "Content-Type: " + type,
            "Connection: close",
            "Content-Length: " + body.length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(head.getBytes(StandardCharsets.ISO_8859_1));
    all.write(body);
    return RawRequest.send(port, all.toByteArray());
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(status == 200 || answer.contains("{\"error\":\""), answer);
  }

  /** Closed, or answered that it is the client's fault, or (501) that there is no such thing. */
  private static void assertRefused(String answer) {
    boolean refused = answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.1 501 ");
    assertTrue(answer.isEmpty() || refused, answer);
  }

  /** A grey PNG of black rows, of which not all that its header announces need be there. */
  private static byte[] png(int width, int height, int rows) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    byte[] header = {8, 0, 0, 0, 0};
    chunk(png, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(header).array());
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (var packed = new java.util.zip.DeflaterOutputStream(data, new Deflater(9))) {
      byte[] row = new byte[Math.min(width, 1 << 16) + 1];
      for (int i = 0; i < rows; i++) {
        packed.write(row);
      }
    }
    chunk(png, "IDAT", data.toByteArray());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static void chunk(OutputStream png, String name, byte[] data) throws IOException {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(type);
    sum.update(data);
    png.write(ByteBuffer.allocate(4).putInt(data.length).array());
    png.write(type);
    png.write(data);
    png.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
