package org.aparanet.engine.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.Session;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.CheckedOperation;
import org.aparanet.model.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {
  private static final Optional<String> VERSION = Optional.of("1.0");

  @TempDir Path folder;

  /** A device of which only the names matter. */
  private record Named(String name, String platform, String driver) implements Engine {
    @Override
    public Device device() {
      return new Device("opencl:0", Device.Kind.GPU, name, platform, 1, 1);
    }

    @Override
    public Session open(Network network, int batch) {
      throw new UnsupportedOperationException();
    }

    CheckReport report(double error) {
      return new CheckReport(device(), Map.of(CheckedOperation.UPDATE, error), Optional.empty());
    }
  }

  private final Named gpu = new Named("GPU 9", "Vendor", "OpenCL 3.0 driver 1");

  private Verdicts verdicts() {
    return new Verdicts(Optional.of(folder), VERSION);
  }

  @Test
  void areReadBackByALaterProcess() {
    verdicts().keep(gpu, gpu.report(1e-7));
    assertEquals(
        Optional.of(
            new Verdicts.Verdict(
                true,
                "opencl:0 (GPU 9) computes right: no operation is off by more than 1.0e-07"
                    + " (update)")),
        verdicts().find(gpu));

    verdicts().keep(gpu, gpu.report(0.5));
    assertEquals(
        Optional.of(
            new Verdicts.Verdict(
                false,
                "opencl:0 (GPU 9) computes wrongly: update is off by 5.0e-01 of the right result,"
                    + " and at most 1e-05 is allowed")),
        verdicts().find(gpu));
  }

  @Test
  void holdForOneDeviceDriverAndProgram() {
    verdicts().keep(gpu, gpu.report(1e-7));

    for (Named other :
        List.of(
            new Named("GPU 10", "Vendor", "OpenCL 3.0 driver 1"),
            new Named("GPU 9", "Other", "OpenCL 3.0 driver 1"),
            new Named("GPU 9", "Vendor", "OpenCL 3.0 driver 2"))) {
      assertEquals(Optional.empty(), verdicts().find(other), other::toString);
    }
    assertEquals(Optional.empty(), new Verdicts(Optional.of(folder), Optional.of("1.1")).find(gpu));
  }

  @Test
  void aFileThatSaysAnythingElseCountsAsNone() throws Exception {
    verdicts().keep(gpu, gpu.report(1e-7));
    Path file = onlyFile();
    List<String> lines = Files.readAllLines(file);
    List<String> perhaps =
        List.of(lines.get(0), lines.get(1), lines.get(2), lines.get(3), "perhaps", lines.get(5));

    for (byte[] text :
        List.of(
            new byte[0],
            new byte[] {(byte) 0xff, (byte) 0xfe, 10, 0},
            "right\n".getBytes(),
            String.join("\n", lines.subList(0, 5)).getBytes(),
            String.join("\n", perhaps).getBytes(),
            (String.join("\n", lines) + "\nmore\n").getBytes(),
            (String.join("\n", lines).replace("GPU 9", "GPU 8")).getBytes(),
            new byte[1 << 20])) {
      Files.write(file, text);
      assertEquals(Optional.empty(), verdicts().find(gpu), () -> new String(text));
    }
    verdicts().keep(gpu, gpu.report(1e-7));
    assertTrue(verdicts().find(gpu).isPresent(), "it is written anew");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoError() throws Exception {
    Path notAFolder = Files.writeString(folder.resolve("file"), "text");
    Verdicts verdicts = new Verdicts(Optional.of(notAFolder.resolve("below")), VERSION);

    verdicts.keep(gpu, gpu.report(1e-7));

    assertTrue(verdicts.find(gpu).isPresent(), "it is known for the time being");
    assertEquals(
        Optional.empty(),
        new Verdicts(Optional.of(notAFolder.resolve("below")), VERSION).find(gpu));
    Path occupied = Files.createDirectories(folder.resolve("occupied"));
    new Verdicts(Optional.of(occupied), VERSION).keep(gpu, gpu.report(1e-7));
    try (Stream<Path> files = Files.list(occupied)) {
      Path file = files.findFirst().orElseThrow();
      Files.delete(file);
      Files.createDirectories(file.resolve("in the way"));
    }
    new Verdicts(Optional.of(occupied), VERSION).keep(gpu, gpu.report(1e-7));
    try (Stream<Path> files = Files.list(occupied)) {
      assertEquals(1, files.count(), "nothing half written is left behind");
    }
  }

  @Test
  void ofAnUnknownProgramOrFolderAreKeptInMemoryOnly() throws Exception {
    Verdicts unknown = new Verdicts(Optional.of(folder), Optional.empty());
    Verdicts nowhere = new Verdicts(Optional.empty(), VERSION);
    unknown.keep(gpu, gpu.report(1e-7));
    nowhere.keep(gpu, gpu.report(1e-7));

    assertTrue(unknown.find(gpu).isPresent());
    assertTrue(nowhere.find(gpu).isPresent());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void namesOfSeveralLinesDoNotBreakTheFile() {
    Named odd = new Named("GPU\nright", " Ven\tdor ", "1\r\n2");
    verdicts().keep(odd, odd.report(0.5));
    assertEquals(Optional.of(false), verdicts().find(odd).map(Verdicts.Verdict::right));
  }

  private Path onlyFile() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size());
      return all.get(0);
    }
  }
}
