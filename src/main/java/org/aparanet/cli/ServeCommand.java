package org.aparanet.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.aparanet.Predictor;
import org.aparanet.cli.option.CommandException;
import org.aparanet.cli.option.DataOption;
import org.aparanet.cli.option.DeviceOptions;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.cli.option.PortRefusal;
import org.aparanet.data.ImageSet;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.Printable;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.serve.BoundPort;
import org.aparanet.serve.ModelServer;
import org.aparanet.serve.ServedModel;
import org.aparanet.train.MismatchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves a model over HTTP. */
@Command(
    name = "serve",
    description =
        "Serve a model over HTTP: predictions for programs, and a page to draw on that shows what"
            + " each layer makes of it. Ctrl-C ends it.")
final class ServeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Model file.")
  private Path file;

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = OptionConverters.Port.class,
      defaultValue = "8028",
      description = "Port to listen on, or 0 for one that is free (default: 8028).")
  private Integer port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address of this machine to listen on (default: 127.0.0.1, which no other machine"
              + " reaches).")
  private String host;

  @Mixin private DataOption data;
  @Mixin private DeviceOptions device;

  @Override
  public void run() {
    PrintWriter err = spec.commandLine().getErr();
    Model model = ModelFile.load(file);
    InetAddress address = address();
    try (BoundPort bound = bind()) {
      serve(model, address, bound, err);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Model model, InetAddress address, BoundPort bound, PrintWriter err)
      throws InterruptedException {
    Optional<ImageSet> images = images(model, err);
    try (Predictor predictor = device.predictor(model, err);
        ModelServer server = bound.serve(new ServedModel(name(), predictor, images))) {
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close, "serve-shutdown"));
      if (!address.isLoopbackAddress()) {
        err.println(
            "everyone who reaches " + host + " can use this server; it asks for no password");
      }
      err.println("serving " + name() + " on " + predictor.device() + "; Ctrl-C ends it");
      err.flush();
      PrintWriter out = spec.commandLine().getOut();
      out.println(server.address());
      out.flush();
      if (out.checkError()) {
        return; // who should read the address is gone
      }
      ended.await();
    }
  }

  private String name() {
    return Printable.of(file.getFileName().toString());
  }

  private InetAddress address() {
    try {
      if (!host.isBlank()) { // to Java, the empty name is this machine
        return InetAddress.getByName(host);
      }
    } catch (UnknownHostException e) {
      // refused below
    }
    throw new CommandException(
        "option --host: there is no host "
            + Printable.of(host)
            + "; it takes an address of this machine, such as 127.0.0.1");
  }

  /** The test images; where no data set was asked for, only if they suit the model. */
  private Optional<ImageSet> images(Model model, PrintWriter err) {
    try {
      return Optional.of(data.openTest(Home.data(), model, err));
    } catch (MismatchException | DataException e) {
      if (spec.commandLine().getParseResult().hasMatchedOption("--data")) {
        throw e;
      }
      err.println("no test images to look at: " + e.getMessage());
      return Optional.empty();
    }
  }

  private BoundPort bind() {
    try {
      return BoundPort.open(host, port);
    } catch (IOException e) {
      throw PortRefusal.of(
          "--port", "options --host and --port", port + " of " + Printable.of(host), e);
    }
  }
}
