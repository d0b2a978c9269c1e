package org.aparanet.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The process that runs tests until the first one fails. It writes {@code failed TEST}, or {@code
 * passed N}, into the file that its first argument names; the others are classes of tests, or with
 * {@code #METHOD} behind it a method of one.
 */
final class MutantTests {
  static final String FAILED = "failed ";
  static final String PASSED = "passed ";

  private MutantTests() {}

  public static void main(String[] arguments) throws IOException {
    Path verdict = Path.of(arguments[0]);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                Arrays.stream(arguments)
                    .skip(1)
                    .map(test -> selectClass(test.replaceAll("#.*", "")))
                    .distinct()
                    .toList())
            .filters((PostDiscoveryFilter) test -> filter(test, Set.of(arguments)))
            .build();
    FirstFailure listener = new FirstFailure(verdict);
    LauncherFactory.create().execute(request, listener);
    end(verdict, PASSED + listener.passed.get());
  }

  private static FilterResult filter(TestDescriptor test, Set<String> wanted) {
    if (test.getSource().orElse(null) instanceof MethodSource method) {
      String all = method.getClassName();
      String one = all + "#" + method.getMethodName();
      return FilterResult.includedIf(wanted.contains(all) || wanted.contains(one));
    }
    return FilterResult.included("no method");
  }

  private static void end(Path verdict, String text) {
    try {
      Files.writeString(verdict, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().halt(0); // threads that a mutant left running do not count
  }

  private static final class FirstFailure implements TestExecutionListener {
    private final Path verdict;
    private final AtomicInteger passed = new AtomicInteger();

    FirstFailure(Path verdict) {
      this.verdict = verdict;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == Status.FAILED) {
        end(verdict, FAILED + name(test));
      } else if (test.isTest() && result.getStatus() == Status.SUCCESSFUL) {
        passed.incrementAndGet();
      }
    }

    private static String name(TestIdentifier test) {
      return test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(MethodSource.class::cast)
          .map(s -> s.getClassName().replaceAll(".*[.]", "") + "." + s.getMethodName())
          .orElse(test.getDisplayName());
    }
  }
}
