package org.aparanet.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bytes on a socket, as no client of good manners sends them. */
public final class RawRequest {
  private RawRequest() {}

  /** An open connection, which waits for at most a minute. */
  public static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** What comes back for a request, until the server closes; empty if it only closes. */
  public static String send(int port, String request) throws IOException {
    return send(port, request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What comes back for bytes behind which nothing more comes. */
  public static String send(int port, byte[] request) throws IOException {
    try (Socket socket = connect(port)) {
      try {
        OutputStream out = socket.getOutputStream();
        out.write(request);
        out.flush();
        socket.shutdownOutput();
      } catch (IOException e) {
        // the server has closed already; it may have answered before
      }
      return rest(socket);
    }
  }

  /** What comes until the server closes the connection. */
  public static String rest(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[8192];
    InputStream in = socket.getInputStream();
    try {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        all.write(piece, 0, count);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // reset: closed with bytes of ours unread
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
