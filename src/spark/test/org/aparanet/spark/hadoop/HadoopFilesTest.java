package org.aparanet.spark.hadoop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.aparanet.data.format.FileName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths of a file system that is Hadoop's own: {@code viewfs}, which shows a folder elsewhere. */
class HadoopFilesTest {
  @TempDir Path folder;

  private final Configuration configuration = new Configuration();
  private String root;

  /** Under another name for each test, as Hadoop keeps file systems. */
  @BeforeEach
  void mount() {
    String name = folder.getFileName().toString();
    root = "viewfs://" + name;
    configuration.set("fs.viewfs.mounttable." + name + ".link./set", folder.toUri().toString());
  }

  private Path path(String text) {
    return HadoopFiles.path(HadoopFiles.address(root + text), configuration);
  }

  @Test
  void tellsAddressesFromPaths() {
    assertTrue(HadoopFiles.isAddress("hdfs://host/photos"));
    assertTrue(HadoopFiles.isAddress("file:/photos"));
    assertFalse(HadoopFiles.isAddress("/photos"));
    assertFalse(HadoopFiles.isAddress("photos"));
    assertFalse(HadoopFiles.isAddress("C:/photos"));
  }

  @Test
  void filesOfThisMachineHaveJavasPaths() {
    assertEquals(
        Path.of("/a b/c%20d"),
        HadoopFiles.path(HadoopFiles.address("file:///a b/c%20d"), configuration));
    assertEquals(
        Path.of("/x/\u00f6"), HadoopFiles.path(Path.of("/x/\u00f6").toUri(), configuration));
  }

  @Test
  void pathsAreTakenApartAndPutTogether() {
    Path set = path("/set");
    Path file = set.resolve("d o\u00f6g/1.png");

    assertEquals(root + "/set/d o\u00f6g/1.png", file.toString());
    assertEquals("1.png", file.getFileName().toString());
    assertEquals("d o\u00f6g", FileName.of(file.getParent()));
    assertEquals("d o\u00f6g/1.png", set.relativize(file).toString());
    assertEquals(set, file.getParent().resolve("../.").normalize());
    assertEquals(2, set.relativize(file).getNameCount());
    assertTrue(file.startsWith(set));
    assertFalse(set.startsWith(file));
    assertEquals(URI.create(root + "/set/d%20o%C3%B6g/1.png"), file.toUri());
    assertEquals(file, HadoopFiles.path(file.toUri(), configuration));
    assertEquals(file.hashCode(), HadoopFiles.path(file.toUri(), configuration).hashCode());
  }

  @Test
  void foldersAreListedAndFilesRead() throws IOException {
    byte[] bytes = {1, 2, 3, -4};
    Files.createDirectories(folder.resolve("d o\u00f6g"));
    Files.write(folder.resolve("d o\u00f6g/1"), bytes);
    Path file = path("/set/d o\u00f6g/1");

    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> content = Files.newDirectoryStream(file.getParent())) {
      content.forEach(found::add);
    }

    assertEquals(List.of(file), found);
    assertArrayEquals(bytes, Files.readAllBytes(file));
    try (InputStream in = Files.newInputStream(file)) {
      assertArrayEquals(bytes, in.readAllBytes());
    }
    assertEquals(4, Files.size(file));
    assertTrue(Files.isRegularFile(file) && Files.isReadable(file));
    assertTrue(Files.isDirectory(file.getParent()));
    assertFalse(Files.isSymbolicLink(file));
  }

  @Test
  void whatIsMissingOrWrittenFailsAsJavasFilesDo() {
    Path missing = path("/set/nothing");

    assertThrows(NoSuchFileException.class, () -> Files.size(missing));
    assertThrows(NoSuchFileException.class, () -> Files.newInputStream(missing));
    assertFalse(Files.exists(missing));
    assertThrows(ReadOnlyFileSystemException.class, () -> Files.delete(missing));
    assertThrows(ReadOnlyFileSystemException.class, () -> Files.createDirectory(missing));
  }
}
