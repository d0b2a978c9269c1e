package org.aparanet.mutation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program that tries every mutation of the tables and says which of them tests noticed.
 *
 * <p>Before a file's first mutation its tests run without one: they have to pass, and the time they
 * take is what the limit of the others goes by.
 */
final class Mutations {
  private static final String PACKAGE = "org/aparanet/";

  private final Path sources;
  private final Path work;
  private final PrintStream out;
  private final Map<List<String>, Duration> limits = new HashMap<>();
  private final Map<Verdict.Kind, Integer> counts = new HashMap<>();

  /**
   * A program over a tree of sources.
   *
   * @param sources the root of their packages
   * @param work a folder for what is compiled
   */
  Mutations(Path sources, Path work, PrintStream out) {
    this.sources = sources;
    this.work = work;
    this.out = out;
  }

  /** Tries those whose file or name contains one of the arguments, or all. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<SourceMutation> all = new ArrayList<>();
    try (Stream<Path> tables = Files.list(Path.of("src/test/resources/mutations"))) {
      for (Path table : tables.sorted().toList()) {
        all.addAll(MutationTable.parse(Files.readString(table)));
      }
    }
    List<SourceMutation> chosen =
        all.stream()
            .filter(
                m ->
                    arguments.length == 0 || Arrays.stream(arguments).anyMatch(m.label()::contains))
            .toList();
    Mutations program =
        new Mutations(Path.of("src/main/java"), Path.of("target/mutations"), System.out);
    System.exit(program.run(chosen) ? 0 : 1);
  }

  /**
   * Tries each of them and prints a line for it, and the sums.
   *
   * @return whether nine in ten were noticed, and no entry of a table is mistaken
   */
  boolean run(List<SourceMutation> mutations) throws IOException, InterruptedException {
    for (SourceMutation mutation : mutations) {
      changed(mutation); // so that a fragment that is missing is told at once
    }
    for (SourceMutation mutation : mutations) {
      long start = System.nanoTime();
      Verdict verdict = judge(mutation);
      counts.merge(verdict.kind(), 1, Integer::sum);
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf("%-90s %s (%.1f s)%n", mutation.label(), verdict.text(), seconds);
    }
    return sums();
  }

  private boolean sums() {
    int killed = 0;
    int valid = 0;
    for (Verdict.Kind kind : counts.keySet()) {
      killed += kind.killed() ? counts.get(kind) : 0;
      valid += kind.killed() || kind == Verdict.Kind.SURVIVED ? counts.get(kind) : 0;
    }
    out.printf("%d of %d killed (%.1f %%)%n", killed, valid, 100.0 * killed / Math.max(1, valid));
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> out.printf("  %s: %d%n", new Verdict(e.getKey(), "").text(), e.getValue()));
    boolean mistaken =
        counts.containsKey(Verdict.Kind.DOES_NOT_COMPILE)
            || counts.containsKey(Verdict.Kind.NOT_EQUIVALENT);
    return !mistaken && valid > 0 && killed * 10 >= valid * 9;
  }

  /** What comes of one of them. */
  Verdict judge(SourceMutation mutation) throws IOException, InterruptedException {
    String source = changed(mutation);
    List<String> tests = mutation.tests();
    Duration limit = limit(tests);
    Path folder = emptyFolder();
    if (MutantCompiler.compile(folder, PACKAGE + mutation.file(), source).isPresent()) {
      return new Verdict(Verdict.Kind.DOES_NOT_COMPILE, "");
    }
    Verdict verdict = MutantRun.run(folder, tests, limit);
    if (mutation.equivalent().isEmpty()) {
      return verdict;
    }
    if (verdict.kind().killed()) {
      return new Verdict(Verdict.Kind.NOT_EQUIVALENT, verdict.by());
    }
    return new Verdict(Verdict.Kind.EQUIVALENT, mutation.equivalent().get());
  }

  private String changed(SourceMutation mutation) throws IOException {
    return mutation.apply(Files.readString(sources.resolve(PACKAGE + mutation.file())));
  }

  private Duration limit(List<String> tests) throws IOException, InterruptedException {
    Duration known = limits.get(tests);
    if (known == null) {
      long start = System.nanoTime();
      Verdict verdict = MutantRun.run(emptyFolder(), tests, Duration.ofMinutes(20));
      if (verdict.kind() != Verdict.Kind.SURVIVED) {
        throw new MutationException(tests + " without any change: " + verdict.text());
      }
      // other programs may have the processors next time, and OpenCL's compiler, which has seen
      // the kernels without a fault before, takes long for large ones
      known = Duration.ofNanos(4 * (System.nanoTime() - start)).plusSeconds(120);
      limits.put(tests, known);
      out.printf("%s pass without any change; time limit %d s%n", tests, known.toSeconds());
    }
    return known;
  }

  private Path emptyFolder() throws IOException {
    if (Files.exists(work)) {
      try (Stream<Path> old = Files.walk(work)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(work);
  }
}
