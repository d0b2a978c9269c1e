package org.aparanet.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.aparanet.cli.show.ClosedOutputException;
import org.aparanet.file.IoReason;
import org.aparanet.file.PendingFile;
import org.aparanet.report.prediction.PredictedImage;
import org.aparanet.report.prediction.PredictionReport;

/**
 * The standard output and the files of predict, which are written while images are read. Files get
 * their names at the end, also where nobody reads the standard output any more.
 */
final class PredictOutputs implements Closeable {
  private final List<Output> files = new ArrayList<>();
  private Optional<PredictionReport> standardOutput = Optional.empty();
  private ClosedOutputException closed;

  private record Output(Path path, PendingFile file, PredictionReport report) {}

  /** What is printed on the standard output. */
  void print(PredictionReport report) {
    standardOutput = Optional.of(report);
  }

  /**
   * Begins a file.
   *
   * @param form makes the report that writes it
   * @throws UncheckedIOException if it cannot be written
   */
  void write(Path path, Function<Writer, PredictionReport> form) {
    attempt(
        path,
        () -> {
          PendingFile file = new PendingFile(path);
          files.add(new Output(path, file, form.apply(file.writer())));
        });
  }

  /** Writes the prediction of the next image everywhere. */
  void add(PredictedImage image) {
    print(report -> report.add(image));
    for (Output output : files) {
      attempt(output.path(), () -> output.report().add(image));
    }
  }

  /**
   * Ends everything, and gives the files their names.
   *
   * @param unreadable number of images that were left out
   * @param err is told of each file
   */
  void finish(int unreadable, PrintWriter err) {
    print(report -> report.finish(unreadable));
    for (Output output : files) {
      attempt(
          output.path(),
          () -> {
            output.report().finish(unreadable);
            output.file().publish();
          });
      err.println("wrote " + output.path());
      err.flush();
    }
    if (closed != null) {
      throw closed;
    }
  }

  private interface Printing {
    void on(PredictionReport report) throws IOException;
  }

  private void print(Printing printing) {
    if (standardOutput.isEmpty() || closed != null) {
      return;
    }
    try {
      printing.on(standardOutput.get());
    } catch (ClosedOutputException e) {
      closed = e;
      if (files.isEmpty()) {
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writers of the standard output throw none
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private static void attempt(Path path, Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be written (" + IoReason.of(e) + ")", e);
    }
  }

  /** Removes files that did not get their names. */
  @Override
  public void close() {
    for (Output output : files) {
      attempt(output.path(), output.file()::close);
    }
  }
}
