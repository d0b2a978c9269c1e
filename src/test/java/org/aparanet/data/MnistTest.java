package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

/** The MNIST files that come with the project. */
class MnistTest {
  private static final Path DATA = Path.of("data");

  @Test
  void filesHaveTheChecksumsOfTheReadme() throws IOException, NoSuchAlgorithmException {
    Map<String, String> expected = new TreeMap<>();
    Pattern.compile("^\\| `(\\S+)` \\|.* `([0-9a-f]{64})` \\|$", Pattern.MULTILINE)
        .matcher(Files.readString(DATA.resolve("README.md")))
        .results()
        .forEach(row -> expected.put(row.group(1), row.group(2)));
    assertEquals(8, expected.size());

    Map<String, String> actual = new TreeMap<>();
    for (String name : expected.keySet()) {
      boolean packed = name.endsWith(".gz");
      try (InputStream file =
          Files.newInputStream(DATA.resolve("mnist").resolve(packed ? name : name + ".gz"))) {
        actual.put(name, sha256(packed ? file : new GZIPInputStream(file)));
      }
    }
    assertEquals(expected, actual);
  }

  private static String sha256(InputStream in) throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void hasTheWellKnownSizesAndFirstLabels() {
    DataSet mnist = DataSets.open("mnist", DATA);
    assertEquals(60_000, mnist.train().count());
    assertEquals(10_000, mnist.test().count());
    assertEquals(new Shape(1, 28, 28), mnist.train().shape());
    assertEquals(10, mnist.train().classes());
    assertArrayEquals(new byte[] {5, 0, 4, 1, 9}, Arrays.copyOf(mnist.train().labels(), 5));
    assertArrayEquals(new byte[] {7, 2, 1, 0, 4}, Arrays.copyOf(mnist.test().labels(), 5));
  }

  @Test
  void trainingImagesHaveTheWellKnownMean() {
    ImageSet train = DataSets.openSplit("mnist", DATA, Split.TRAIN);
    long sum = 0;
    for (byte pixel : train.pixels()) {
      sum += pixel & 0xFF;
    }
    assertEquals(0.1307, sum / 255.0 / train.pixels().length, 5e-5);
  }
}
