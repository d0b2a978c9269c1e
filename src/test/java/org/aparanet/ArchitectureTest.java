package org.aparanet;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls between the packages. */
class ArchitectureTest {
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
  void atMostOneClassUsesTheVectorModuleAndItIsOfTheJavaEngine() {
    Set<String> users =
        classes.stream()
            .filter(ArchitectureTest::usesVectors)
            .map(JavaClass::getName)
            .map(name -> name.replaceFirst("\\$.*", "")) // a class and those within it are one
            .collect(Collectors.toSet());

    assertTrue(users.size() <= 1, users.toString());
    assertEquals(
        users,
        users.stream()
            .filter(name -> name.startsWith("org.aparanet.engine.cpu."))
            .collect(Collectors.toSet()));
  }

  private static boolean usesVectors(JavaClass candidate) {
    return candidate.getDirectDependenciesFromSelf().stream()
        .anyMatch(d -> d.getTargetClass().getPackageName().startsWith("jdk.incubator.vector"));
  }
}
