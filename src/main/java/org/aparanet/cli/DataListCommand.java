package org.aparanet.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aparanet.data.DataSets;
import org.aparanet.data.fetch.Catalogue;
import org.aparanet.data.fetch.CatalogueEntry;
import org.aparanet.data.fetch.RemoteFile;
import org.aparanet.data.format.Printable;
import org.aparanet.data.store.PixelFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the catalogue. */
@Command(
    name = "list",
    description =
        "List the data sets that --data takes by name, where they come from, and what is kept of"
            + " large ones.")
final class DataListCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    for (CatalogueEntry entry : Catalogue.entries()) {
      out.printf(Locale.ROOT, "%-15s %s%n", entry.name(), entry.title());
      line(out, "here", here(entry));
      line(out, "licence", entry.licence());
      line(out, "source", entry.source());
      if (!entry.files().isEmpty()) {
        line(out, "download", download(entry));
      }
      for (URI address : entry.addresses()) {
        line(out, "from", address.toString());
      }
    }
    PixelFolder pixels = PixelFolder.beside(Home.data());
    List<PixelFolder.Entry> entries = pixels.entries();
    if (!entries.isEmpty()) {
      out.printf(
          "pixels of sets larger than memory, in %s (\"aparanet data clear\" removes them)%n",
          Printable.of(pixels.path().toString()));
      entries.forEach(entry -> out.println("  " + line(entry)));
    }
  }

  /** A file of pixels in words. */
  static String line(PixelFolder.Entry entry) {
    String name = entry.path().getFileName() + ": " + Printable.of(entry.source());
    return entry.images() == 0
        ? name + ", " + PixelFolder.amount(entry.bytes())
        : String.format(
            Locale.ROOT,
            "%s, %,d images, %s",
            name,
            entry.images(),
            PixelFolder.amount(entry.bytes()));
  }

  private static String here(CatalogueEntry entry) {
    Optional<Path> folder = DataSets.find(entry.name(), Home.data());
    return folder
        .map(Path::toString)
        .orElse(
            entry.files().isEmpty()
                ? "no, although it comes with aparanet"
                : "no; \"aparanet data fetch " + entry.name() + "\" brings it");
  }

  private static String download(CatalogueEntry entry) {
    List<String> digests =
        entry.files().stream()
            .map(RemoteFile::digest)
            .map(digest -> digest.algorithm().toString())
            .distinct()
            .toList();
    return String.format(
        Locale.ROOT,
        "%.1f MB in %d file%s, checked by %s",
        entry.bytes() / 1e6,
        entry.files().size(),
        entry.files().size() == 1 ? "" : "s",
        String.join(" and ", digests));
  }

  private static void line(PrintWriter out, String what, String text) {
    out.printf(Locale.ROOT, "  %-9s %s%n", what, text);
  }
}
