package org.aparanet.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.aparanet.engine.Device;
import org.aparanet.model.Model;
import org.aparanet.report.watch.Watch;
import org.aparanet.serve.WatchServer;
import org.aparanet.train.TrainingControl;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.run.PreparedTraining;

/** The page of a training from its first step to its end; nothing where none is wanted. */
final class Watching implements AutoCloseable {
  private final Optional<WatchServer> server;
  private final PrintWriter err;
  private Optional<Watch> watch = Optional.empty();

  /**
   * @param server of the page, if one is wanted; closed with this
   */
  Watching(Optional<WatchServer> server, PrintWriter err) {
    this.server = server;
    this.err = err;
  }

  /** Shows a training that is about to begin, and says where. */
  void begin(PreparedTraining prepared, List<Device> devices) {
    if (server.isEmpty()) {
      return;
    }
    Watch training =
        new Watch(prepared.start(), prepared.data(), prepared.plan(), prepared.summary().line());
    watch = Optional.of(training);
    training.begin(devices, prepared.position().step());
    server.get().show(training);
    err.println("watch the training at " + server.get().address());
    err.flush();
  }

  TrainingControl control() {
    return watch.map(Watch::control).orElseGet(() -> TrainingControl.stoppedWhen(() -> false));
  }

  Optional<TrainingListener> listener() {
    return watch.map(training -> training);
  }

  void ended(String line, TrainingResult result, Model trained) {
    OptionalInt epoch =
        result.best().map(best -> OptionalInt.of(best.epoch())).orElse(OptionalInt.empty());
    watch.ifPresent(training -> training.ended(line, trained, epoch));
  }

  void failed(String why) {
    watch.ifPresent(training -> training.failed(why));
  }

  /** Lets the page stay until its reader ends it, or the process is ended. */
  void awaitEnd() {
    if (watch.isEmpty()) {
      return;
    }
    err.println(
        "the page stays at "
            + server.orElseThrow().address()
            + "; its button End, or Ctrl-C, ends this program");
    err.flush();
    try {
      watch.get().awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watch.ifPresent(Watch::close);
    server.ifPresent(WatchServer::close);
  }
}
