package org.aparanet.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark for tests: threads of this process, or real executors in processes of their own. */
final class Clusters {
  /** Two executors of a core and 1,536 MiB. */
  static final String TWO_EXECUTORS = "local-cluster[2,1,1536]";

  private Clusters() {}

  /** Threads of this process. */
  static JavaSparkContext threads(int count) {
    return new JavaSparkContext(configuration("local[" + count + "]"));
  }

  /** Executors with small heaps. */
  static SparkConf twoExecutors() {
    prepareHome();
    // in quotes, as a path may have spaces
    return configuration(TWO_EXECUTORS)
        .set("spark.executor.memory", "480m")
        .set("spark.executor.extraJavaOptions", "\"-Dlog4j2.configurationFile=" + logging() + "\"")
        .set("spark.executor.extraClassPath", classPath(entry -> !isSpark(entry)));
  }

  private static SparkConf configuration(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("aparanet test")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }

  private static String logging() {
    return Path.of("src", "spark", "resources", "log4j2-test.properties")
        .toAbsolutePath()
        .toString();
  }

  private static boolean isSpark(String entry) {
    return entry.endsWith(".jar");
  }

  private static String classPath(Predicate<String> chosen) {
    return entries().filter(chosen).collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<String> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  /** The folder of Spark, as which its scripts would have one: links to the resolved libraries. */
  private static void prepareHome() {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    try {
      Path jars = Files.createDirectories(home.resolve("jars"));
      Files.writeString(home.resolve("RELEASE"), "Spark from Maven Central\n");
      for (String entry : entries().filter(Clusters::isSpark).toList()) {
        Path jar = Path.of(entry);
        Path link = jars.resolve(jar.getFileName());
        if (!Files.exists(link)) {
          Files.createSymbolicLink(link, jar);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Processes of executors that this one has started, also through others. */
  static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .map(line -> line.contains("CoarseGrainedExecutorBackend"))
                    .orElse(false))
        .toList();
  }
}
