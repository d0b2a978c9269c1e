package org.aparanet.serve;

import java.io.IOException;

/** What answers the requests of one path. */
@FunctionalInterface
interface Route {

  /**
   * The answer to a request.
   *
   * @throws RequestException if the request is refused
   * @throws IOException if the client's bytes do not come
   */
  Answer answer(Request request) throws IOException;
}
