package org.aparanet.data.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.aparanet.data.format.DataException;
import org.aparanet.file.IoReason;
import org.aparanet.file.Leftovers;

/**
 * Members to unpack from an archive. Only members of exactly these paths are unpacked, into files
 * whose names are ours; so no path in an archive, whatever it says, leads anywhere.
 *
 * @param format how the archive is made
 * @param members what to unpack
 */
public record Archive(Format format, List<Member> members) {

  /** Kinds of archives. */
  public enum Format {
    /** A tar archive, compressed with gzip. */
    TAR_GZ,
    /** A zip archive. */
    ZIP
  }

  /**
   * A file in an archive.
   *
   * @param path where it is in the archive
   * @param name what it is called here
   * @param mostBytes how long it may be at most
   */
  public record Member(String path, String name, long mostBytes) {}

  /** No more than this is unpacked to find the members, in bytes; the largest set takes 0.2 GB. */
  private static final long MOST_BYTES = 1L << 31;

  /**
   * Checks the values.
   *
   * @param format how the archive is made
   * @param members what to unpack
   * @throws IllegalArgumentException if there are no members
   */
  public Archive {
    members = List.copyOf(members);
    if (members.isEmpty()) {
      throw new IllegalArgumentException("an archive of which nothing is wanted");
    }
  }

  /**
   * Unpacks the members. They get their names when all are there.
   *
   * @param archive the archive's file
   * @param folder where to
   * @throws DataException if the archive is broken, lacks a member or has a too long one, or a file
   *     cannot be written
   */
  void unpack(Path archive, Path folder) {
    Map<String, Member> wanted =
        members.stream()
            .collect(
                Collectors.toMap(
                    Member::path, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    members.forEach(member -> Leftovers.remember(temporary(folder, member)));
    try {
      read(archive, folder, wanted);
      if (!wanted.isEmpty()) {
        throw new DataException(
            archive + " has no file " + String.join(" and no file ", wanted.keySet()));
      }
      for (Member member : members) {
        move(temporary(folder, member), folder.resolve(member.name()));
      }
    } finally {
      for (Member member : members) {
        remove(temporary(folder, member));
      }
    }
  }

  private void read(Path archive, Path folder, Map<String, Member> wanted) {
    try {
      if (format == Format.ZIP) {
        unpackZip(archive, folder, wanted);
      } else {
        unpackTar(archive, folder, wanted);
      }
    } catch (IOException e) {
      throw new DataException(archive + " cannot be unpacked (" + IoReason.of(e) + ")", e);
    }
  }

  private static void move(Path temporary, Path file) {
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw PartialFile.failure(file, e);
    }
  }

  private static void remove(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // it is overwritten next time
    }
    Leftovers.forget(temporary);
  }

  private static void unpackZip(Path archive, Path folder, Map<String, Member> wanted)
      throws IOException {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      for (Member member : List.copyOf(wanted.values())) {
        ZipEntry entry = zip.getEntry(member.path());
        if (entry != null && !entry.isDirectory()) {
          try (InputStream in = zip.getInputStream(entry)) {
            copy(archive, in, member, folder);
          }
          wanted.remove(member.path());
        }
      }
    }
  }

  private static void unpackTar(Path archive, Path folder, Map<String, Member> wanted)
      throws IOException {
    try (InputStream file = Files.newInputStream(archive);
        InputStream plain = new GZIPInputStream(file, 1 << 16);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new BoundedStream(plain, MOST_BYTES, archive.toString()))) {
      for (TarArchiveEntry entry = tar.getNextEntry();
          entry != null && !wanted.isEmpty();
          entry = tar.getNextEntry()) {
        Optional<Member> member = Optional.ofNullable(wanted.get(entry.getName()));
        if (member.isPresent() && entry.isFile() && !entry.isLink() && !entry.isSymbolicLink()) {
          copy(archive, tar, member.get(), folder);
          wanted.remove(entry.getName());
        }
      }
    }
  }

  private static void copy(Path archive, InputStream in, Member member, Path folder)
      throws IOException {
    InputStream bounded = new BoundedStream(in, member.mostBytes(), archive + ": " + member.path());
    Path temporary = temporary(folder, member);
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = open(temporary)) {
      for (int count = bounded.read(buffer); count >= 0; count = bounded.read(buffer)) {
        write(out, buffer, count, temporary);
      }
    }
  }

  private static OutputStream open(Path temporary) {
    try {
      return Files.newOutputStream(temporary);
    } catch (IOException e) {
      throw PartialFile.failure(temporary, e);
    }
  }

  private static void write(OutputStream out, byte[] buffer, int count, Path temporary) {
    try {
      out.write(buffer, 0, count);
    } catch (IOException e) {
      throw PartialFile.failure(temporary, e);
    }
  }

  private static Path temporary(Path folder, Member member) {
    return folder.resolve(member.name() + ".tmp");
  }
}
