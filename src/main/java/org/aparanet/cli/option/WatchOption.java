package org.aparanet.cli.option;

import java.io.IOException;
import java.util.Optional;
import org.aparanet.serve.WatchServer;
import picocli.CommandLine.Option;

/** The option {@code --watch}: a page that shows a training while it goes on. */
public final class WatchOption {
  private static final String DEFAULT_PORT = "8029";

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = DEFAULT_PORT,
      paramLabel = "PORT",
      converter = OptionConverters.Port.class,
      description =
          "Show the training on a page of this machine while it goes on, and let the page pause and"
              + " stop it; 0 takes a port that is free (without PORT: "
              + DEFAULT_PORT
              + ").")
  private Integer port;

  /**
   * Takes the port, if a page is wanted.
   *
   * @throws CommandException if it cannot be had
   */
  public Optional<WatchServer> open() {
    if (port == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(WatchServer.open(port));
    } catch (IOException e) {
      throw PortRefusal.of("--watch", "option --watch", "" + port, e);
    }
  }
}
