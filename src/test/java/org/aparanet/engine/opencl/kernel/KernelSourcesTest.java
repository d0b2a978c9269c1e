package org.aparanet.engine.opencl.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.Kernel;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.model.Entrypoint;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The OpenCL C that stands in the folder {@code kernels} is the one that the kernels become. */
class KernelSourcesTest {
  private static final String UPDATE = "aparanet.kernels.update";
  private static final Path FOLDER = Path.of("kernels");

  static List<String> names() {
    return KernelSources.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void fileShowsWhatTheKernelBecomes(String name) throws IOException {
    Path file = FOLDER.resolve(name + ".cl");
    String source = KernelSources.source(name);
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(file, source);
    }
    assertEquals(
        Files.exists(file) ? Files.readString(file) : "",
        source,
        file
            + " is not what "
            + name
            + " becomes; if the change is wanted, run"
            + " mvn test -Dtest=KernelSourcesTest -D"
            + UPDATE
            + "=true and look at the difference");
  }

  @Test
  void folderHoldsNothingElse() throws IOException {
    Set<String> expected = new TreeSet<>();
    names().forEach(name -> expected.add(name + ".cl"));
    expected.add("README.md");
    Set<String> present = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER)) {
      files.forEach(file -> present.add(file.getFileName().toString()));
    }
    assertEquals(expected, present);
  }

  /** A kernel that is in no list would have no file, and no reader. */
  @Test
  void everyKernelIsListed() {
    Set<String> kernels = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(KernelSources.class.getPackageName())) {
      if (type.isAssignableTo(Kernel.class)
          && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
        kernels.add(type.getSimpleName());
      }
    }
    assertEquals(kernels, new TreeSet<>(names()));
  }

  /**
   * Aparapi takes two static methods of one name and signature for the same method, even if they
   * are of different classes, and calls the first one for both.
   */
  @Test
  void deviceFunctionsHaveNamesOfTheirOwn() throws ClassNotFoundException {
    Map<String, String> owners = new HashMap<>();
    for (String kernel : names()) {
      Class<?> type = Class.forName(KernelSources.class.getPackageName() + "." + kernel);
      for (Method method : type.getDeclaredMethods()) {
        if (Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()) {
          String other = owners.put(method.getName(), kernel);
          assertTrue(
              other == null || other.equals(kernel),
              () -> method.getName() + " stands in " + other + " and in " + kernel);
        }
      }
    }
    assertTrue(owners.keySet().containsAll(List.of("storePooledOutput", "partialTarget")));
  }

  /**
   * Aparapi allocates an array as read-only if the kernel's methods read it and none assigns to it;
   * what functions do to an array that they get as an argument it does not see.
   */
  @Test
  void whatTrainingWritesIsNotReadOnly() throws Exception {
    TrainingKernel kernel = new TrainingKernel();
    Entrypoint entrypoint =
        ClassModel.createClassModel(TrainingKernel.class).getEntrypoint("run", kernel);
    for (String written :
        List.of(
            "activations",
            "dActivations",
            "parameters",
            "dParameters",
            "partials",
            "firstMoments",
            "secondMoments",
            "squares",
            "logits",
            "dLogits",
            "losses",
            "status")) {
      assertTrue(
          entrypoint.getArrayFieldAssignments().contains(written)
              || !entrypoint.getArrayFieldAccesses().contains(written),
          () -> written + " is written, but Aparapi takes it for read-only");
    }
    assertTrue(entrypoint.getArrayFieldAccesses().contains("passes"), "what is read is seen");
  }

  @ParameterizedTest
  @MethodSource("names")
  void noKernelUsesDoublePrecision(String name) {
    assertFalse(KernelSources.source(name).contains("double"), "many devices have no float64");
  }

  @Test
  void unknownNameSaysWhichThereAre() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> KernelSources.source("Softmax"));
    assertTrue(
        refused.getMessage().startsWith("\"Softmax\" is no kernel; there are GatherImages,"));
  }
}
