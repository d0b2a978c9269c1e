package org.aparanet.data.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.aparanet.data.format.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchiveTest {
  private static final List<Archive.Member> WANTED =
      List.of(
          new Archive.Member("inside/a.bin", "a.bin", 10),
          new Archive.Member("inside/b.bin", "b.bin", 10));

  @TempDir Path folder;

  /** Writes an archive of pairs of path and content. */
  private Path write(Archive.Format format, String... pathsAndContents) throws IOException {
    Path file = folder.resolve("archive");
    try (OutputStream out = Files.newOutputStream(file)) {
      if (format == Archive.Format.ZIP) {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
          for (int i = 0; i < pathsAndContents.length; i += 2) {
            zip.putNextEntry(new ZipEntry(pathsAndContents[i]));
            zip.write(pathsAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
          }
        }
      } else {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
          for (int i = 0; i < pathsAndContents.length; i += 2) {
            byte[] content = pathsAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(pathsAndContents[i], true);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
          }
        }
      }
    }
    return file;
  }

  private List<String> filesThere() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatIsWantedIsUnpacked(Archive.Format format) throws IOException {
    Path archive =
        write(
            format,
            "../evil.bin",
            "evil",
            "/tmp/evil.bin",
            "evil",
            "inside/../../a.bin",
            "evil",
            "inside/a.bin",
            "first",
            "other/b.bin",
            "other",
            "inside/b.bin",
            "second");
    Path target = Files.createDirectory(folder.resolve("target"));

    new Archive(format, WANTED).unpack(archive, target);

    assertEquals(List.of("archive", "target/a.bin", "target/b.bin"), filesThere());
    assertEquals("first", Files.readString(target.resolve("a.bin")));
    assertEquals("second", Files.readString(target.resolve("b.bin")));
  }

  @ParameterizedTest
  @EnumSource
  void aMissingMemberIsNamedAndNothingIsLeft(Archive.Format format) throws IOException {
    Path archive = write(format, "inside/a.bin", "first");

    assertEquals(
        archive + " has no file inside/b.bin",
        assertThrows(DataException.class, () -> new Archive(format, WANTED).unpack(archive, folder))
            .getMessage());
    assertEquals(List.of("archive"), filesThere());
  }

  @ParameterizedTest
  @EnumSource
  void aMemberThatIsTooLongIsRefused(Archive.Format format) throws IOException {
    Path archive = write(format, "inside/a.bin", "first", "inside/b.bin", "eleven bytes");

    assertEquals(
        archive + ": inside/b.bin unpacks to more than the 10 bytes expected",
        assertThrows(DataException.class, () -> new Archive(format, WANTED).unpack(archive, folder))
            .getMessage());
    assertEquals(List.of("archive"), filesThere());
  }

  @Test
  void linksInPlaceOfFilesAreNoMembers() throws IOException {
    Path archive = folder.resolve("archive");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      TarArchiveEntry link = new TarArchiveEntry("inside/a.bin", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    DataException refusal =
        assertThrows(
            DataException.class,
            () -> new Archive(Archive.Format.TAR_GZ, WANTED).unpack(archive, folder));
    assertTrue(refusal.getMessage().contains("inside/a.bin"), refusal.getMessage());
    assertEquals(List.of("archive"), filesThere());
  }
}
