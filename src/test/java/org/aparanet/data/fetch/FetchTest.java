package org.aparanet.data.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.aparanet.data.format.DataException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on this machine that misbehaves as servers do. */
class FetchTest {
  private static final int SIZE = 300_000;
  private static final byte[] CONTENT = new byte[SIZE];

  static {
    new Random(1).nextBytes(CONTENT);
  }

  @TempDir Path data;
  private HttpServer server;
  private ExecutorService threads;
  private URI address;
  private Path target;
  private long free = 1L << 40; // bytes on the disk
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<String> notes = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();

  /** The requests that came, as path, Range and If-Range. */
  private final List<String> requests = new CopyOnWriteArrayList<>();

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
    address =
        URI.create(
            "http://"
                + InetAddress.getLoopbackAddress().getHostAddress()
                + ":"
                + server.getAddress().getPort()
                + "/");
    target = data.resolve("set").resolve("file.bin");
  }

  @AfterEach
  void stopServer() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private URI serve(String folder, Answer answer) {
    server.createContext(
        "/" + folder + "/",
        exchange -> {
          requests.add(
              folder
                  + " "
                  + exchange.getRequestHeaders().getFirst("Range")
                  + " "
                  + exchange.getRequestHeaders().getFirst("If-Range"));
          try (exchange) {
            answer.to(exchange);
          }
        });
    return address.resolve(folder + "/");
  }

  /** Sends all, or the rest that is asked for. */
  private static void wellBehaved(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, CONTENT);
    } else {
      int from = Integer.parseInt(range.replaceAll("\\D", ""));
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
      send(exchange, 206, Arrays.copyOfRange(CONTENT, from, SIZE));
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Announces all and breaks off. */
  private static Answer truncatedAfter(int bytes) {
    return exchange -> {
      exchange.sendResponseHeaders(200, SIZE);
      exchange.getResponseBody().write(CONTENT, 0, bytes);
      exchange.getResponseBody().flush();
    };
  }

  private static String hex(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static RemoteFile file() {
    return new RemoteFile("file.bin", SIZE, Digest.sha256(hex("SHA-256", CONTENT)));
  }

  private static CatalogueEntry entry(RemoteFile file, URI... addresses) {
    return new CatalogueEntry(
        "set",
        "a set",
        "a licence",
        "a source",
        List.of(file),
        List.of(addresses),
        Optional.empty());
  }

  private Fetch fetch(Duration patience) {
    return new Fetch(
        List.of(),
        patience,
        new FetchListener() {
          @Override
          public void begin(String file, long bytes, long already) {
            begun.add(file + " " + already);
          }

          @Override
          public void received(long bytes) {}

          @Override
          public void end() {}

          @Override
          public void note(String sentence) {
            notes.add(sentence);
          }
        },
        folder -> free);
  }

  private void run(URI... addresses) {
    fetch(Duration.ofSeconds(20)).run(entry(file(), addresses), data);
  }

  private String refusal(Duration patience, URI... addresses) {
    return assertThrows(
            DataException.class, () -> fetch(patience).run(entry(file(), addresses), data))
        .getMessage();
  }

  private String refusal(URI... addresses) {
    return refusal(Duration.ofSeconds(20), addresses);
  }

  private void requireWhole() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(List.of("file.bin"), filesThere());
  }

  private List<String> filesThere() throws IOException {
    try (Stream<Path> files = Files.list(target.getParent())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileThatIsRightGetsItsNameAndIsNotFetchedTwice() throws IOException {
    URI good = serve("good", FetchTest::wellBehaved);

    run(good);
    run(good);

    requireWhole();
    assertEquals(List.of("good null null"), requests);
    assertEquals(List.of("file.bin is there already"), notes);
  }

  @Test
  void anMd5IsCheckedWhereThereIsNothingElse() throws IOException {
    URI good = serve("good", FetchTest::wellBehaved);
    Digest md5 = Digest.md5(hex("MD5", CONTENT));

    fetch(Duration.ofSeconds(20)).run(entry(new RemoteFile("file.bin", SIZE, md5), good), data);

    requireWhole();
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    URI good = serve("good", FetchTest::wellBehaved);
    URI moved =
        serve(
            "moved",
            exchange -> {
              exchange.getResponseHeaders().add("Location", good.resolve("file.bin").toString());
              exchange.sendResponseHeaders(302, -1);
            });

    run(moved);

    requireWhole();
  }

  @Test
  void whatIsMissingIsLookedForAtTheNextAddress() throws IOException {
    URI empty = serve("empty", exchange -> exchange.sendResponseHeaders(404, -1));
    URI good = serve("good", FetchTest::wellBehaved);

    run(empty, good);

    requireWhole();
    assertEquals(
        List.of(empty + "file.bin answers 404 (not there); trying the next address"), notes);
  }

  @Test
  void theReasonOfEveryAddressIsToldInOneSentence() throws IOException {
    URI empty = serve("empty", exchange -> exchange.sendResponseHeaders(404, -1));
    URI broken = serve("broken", exchange -> exchange.sendResponseHeaders(500, -1));

    assertEquals(
        "file.bin could not be fetched: "
            + empty
            + "file.bin answers 404 (not there); "
            + broken
            + "file.bin answers 500 (the server has a problem)",
        refusal(empty, broken));
    assertEquals(List.of(), filesThere());
  }

  /** The client may drop the last buffer before a break, so that numbers of bytes vary. */
  @Test
  void aTruncatedBodyIsToldAndWhatCameIsKept() throws IOException {
    URI cut = serve("cut", truncatedAfter(100_000));

    String refusal = refusal(cut);

    assertTrue(
        refusal.matches(
            "\\Qfile.bin could not be fetched: "
                + cut
                + "file.bin\\E broke off after \\d+ of 300000 bytes; what came is kept, and fetching"
                + " again goes on from there"),
        refusal);
    assertEquals(List.of("file.bin.part"), filesThere());
    assertTrue(Files.size(target.resolveSibling("file.bin.part")) > 50_000);
  }

  @Test
  void anInterruptedDownloadGoesOnWithTheSameVersion() throws IOException {
    URI cut =
        serve(
            "cut",
            exchange -> {
              exchange.getResponseHeaders().add("ETag", "\"v1\"");
              if (exchange.getRequestHeaders().getFirst("Range") == null) {
                truncatedAfter(120_000).to(exchange);
              } else {
                wellBehaved(exchange);
              }
            });

    run(cut);

    requireWhole();
    assertEquals(2, requests.size(), requests.toString());
    assertTrue(requests.get(1).matches("cut bytes=[1-9]\\d+- \"v1\""), requests.toString());
    assertTrue(begun.get(1).matches("file.bin [1-9]\\d+"), begun.toString());
  }

  /** A weak tag does not promise the same bytes; the date does, and without one there is none. */
  @Test
  void aVersionIsNamedByTheDateWhereTheTagIsWeak() throws IOException {
    for (String date : new String[] {"Tue, 01 Jan 2030 00:00:00 GMT", null}) {
      requests.clear();
      URI cut =
          serve(
              date == null ? "weak" : "dated",
              exchange -> {
                exchange.getResponseHeaders().add("ETag", "W/\"v1\"");
                if (date != null) {
                  exchange.getResponseHeaders().add("Last-Modified", date);
                }
                if (exchange.getRequestHeaders().getFirst("Range") == null) {
                  truncatedAfter(120_000).to(exchange);
                } else {
                  wellBehaved(exchange);
                }
              });

      run(cut);

      requireWhole();
      Files.delete(target);
      assertEquals(2, requests.size(), requests.toString());
      assertTrue(requests.get(1).endsWith("- " + date), requests.toString());
    }
  }

  /** Without an announced length, so that nothing but the range tells. */
  @Test
  void anotherRangeThanTheOneAskedForIsNotAppended() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(target.resolveSibling("file.bin.part"), Arrays.copyOf(CONTENT, 70_000));
    URI odd =
        serve(
            "odd",
            exchange -> {
              if (exchange.getRequestHeaders().getFirst("Range") == null) {
                send(exchange, 200, CONTENT);
              } else {
                exchange.getResponseHeaders().add("Content-Range", "bytes 0-229999/300000");
                exchange.sendResponseHeaders(206, 0);
                exchange.getResponseBody().write(CONTENT, 0, 230_000);
              }
            });

    run(odd);

    requireWhole();
    assertEquals(List.of("odd bytes=70000- null", "odd null null"), requests);
    assertEquals(List.of("file.bin 0"), begun, "nothing was taken of the first answer");
    assertEquals(
        List.of(
            odd + "file.bin gives \"bytes 0-229999/300000\" when asked for the rest; trying again"),
        notes);
  }

  @Test
  void aLaterRunGoesOnWhereAnEarlierOneEnded() throws IOException {
    refusal(serve("cut", truncatedAfter(50_000)));
    requests.clear();

    run(serve("good", FetchTest::wellBehaved));

    requireWhole();
    assertEquals(1, requests.size(), requests.toString());
    assertTrue(requests.get(0).matches("good bytes=[1-9]\\d+- null"), requests.toString());
  }

  @Test
  void aServerThatIgnoresTheRangeBeginsAnew() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(target.resolveSibling("file.bin.part"), new byte[70_000]);

    run(serve("all", exchange -> send(exchange, 200, CONTENT)));

    requireWhole();
    assertEquals(List.of("file.bin 0"), begun);
  }

  @Test
  void aRestThatDoesNotFitTheBeginningIsFetchedAnewOnce() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(target.resolveSibling("file.bin.part"), new byte[70_000]); // of another version

    run(serve("good", FetchTest::wellBehaved));

    requireWhole();
    assertEquals(List.of("good bytes=70000- null", "good null null"), requests);
  }

  @Test
  void aServerThatCannotGiveTheRestIsAskedForAll() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(target.resolveSibling("file.bin.part"), new byte[70_000]);

    run(
        serve(
            "odd",
            exchange -> {
              if (exchange.getRequestHeaders().getFirst("Range") == null) {
                send(exchange, 200, CONTENT);
              } else {
                exchange.sendResponseHeaders(416, -1);
              }
            }));

    requireWhole();
  }

  @Test
  void aFileWithAWrongDigestIsDeleted() throws IOException {
    byte[] wrong = CONTENT.clone();
    wrong[SIZE / 2]++;
    URI bad = serve("bad", exchange -> send(exchange, 200, wrong));

    assertEquals(
        "file.bin could not be fetched: "
            + bad
            + "file.bin gave a file with SHA-256 "
            + hex("SHA-256", wrong)
            + "; expected SHA-256 "
            + hex("SHA-256", CONTENT)
            + ", so it was deleted",
        refusal(bad));
    assertEquals(List.of(), filesThere());
    assertEquals(1, requests.size());
  }

  @Test
  void aPageInPlaceOfTheFileIsNotEvenRead() {
    URI page = serve("page", exchange -> send(exchange, 200, "<html>".getBytes()));

    assertEquals(
        "file.bin could not be fetched: " + page + "file.bin announces 6 bytes; expected 300000",
        refusal(page));
  }

  @Test
  void aServerThatSendsTooMuchIsCutOff() throws IOException {
    URI endless =
        serve(
            "endless",
            exchange -> {
              exchange.sendResponseHeaders(200, 0); // of no announced length
              exchange.getResponseBody().write(CONTENT);
              exchange.getResponseBody().write(CONTENT);
            });

    assertEquals(
        "file.bin could not be fetched: "
            + endless
            + "file.bin sends more than the 300000 bytes expected",
        refusal(endless));
    assertEquals(0, Files.size(target.resolveSibling("file.bin.part")));
  }

  @Test
  void aStalledConnectionIsGivenUpAndTheNextAddressGoesOn() throws IOException {
    URI stalled =
        serve(
            "stalled",
            exchange -> {
              exchange.sendResponseHeaders(200, SIZE);
              exchange.getResponseBody().write(CONTENT, 0, 5_000);
              exchange.getResponseBody().flush();
              await();
            });
    URI good = serve("good", FetchTest::wellBehaved);

    fetch(Duration.ofMillis(700)).run(entry(file(), stalled, good), data);

    requireWhole();
    assertTrue(
        notes
            .get(0)
            .startsWith(
                stalled
                    + "file.bin sent less than 10000 bytes within 700 ms, so the connection was"
                    + " closed"),
        notes.toString());
    assertTrue(requests.get(requests.size() - 1).startsWith("good "), requests.toString());
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() {
    URI silent = serve("silent", exchange -> await());

    assertEquals(
        "file.bin could not be fetched: " + silent + "file.bin did not answer within 200 ms",
        refusal(Duration.ofMillis(200), silent));
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aServerThatIsNotThereIsTold() {
    server.stop(0);

    assertEquals(
        "file.bin could not be fetched: "
            + address
            + "file.bin cannot be reached (the connection was refused)",
        refusal(address)
            .replaceFirst("\\(Connection refused.*\\)", "(the connection was refused)"));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs the device that is always full")
  void aFullDiskIsTold() throws IOException {
    Files.createDirectories(target.getParent());
    Path part =
        Files.createSymbolicLink(target.resolveSibling("file.bin.part"), Path.of("/dev/full"));

    assertEquals(
        part + " cannot be written (No space left on device)",
        refusal(serve("good", FetchTest::wellBehaved)));
    assertFalse(Files.exists(target));
  }

  @Test
  void aSecondFetchOfASetIsRefusedWhileTheFirstGoesOn() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    URI slow =
        serve(
            "slow",
            exchange -> {
              asked.countDown();
              assertDoesNotThrow(() -> refused.await(20, TimeUnit.SECONDS));
              wellBehaved(exchange);
            });
    Future<?> first = threads.submit(() -> run(slow));
    assertTrue(asked.await(20, TimeUnit.SECONDS));

    assertEquals(
        "folder "
            + target.getParent()
            + ": this very process, "
            + ProcessHandle.current().pid()
            + ", is using it already; fetch again when it has ended",
        refusal(slow));
    refused.countDown();
    first.get(20, TimeUnit.SECONDS);
    requireWhole();
  }

  @Test
  void aDiskThatIsTooSmallIsToldBeforehand() {
    RemoteFile huge = new RemoteFile("file.bin", 1L << 60, file().digest());

    String refusal =
        assertThrows(
                DataException.class,
                () -> fetch(Duration.ofSeconds(1)).run(entry(huge, address), data))
            .getMessage();

    assertTrue(
        refusal.matches(
            "file.bin needs 1152921504606.8 MB, but there are only .* MB free in "
                + "\\Q"
                + target.getParent()
                + "\\E"),
        refusal);
  }

  /** Of 300,000 bytes 200,000 are there already. */
  @Test
  void onlyWhatIsMissingNeedsRoom() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(target.resolveSibling("file.bin.part"), Arrays.copyOf(CONTENT, 200_000));
    URI good = serve("good", FetchTest::wellBehaved);

    free = 99_999;
    assertEquals(
        "file.bin needs 0.1 MB, but there are only 0.1 MB free in " + target.getParent(),
        refusal(good));
    free = 100_000;
    run(good);

    requireWhole();
    assertEquals(List.of("good bytes=200000- null"), requests);
  }

  @Test
  void anArchiveGivesItsMembersAndGoesAway() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("inside/file.bin"));
      zip.write(CONTENT);
      zip.putNextEntry(new ZipEntry("inside/other.bin"));
      zip.write(1);
    }
    byte[] packed = bytes.toByteArray();
    RemoteFile file =
        new RemoteFile("set.zip", packed.length, Digest.sha256(hex("SHA-256", packed)));
    Archive archive =
        new Archive(
            Archive.Format.ZIP, List.of(new Archive.Member("inside/file.bin", "file.bin", SIZE)));
    CatalogueEntry entry =
        new CatalogueEntry(
            "set",
            "a set",
            "a licence",
            "a source",
            List.of(file),
            List.of(serve("good", exchange -> send(exchange, 200, packed))),
            Optional.of(archive));

    fetch(Duration.ofSeconds(20)).run(entry, data);
    fetch(Duration.ofSeconds(20)).run(entry, data);

    requireWhole();
    assertEquals(1, requests.size());
    assertEquals(List.of("unpacking set.zip", "set is there already"), notes);

    // an archive that is there is unpacked if it is the right one
    Files.delete(target);
    Files.write(target.resolveSibling("set.zip"), packed);
    fetch(Duration.ofSeconds(20)).run(entry, data);
    requireWhole();
    assertEquals(1, requests.size());
    Files.delete(target);
    packed[packed.length / 2]++;
    Files.write(target.resolveSibling("set.zip"), packed.clone());
    packed[packed.length / 2]--;
    fetch(Duration.ofSeconds(20)).run(entry, data);
    requireWhole();
    assertEquals(2, requests.size());
  }

  @Test
  void aFileOfTheRightLengthThatIsAnotherIsReplaced() throws IOException {
    Files.createDirectories(target.getParent());
    byte[] other = CONTENT.clone();
    other[SIZE - 1]++;
    Files.write(target, other);

    run(serve("good", FetchTest::wellBehaved));

    requireWhole();
    assertEquals(List.of("good null null"), requests);
    assertEquals(List.of(target + " is not the published file and will be replaced"), notes);
  }

  @Test
  void anotherFileOfThatNameIsReplacedOnlyByTheRightOne() throws IOException {
    Files.createDirectories(target.getParent());
    Files.writeString(target, "older");
    refusal(serve("empty", exchange -> exchange.sendResponseHeaders(404, -1)));
    assertEquals("older", Files.readString(target));

    run(serve("good", FetchTest::wellBehaved));

    requireWhole();
  }
}
