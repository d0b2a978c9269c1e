package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The JSON of a command, held to its schema in docs/schemas. */
final class Schema {
  private Schema() {}

  /**
   * Reads a document that the schema allows.
   *
   * @param command whose schema it is
   */
  static JsonObject valid(String command, String document) {
    try (InputStream schema = open(command)) {
      assertEquals(
          Set.of(),
          JsonSchemaFactory.getInstance(VersionFlag.V202012)
              .getSchema(schema)
              .validate(document, InputFormat.JSON),
          document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return JsonParser.parseString(document).getAsJsonObject();
  }

  /** A command's schema. */
  static InputStream open(String command) throws IOException {
    return Files.newInputStream(Path.of("docs", "schemas", command + ".schema.json"));
  }
}
