package org.aparanet.data.fetch;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A data set that can be fetched, or comes with the program.
 *
 * @param name its name, as {@code --data} takes it
 * @param title what it is, in a line
 * @param licence its licence, or what is known of it
 * @param source where it is published, for people
 * @param files the files that make it up; none if it comes with the program
 * @param addresses where the files lie, the official address first; each ends in a slash
 * @param archive what to take out of its only file, if that is an archive
 */
public record CatalogueEntry(
    String name,
    String title,
    String licence,
    String source,
    List<RemoteFile> files,
    List<URI> addresses,
    Optional<Archive> archive) {

  /**
   * Checks the values.
   *
   * @param name its name, as {@code --data} takes it
   * @param title what it is, in a line
   * @param licence its licence, or what is known of it
   * @param source where it is published, for people
   * @param files the files that make it up; none if it comes with the program
   * @param addresses where the files lie, the official address first; each ends in a slash
   * @param archive what to take out of its only file, if that is an archive
   * @throws IllegalArgumentException if the parts contradict each other
   */
  public CatalogueEntry {
    files = List.copyOf(files);
    addresses = List.copyOf(addresses);
    if (files.isEmpty() != addresses.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": files without addresses, or addresses without files");
    }
    if (archive.isPresent() && files.size() != 1) {
      throw new IllegalArgumentException(name + ": an archive among " + files.size() + " files");
    }
    for (URI address : addresses) {
      if (!address.toString().endsWith("/")) {
        throw new IllegalArgumentException(name + ": the address " + address + " ends in no slash");
      }
    }
  }

  /** {@return the length of what is to be fetched} */
  public long bytes() {
    return files.stream().mapToLong(RemoteFile::bytes).sum();
  }

  /** Names of the files that lie in the data set's folder when it is there. */
  List<String> localNames() {
    return archive.isPresent()
        ? archive.get().members().stream().map(Archive.Member::name).toList()
        : files.stream().map(RemoteFile::name).toList();
  }
}
