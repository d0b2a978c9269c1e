package org.aparanet.engine.select;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.file.AtomicFile;
import org.aparanet.file.Target;

/**
 * Verdicts of earlier checks, kept in a folder: a small text file for each device, driver and
 * version of aparanet. A file that cannot be read, or that says anything unexpected, counts as
 * none; one that cannot be written is done without.
 */
public final class Verdicts {
  private static final String RIGHT = "right";
  private static final String WRONG = "wrong";

  private final Optional<Path> folder;
  private final Optional<String> program;
  private final Map<List<String>, Verdict> seen = new HashMap<>();

  /**
   * Verdicts that are kept in a folder.
   *
   * @param folder where to keep them; if empty, they are kept until this process ends
   * @param program which aparanet this is; if empty, the same
   */
  public Verdicts(Optional<Path> folder, Optional<String> program) {
    this.folder = folder;
    this.program = program;
  }

  /**
   * Those of this program in this user's cache folder.
   *
   * @return the verdicts
   */
  public static Verdicts ofThisUser() {
    return new Verdicts(CacheFolder.ofThisUser(), ProgramVersion.ofThisProgram());
  }

  /**
   * The outcome of a check.
   *
   * @param right whether the device computes right
   * @param sentence the check's verdict, without a full stop
   */
  public record Verdict(boolean right, String sentence) {}

  /**
   * {@return the verdict for a device as it is now; empty if it was not checked}
   *
   * @param engine of the device
   */
  public Optional<Verdict> find(Engine engine) {
    List<String> key = key(engine);
    Verdict verdict = seen.get(key);
    return verdict != null ? Optional.of(verdict) : file(key).flatMap(file -> read(file, key));
  }

  /**
   * Keeps the verdict of a check that a device finished, in place of an earlier one.
   *
   * @param engine of the device
   * @param report of that check
   * @return what is kept
   */
  public Verdict keep(Engine engine, CheckReport report) {
    List<String> key = key(engine);
    Verdict verdict = new Verdict(report.right(), line(report.verdict()));
    seen.put(key, verdict);
    file(key).ifPresent(file -> write(file, key, verdict));
    return verdict;
  }

  private List<String> key(Engine engine) {
    Device device = engine.device();
    return List.of(
        line("device " + device.name()),
        line("platform " + device.platform()),
        line("driver " + engine.driver()),
        line("aparanet " + program.orElse("")));
  }

  /** Names of devices come from drivers; only their hash goes into a file's name. */
  private Optional<Path> file(List<String> key) {
    if (program.isEmpty()) {
      return Optional.empty();
    }
    byte[] text = String.join("\n", key).getBytes(StandardCharsets.UTF_8);
    return folder.map(f -> f.resolve("check-" + UUID.nameUUIDFromBytes(text) + ".txt"));
  }

  private static Optional<Verdict> read(Path file, List<String> key) {
    List<String> lines;
    try {
      lines = Files.size(file) < 10_000 ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return Optional.empty(); // not there, not readable, or not text
    }
    int size = key.size();
    if (lines.size() != size + 2 || !lines.subList(0, size).equals(key)) {
      return Optional.empty();
    }
    String word = lines.get(size);
    return word.equals(RIGHT) || word.equals(WRONG)
        ? Optional.of(new Verdict(word.equals(RIGHT), lines.get(size + 1)))
        : Optional.empty();
  }

  private static void write(Path file, List<String> key, Verdict verdict) {
    List<String> lines = new ArrayList<>(key);
    lines.add(verdict.right() ? RIGHT : WRONG);
    lines.add(verdict.sentence());
    try {
      Target.makeFolder(file.getParent());
      AtomicFile.write(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      // the device is checked again next time, and nothing worse
    }
  }

  private static String line(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
