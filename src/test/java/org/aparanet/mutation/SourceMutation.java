package org.aparanet.mutation;

import java.util.List;
import java.util.Optional;

/**
 * A fault to be put into a source file.
 *
 * @param name what is wrong afterwards, in a few words
 * @param file the source, from {@code org/aparanet} on, such as {@code
 *     engine/cpu/vector/Winograd.java}
 * @param tests classes of tests that should notice, from {@code org.aparanet} on; what begins with
 *     a dash is an option of Java
 * @param fragment what stands in the source, exactly once
 * @param replacement what shall stand there
 * @param equivalent why no test can notice, where none can
 */
record SourceMutation(
    String name,
    String file,
    List<String> tests,
    String fragment,
    String replacement,
    Optional<String> equivalent) {

  /** The source with the fault. */
  String apply(String source) {
    int at = source.indexOf(fragment);
    if (at < 0) {
      throw new MutationException(
          label() + ": the fragment is not there, as the code has moved on: " + fragment);
    }
    if (source.indexOf(fragment, at + 1) >= 0) {
      throw new MutationException(label() + ": the fragment stands there twice: " + fragment);
    }
    if (fragment.equals(replacement)) {
      throw new MutationException(label() + ": the replacement changes nothing");
    }
    return source.substring(0, at) + replacement + source.substring(at + fragment.length());
  }

  /** The file and the name. */
  String label() {
    return file + ": " + name;
  }
}
