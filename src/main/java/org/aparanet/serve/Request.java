package org.aparanet.serve;

import java.util.Locale;
import java.util.Optional;

/**
 * A request that is meant for this server, of a method that its path takes.
 *
 * @param rest of the path behind the beginning of its family; empty for a single path
 * @param query of the address, or null
 * @param contentType of the body, as it is told, or null
 * @param body its bytes; empty for GET
 */
record Request(String rest, String query, String contentType, byte[] body) {

  /** Media type of the body in small letters, without parameters. */
  Optional<String> mediaType() {
    return Optional.ofNullable(contentType)
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }
}
