package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.aparanet.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program in the locale of containers and cron, where Java reads names as ASCII. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere the locale does not matter")
class AsciiLocaleTest {
  @TempDir Path folder;

  private static ChildJvm.Outcome run(String locale, String... arguments) throws Exception {
    return ChildJvm.run(
        List.of("-Daparanet.home=."),
        Map.of("LC_ALL", locale),
        "org.aparanet.cli.Main",
        List.of(arguments));
  }

  @Test
  void foldersAndFilesAreReadAsInAnyOtherLocale() throws Exception {
    for (String name : List.of("%E7%8C%AB", "%E7%8B%97")) { // cat, dog
      Path sub = Files.createDirectory(Path.of(URI.create(folder.toUri() + name)));
      for (int i = 0; i < 20; i++) {
        image(Path.of(URI.create(sub.toUri() + "%C3%A4" + i + ".png")), 12 * i);
      }
    }
    List<String> outputs = new ArrayList<>();
    for (String locale : List.of("C", "C.UTF-8")) {
      ChildJvm.Outcome run =
          run(
              locale,
              "train",
              "--data=" + folder,
              "--input=3x4x4",
              "--network=dense 2",
              "--epochs=1",
              "--device=cpu");
      assertEquals(0, run.status(), run.err());
      assertTrue(run.err().contains(" images of \u72d7, \u732b, resized to 3x4x4"), run.err());
      outputs.add(run.out().replaceFirst(",.*", ""));
    }
    assertEquals(outputs.get(1), outputs.get(0));
  }

  @Test
  void anArgumentThatIsLostIsNamedWithWhatToSet() throws Exception {
    // a child gets the bytes as this process can write them, so they come from a shell
    Path script = Files.writeString(folder.resolve("run"), SCRIPT);
    Process process =
        new ProcessBuilder(
                "sh",
                script.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());

    assertEquals(2, process.waitFor(), said);
    assertEquals(
        "argument \"m??\" has characters that Java cannot read in this locale; set the environment"
            + " variable LC_ALL=C.UTF-8, or start aparanet by its launcher",
        said.strip().replace("aparanet: ", "").replaceAll("[^\\x00-\\x7f]+", "??"));
  }

  private static final String SCRIPT =
      "LC_ALL=C exec \"$1\" -cp \"$2\" org.aparanet.cli.Main predict \"$(printf 'm\\303\\266')\" 0";

  private static void image(Path file, int grey) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, grey * 0x10101);
    Path plain = Files.createTempFile("image", ".png");
    assertTrue(ImageIO.write(image, "png", plain.toFile()));
    Files.move(plain, file);
  }
}
