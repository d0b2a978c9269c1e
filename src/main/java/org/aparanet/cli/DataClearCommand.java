package org.aparanet.cli;

import java.io.PrintWriter;
import org.aparanet.cli.option.CommandException;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.Printable;
import org.aparanet.data.store.PixelFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Removes the pixels of sets that are larger than memory. */
@Command(
    name = "clear",
    description =
        "Remove the files of pixels of data sets that are larger than memory; they are made again"
            + " when they are needed.")
final class DataClearCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    PixelFolder folder = PixelFolder.beside(Home.data());
    int removed = 0;
    int left = 0;
    long bytes = 0;
    for (PixelFolder.Entry entry : folder.entries()) {
      try {
        folder.remove(entry);
        out.println("removed " + DataListCommand.line(entry));
        removed++;
        bytes += entry.bytes();
      } catch (DataException e) {
        spec.commandLine().getErr().println(e.getMessage());
        left++;
      }
    }
    String where = Printable.of(folder.path().toString());
    out.println(
        removed == 0
            ? "there is nothing to remove in " + where
            : "%d file%s with %s removed from %s"
                .formatted(removed, removed == 1 ? "" : "s", PixelFolder.amount(bytes), where));
    if (left > 0) {
      throw new CommandException(
          "%d file%s could not be removed from %s".formatted(left, left == 1 ? "" : "s", where));
    }
  }
}
