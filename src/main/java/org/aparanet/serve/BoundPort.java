package org.aparanet.serve;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A port that belongs to this program, before anything is served there: clients that come already
 * wait. So it is known that it can be had before a device is opened, which takes longer.
 */
public final class BoundPort implements AutoCloseable {
  private final HttpServer server;
  private final String host;

  private BoundPort(HttpServer server, String host) {
    this.server = server;
    this.host = host;
  }

  /**
   * Takes a port.
   *
   * @param host name or address of this machine to listen on
   * @param port to listen on; 0 for one that is free
   * @throws java.net.UnknownHostException if there is no such host
   * @throws java.net.BindException if the port is in use, or the host is another machine
   * @throws IOException if it cannot be had for another reason
   */
  public static BoundPort open(String host, int port) throws IOException {
    ServerLimits.apply();
    InetAddress listened = InetAddress.getByName(host);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(listened, port), ServerLimits.CONNECTIONS);
    return new BoundPort(server, host);
  }

  /**
   * Serves a model from now on.
   *
   * @param served the model, open as long as the server
   * @return the server, which has the port from now on
   */
  public ModelServer serve(ServedModel served) {
    Metrics metrics = new Metrics();
    return serve(ModelServer.routes(served, metrics), metrics);
  }

  /** Serves any paths. */
  ModelServer serve(Routes routes, Metrics metrics) {
    return new ModelServer(server, host, routes, metrics);
  }

  /** Gives the port back, with all that is served there. */
  @Override
  public void close() {
    server.stop(0);
  }
}
