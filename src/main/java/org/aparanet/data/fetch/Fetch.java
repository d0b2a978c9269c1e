package org.aparanet.data.fetch;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.aparanet.data.format.DataException;
import org.aparanet.file.ClaimedException;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;

/** Brings data sets of the catalogue into the folder where {@code --data NAME} finds them. */
public final class Fetch {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<URI> mirrors;
  private final FetchListener listener;
  private final Download download;
  private final FreeSpace freeSpace;

  /** How much room a folder has. */
  interface FreeSpace {
    /** In bytes. */
    long of(Path folder) throws IOException;
  }

  /**
   * A way to fetch data sets.
   *
   * @param mirrors where to look instead of the catalogue's addresses, in order; each ends in a
   *     slash; none means the catalogue's
   * @param listener is told how it goes
   */
  public Fetch(List<URI> mirrors, FetchListener listener) {
    this(mirrors, PATIENCE, listener, folder -> Files.getFileStore(folder).getUsableSpace());
  }

  /** As above, with another time to wait for a server, and another disk. */
  Fetch(List<URI> mirrors, Duration patience, FetchListener listener, FreeSpace freeSpace) {
    this.freeSpace = freeSpace;
    this.mirrors = List.copyOf(mirrors);
    this.listener = listener;
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NORMAL) // but never from https to http
            .proxy(ProxySelector.getDefault())
            .build();
    download = new Download(client, patience, listener);
  }

  /**
   * Brings what is not there yet.
   *
   * @param entry the data set
   * @param dataFolder where the data sets are; the set's own folder in it is made
   * @return the set's folder
   * @throws DataException if a file cannot be fetched, is not what it should be or cannot be
   *     written, or another process fetches the set
   */
  public Path run(CatalogueEntry entry, Path dataFolder) {
    Path folder = dataFolder.resolve(entry.name());
    if (entry.files().isEmpty()) {
      listener.note(entry.name() + " comes with aparanet and is not fetched");
      return folder;
    }
    try (Claims claims = new Claims()) {
      Target.makeFolder(folder);
      claims.folder(folder);
      if (entry.archive().isPresent()) {
        unpacked(entry, entry.archive().get(), folder);
      } else {
        for (RemoteFile file : entry.files()) {
          plain(entry, file, folder);
        }
      }
    } catch (ClaimedException e) {
      throw new DataException(
          "folder " + folder + ": " + IoReason.of(e) + "; fetch again when it has ended", e);
    } catch (IOException e) {
      throw PartialFile.failure(folder, e);
    }
    return folder;
  }

  private void plain(CatalogueEntry entry, RemoteFile file, Path folder) throws IOException {
    Path target = folder.resolve(file.name());
    if (Files.isRegularFile(target)) {
      if (isPublished(file, target)) {
        listener.note(file.name() + " is there already");
        return;
      }
      listener.note(target + " is not the published file and will be replaced");
    }
    bring(entry, file, target);
  }

  private void unpacked(CatalogueEntry entry, Archive archive, Path folder) throws IOException {
    if (entry.localNames().stream().allMatch(n -> Files.isRegularFile(folder.resolve(n)))) {
      listener.note(entry.name() + " is there already");
      return;
    }
    RemoteFile file = entry.files().get(0);
    Path packed = folder.resolve(file.name());
    if (!Files.isRegularFile(packed) || !isPublished(file, packed)) {
      bring(entry, file, packed);
    }
    listener.note("unpacking " + file.name());
    archive.unpack(packed, folder);
    Files.delete(packed);
  }

  private static boolean isPublished(RemoteFile file, Path here) {
    try {
      return file.digest().of(here).equals(file.digest());
    } catch (IOException e) {
      throw new DataException(here + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private void bring(CatalogueEntry entry, RemoteFile file, Path target) throws IOException {
    long free = freeSpace.of(target.getParent());
    long needed = file.bytes() - Math.min(file.bytes(), new PartialFile(target).size());
    if (free < needed) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s needs %.1f MB, but there are only %.1f MB free in %s",
              file.name(),
              needed / 1e6,
              free / 1e6,
              target.getParent()));
    }
    download.run(file, mirrors.isEmpty() ? entry.addresses() : mirrors, target);
  }
}
