package org.aparanet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code vendor-compile} says of figures, with tables and figures of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for awk")
class RegisterBoundsTest {
  private static final String TABLE =
      """
      # Performance

      | kernel | us |
      | --- | ---: |
      | Product | 1 |

      | kernel | local memory | sm_90 | gfx1100 | dg2 |
      | --- | ---: | ---: | ---: | --- |
      | Product | 24,704 | 128, 8 spilled | 112 | SIMD8, 1 spilled, 1,024 B stack |
      | Update | 0 | 32 | 24 | SIMD32 |

      | Stranger | 0 | 8 | 8 | SIMD8 |
      """;

  @TempDir Path folder;

  private record Outcome(int status, String out, List<String> err) {}

  private Outcome judge(String mode, String... figures) throws IOException, InterruptedException {
    Path table = Files.writeString(folder.resolve("performance.md"), TABLE);
    Path lines = folder.resolve("figures");
    Files.writeString(lines, String.join("\n", figures).replace(' ', '\t') + "\n");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(
                "awk",
                "-v",
                "mode=" + mode,
                "-v",
                "table=the table",
                "-f",
                "src/test/sh/register-bounds.awk",
                table.toString(),
                lines.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertEquals(true, process.waitFor(1, TimeUnit.MINUTES));
    return new Outcome(process.exitValue(), Files.readString(out), Files.readAllLines(err));
  }

  @Test
  void figuresUpToTheirBoundsPass() throws Exception {
    Outcome outcome =
        judge(
            "check",
            "Product sm_90 128 8 0",
            "Product gfx1100 112 0 0",
            "Product dg2 SIMD8 1 1024",
            "Update dg2 SIMD32 0 0");

    assertEquals(List.of(), outcome.err);
    assertEquals(0, outcome.status);
    assertEquals(
        """
        | kernel                     | target   | registers | local memory | spills | stack |
        | Product                    | sm_90    |       128 |       24,704 |      8 |     0 |
        | Product                    | gfx1100  |       112 |       24,704 |      0 |     0 |
        | Product                    | dg2      |     SIMD8 |       24,704 |      1 |  1024 |
        | Update                     | dg2      |    SIMD32 |            0 |      0 |     0 |
        """,
        outcome.out);
  }

  @Test
  void eachFigureOverItsBoundFails() throws Exception {
    assertRefused(
        "Product sm_90 129 0 0", "Product for sm_90 takes 129 registers, the bound is 128");
    assertRefused("Product sm_90 96 9 0", "Product for sm_90 spills 9 bytes, the bound is 8");
    assertRefused(
        "Product gfx1100 96 1 0", "Product for gfx1100 spills 1 of its registers, the bound is 0");
    assertRefused(
        "Product dg2 SIMD8 0 2048", "Product for dg2 has a stack of 2048 bytes, the bound is 1024");
    assertRefused("Update dg2 SIMD16 0 0", "Update for dg2 runs SIMD16, the bound is SIMD32");
    assertRefused("Update dg2 SIMD32 0 8", "Update for dg2 has a stack of 8 bytes, the bound is 0");
    assertRefused("Update sm_90 failed 0 0", "Update for sm_90 does not compile");
  }

  @Test
  void aKernelOrTargetWithoutBoundFails() throws Exception {
    assertRefused("Stranger sm_90 8 0 0", "Stranger for sm_90 has no bound in the table");
    assertRefused("Update sm_75 8 0 0", "Update for sm_75 has no bound in the table");
  }

  private void assertRefused(String figures, String sentence) throws Exception {
    Outcome outcome = judge("check", "Product gfx1100 112 0 0", figures);
    assertEquals(List.of("register-bounds: " + sentence), outcome.err);
    assertEquals(1, outcome.status);
  }

  @Test
  void figuresBecomeRowsOfTheTable() throws Exception {
    Outcome outcome =
        judge(
            "bounds", "Product dg2 SIMD16 2 64", "Product sm_90 121 0 0", "Update gfx1100 24 0 0");

    assertEquals(0, outcome.status);
    assertEquals(
        """
        | Product | 24,704 | 128 |  | SIMD16, 2 spilled, 64 B stack |
        | Update | 0 |  | 24 |  |
        """,
        outcome.out);
  }
}
