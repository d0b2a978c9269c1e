package org.aparanet.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.cli.option.Candidates;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.cli.show.DownloadDisplay;
import org.aparanet.data.fetch.CatalogueEntry;
import org.aparanet.data.fetch.Fetch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Downloads a data set. */
@Command(
    name = "fetch",
    description = "Download a data set to where --data NAME finds it; a second try goes on.",
    sortOptions = false)
final class DataFetchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = Candidates.Sets.class,
      converter = OptionConverters.Fetched.class,
      description = "Data set, as \"aparanet data list\" names it.")
  private CatalogueEntry entry;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      converter = OptionConverters.Mirror.class,
      description =
          "Look for the files at this address instead of the published ones; may be given several"
              + " times, to be tried in order.")
  private List<URI> mirrors = List.of();

  @Override
  public void run() {
    DownloadDisplay display = DownloadDisplay.open(spec.commandLine().getErr());
    Path folder = new Fetch(mirrors, display).run(entry, Home.data());
    spec.commandLine().getOut().println(entry.name() + " is in " + folder);
  }
}
