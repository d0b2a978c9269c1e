package org.aparanet;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls between the packages. */
class ArchitectureTest {
  /** They alone need the module {@code jdk.incubator.vector}. */
  private static final List<String> VECTOR_CLASSES =
      List.of(
          "VectorBatchProducts",
          "VectorChannelOperations",
          "VectorCorrelation",
          "VectorDense",
          "VectorFilterGradients",
          "VectorInferenceOperations",
          "VectorLaneOperations",
          "VectorParameterArithmetic",
          "VectorPatchGradient",
          "VectorPlaneOperations",
          "VectorPooledCorrelation",
          "VectorStepProducts",
          "VectorTransposition",
          "VectorWinograd");

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.aparanet");
    assertTrue(classes.size() > 30, "too few classes to be the whole program: " + classes.size());
  }

  @Test
  void enginesKnowNothingOfTrainingOrTheCommandLine() {
    noClasses()
        .that(resideInAPackage("org.aparanet.engine.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.aparanet.train.."))
        .orShould()
        .dependOnClassesThat(resideInAPackage("org.aparanet.cli.."))
        .check(classes);
  }

  /** It measures; what it found is shown elsewhere. */
  @Test
  void onlyTheCommandLineAndReportsUseTheBench() {
    noClasses()
        .that(resideInAPackage("org.aparanet.."))
        .and()
        .resideOutsideOfPackages(
            "org.aparanet.bench..", "org.aparanet.cli..", "org.aparanet.report.bench..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.aparanet.bench.."))
        .check(classes);
  }

  /** It times engines by their contract alone, or it would favour those that it knows. */
  @Test
  void theBenchKnowsNoEngineOfItsOwn() {
    noClasses()
        .that(resideInAPackage("org.aparanet.bench.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.aparanet.engine.opencl.."))
        .orShould()
        .dependOnClassesThat(resideInAPackage("org.aparanet.engine.cpu.."))
        .check(classes);
  }

  @Test
  void onlyTheCommandLineUsesTheServer() {
    noClasses()
        .that(resideInAPackage("org.aparanet.."))
        .and()
        .resideOutsideOfPackages("org.aparanet.cli..", "org.aparanet.serve..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.aparanet.serve..", "com.sun.net.httpserver.."))
        .check(classes);
  }

  /** It asks a predictor and the reference, and knows neither engines nor training. */
  @Test
  void theServerKnowsNeitherEnginesNorTraining() {
    noClasses()
        .that(resideInAPackage("org.aparanet.serve.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.aparanet.bench..",
                "org.aparanet.engine.cpu..",
                "org.aparanet.engine.opencl..",
                "org.aparanet.train.."))
        .check(classes);
  }

  @Test
  void onlyWhatWritesPagesDrawsCharts() {
    noClasses()
        .that(resideInAPackage("org.aparanet.."))
        .and()
        .resideOutsideOfPackages("org.aparanet.report..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.knowm.."))
        .check(classes);
  }

  /** Programs that use the library do not get what only the command line needs: it is optional. */
  @Test
  void onlyTheCommandLineReportsAndTheFetchingOfDataUseOptionalLibraries() {
    noClasses()
        .that(resideInAPackage("org.aparanet.."))
        .and()
        .resideOutsideOfPackages("org.aparanet.cli..", "org.aparanet.report..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "picocli..",
                "org.slf4j.simple..",
                "org.slf4j.bridge..",
                "org.knowm..",
                "de.erichseifert.."))
        .check(classes);
    noClasses()
        .that(resideInAPackage("org.aparanet.."))
        .and()
        .resideOutsideOfPackage("org.aparanet.data.fetch..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.apache.commons.."))
        .check(classes);
  }

  /** What they use would be optional, too. */
  @Test
  void theLibraryUsesNeitherReportsNorTheFetchingOfData() {
    noClasses()
        .that(resideInAPackage("org.aparanet.."))
        .and()
        .resideOutsideOfPackages(
            "org.aparanet.cli..",
            "org.aparanet.report..",
            "org.aparanet.serve..",
            "org.aparanet.data.fetch..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.aparanet.report..", "org.aparanet.serve..", "org.aparanet.data.fetch.."))
        .check(classes);
  }

  /** A page does not know what it shows. */
  @Test
  void thePartsOfPagesKnowNothingElseOfOursButFiles() {
    noClasses()
        .that(resideInAPackage("org.aparanet.report.page.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.aparanet..")
                .and(not(resideInAPackage("org.aparanet.report.page..")))
                .and(not(resideInAPackage("org.aparanet.file.."))))
        .check(classes);
  }

  /** Everything may write files. */
  @Test
  void filesKnowNothingElseOfOurs() {
    noClasses()
        .that(resideInAPackage("org.aparanet.file.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.aparanet..").and(not(resideInAPackage("org.aparanet.file.."))))
        .check(classes);
  }

  /** What they have in common stands in the package for files. */
  @Test
  void modelsKnowNothingElseOfOursButFiles() {
    noClasses()
        .that(resideInAPackage("org.aparanet.model.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.aparanet..")
                .and(not(resideInAPackage("org.aparanet.model..")))
                .and(not(resideInAPackage("org.aparanet.file.."))))
        .check(classes);
  }

  @Test
  void trainingKnowsNothingOfReports() {
    noClasses()
        .that(resideInAPackage("org.aparanet.train.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.aparanet.report.."))
        .check(classes);
  }

  @Test
  void modelAndDataKnowNothingOfEnginesOrWhatUsesThem() {
    noClasses()
        .that(resideInAPackage("org.aparanet.model.."))
        .or(resideInAPackage("org.aparanet.data.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.aparanet.engine.."))
        .orShould()
        .dependOnClassesThat(resideInAPackage("org.aparanet.train.."))
        .orShould()
        .dependOnClassesThat(resideInAPackage("org.aparanet.cli.."))
        .check(classes);
  }

  /** A contract that knows an implementation is none. */
  @Test
  void theContractOfEnginesKnowsNoImplementation() {
    noClasses()
        .that(resideInAPackage("org.aparanet.engine"))
        .should()
        .dependOnClassesThat(resideInAPackage("org.aparanet.engine.*.."))
        .check(classes);
  }

  @Test
  void thereIsNoCircleBetweenPackages() {
    slices().matching("org.aparanet.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void nothingUsesTheCommandLine() {
    noClasses()
        .that(resideInAPackage("org.aparanet.."))
        .and()
        .resideOutsideOfPackage("org.aparanet.cli..")
        .should()
        .dependOnClassesThat(resideInAPackage("org.aparanet.cli.."))
        .check(classes);
  }

  @Test
  void onlyTheOpenClEngineUsesAparapi() {
    noClasses()
        .that(resideInAPackage("org.aparanet.."))
        .and()
        .resideOutsideOfPackage("org.aparanet.engine.opencl..")
        .should()
        .dependOnClassesThat(resideInAPackage("com.aparapi.."))
        .check(classes);
  }

  @Test
  void onlyTheJavaEnginesVectorClassesUseTheVectorModule() {
    List<String> users =
        classes.stream()
            .filter(ArchitectureTest::usesVectors)
            .map(c -> c.getName().replace("org.aparanet.engine.cpu.vector.", ""))
            .sorted()
            .toList();

    assertEquals(VECTOR_CLASSES, users);
  }

  /** They are loaded by name, so that everything works without the module. */
  @Test
  void nothingDependsOnTheVectorClassesButEachOther() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("Vector")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.aparanet.engine.cpu.vector")
                .and(simpleNameStartingWith("Vector")))
        .check(classes);
  }

  /** Public types in these packages are for the Java engine alone. */
  @Test
  void nothingUsesTheInsideOfTheJavaEngine() {
    noClasses()
        .that(resideInAPackage("org.aparanet.."))
        .and()
        .resideOutsideOfPackage("org.aparanet.engine.cpu..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.aparanet.engine.cpu..")
                .and(not(resideInAPackage("org.aparanet.engine.cpu"))))
        .check(classes);
  }

  /** From the session down to the arithmetic. */
  @Test
  void theInsideOfTheJavaEngineDoesNotKnowTheSession() {
    noClasses()
        .that(resideInAPackage("org.aparanet.engine.cpu.*.."))
        .should()
        .dependOnClassesThat(resideInAPackage("org.aparanet.engine.cpu"))
        .check(classes);
    slices().matching("org.aparanet.engine.cpu.(*)..").should().beFreeOfCycles().check(classes);
  }

  /** Packages whose public types are for programs that use aparanet. */
  private static final Set<String> API =
      Set.of(
          "org.aparanet",
          "org.aparanet.data",
          "org.aparanet.data.augment",
          "org.aparanet.data.fetch",
          "org.aparanet.data.store",
          "org.aparanet.engine",
          "org.aparanet.engine.check",
          "org.aparanet.engine.select",
          "org.aparanet.inspect",
          "org.aparanet.model",
          "org.aparanet.train",
          "org.aparanet.train.checkpoint",
          "org.aparanet.train.evaluate",
          "org.aparanet.train.history");

  /**
   * Public for what the byte code does not show: the program's start, constants that the compiler
   * copies into their users, tests of other packages, and training on a cluster in src/spark.
   */
  private static final List<String> PUBLIC_FOR_OTHERS =
      List.of(
          "org.aparanet.bench.CaseRunner",
          "org.aparanet.cli.Main",
          "org.aparanet.cli.show.ProgressLines",
          "org.aparanet.engine.opencl.HostMemory",
          "org.aparanet.engine.opencl.OpenClEngine",
          "org.aparanet.engine.opencl.kernel.MatrixProduct",
          "org.aparanet.engine.opencl.kernel.Opcode",
          "org.aparanet.engine.opencl.kernel.Operand",
          "org.aparanet.engine.opencl.kernel.Pass",
          "org.aparanet.engine.opencl.plan.ProductShape",
          "org.aparanet.train.rounds.AveragedDevices",
          "org.aparanet.train.rounds.Round",
          "org.aparanet.train.rounds.RoundResult",
          "org.aparanet.train.rounds.ShareSession",
          "org.aparanet.train.rounds.StateSum",
          "org.aparanet.train.run.Division",
          "org.aparanet.train.run.RunImages");

  @Test
  void whatIsPublicOutsideTheApiIsUsedInAnotherPackage() {
    List<String> unused =
        classes.stream()
            .filter(c -> c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(c -> !API.contains(c.getPackageName()))
            .filter(c -> !c.getSimpleName().equals("package-info"))
            .filter(
                c ->
                    c.getDirectDependenciesToSelf().stream()
                        .allMatch(
                            d -> d.getOriginClass().getPackageName().equals(c.getPackageName())))
            .map(JavaClass::getName)
            .sorted()
            .toList();

    assertEquals(PUBLIC_FOR_OTHERS, unused);
  }

  private static boolean usesVectors(JavaClass candidate) {
    return candidate.getDirectDependenciesFromSelf().stream()
        .anyMatch(d -> d.getTargetClass().getPackageName().startsWith("jdk.incubator.vector"));
  }

  @Test
  void everyPackageSaysWhatItIsAndWhereItsTermsAreExplained() throws IOException {
    Set<Path> folders = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      files.filter(f -> f.toString().endsWith(".java")).forEach(f -> folders.add(f.getParent()));
    }
    assertTrue(folders.size() > 30, folders::toString);
    for (Path folder : folders) {
      String text = Files.readString(folder.resolve("package-info.java"));
      assertTrue(text.contains("The glossary in docs/architecture.md"), folder::toString);
    }
    assertTrue(Files.readString(Path.of("docs", "architecture.md")).contains("\n## Glossary\n"));
  }
}
