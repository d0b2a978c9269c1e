package org.aparanet.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The text form of mutations. {@code file} and {@code tests} hold for what follows; each mutation
 * is a block of lines behind an empty one:
 *
 * <pre>
 * file engine/cpu/vector/Winograd.java
 * tests engine.cpu.CpuImagesTest$Contract
 *
 * an odd last row is left out
 * - (height + 1) / 2 * columns
 * + height / 2 * columns
 * = why no test can notice, if none can
 * </pre>
 *
 * <p>Several lines with a minus are one fragment, several with a plus one replacement; none is
 * nothing. Spaces behind the first one belong to the line. A line with a hash is a comment.
 */
final class MutationTable {
  private MutationTable() {}

  static List<SourceMutation> parse(String text) {
    List<SourceMutation> mutations = new ArrayList<>();
    String file = null;
    List<String> tests = List.of();
    List<String> block = new ArrayList<>();
    for (String line : (text + "\n\n").split("\n", -1)) {
      if (line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("file ")) {
        file = line.substring(5).strip();
        tests = List.of();
      } else if (line.startsWith("tests ")) {
        tests = List.of(line.substring(6).strip().split(" +"));
      } else if (!line.isBlank()) {
        block.add(line);
      } else if (!block.isEmpty()) {
        mutations.add(mutation(file, tests, block));
        block.clear();
      }
    }
    return mutations;
  }

  private static SourceMutation mutation(String file, List<String> tests, List<String> block) {
    String name = block.get(0);
    if (file == null || tests.isEmpty()) {
      throw new MutationException(name + ": no file or no tests above");
    }
    Optional<String> fragment = lines(block, '-');
    if (fragment.isEmpty() || "-+=".indexOf(name.charAt(0)) >= 0) {
      throw new MutationException(file + ": " + name + ": needs a name and a fragment");
    }
    for (String line : block.subList(1, block.size())) {
      if ("-+=".indexOf(line.charAt(0)) < 0) {
        throw new MutationException(file + ": " + name + ": not understood: " + line);
      }
    }
    return new SourceMutation(
        name, file, tests, fragment.get(), lines(block, '+').orElse(""), lines(block, '='));
  }

  private static Optional<String> lines(List<String> block, char mark) {
    List<String> own =
        block.stream()
            .skip(1)
            .filter(line -> line.charAt(0) == mark)
            .map(line -> line.substring(Math.min(2, line.length())))
            .toList();
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(own.stream().collect(Collectors.joining("\n")));
  }
}
