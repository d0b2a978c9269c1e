package org.aparanet.model.onnx;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aparanet.file.AtomicFile;
import org.aparanet.file.IoReason;

/**
 * A graph with what is known of it: the content of an ONNX file. The same content gives the same
 * bytes.
 *
 * @param description for people
 * @param metadata for programs, written in its order
 * @param graph the computation, of operators of opset {@value #OPSET}
 */
public record OnnxModel(String description, Map<String, String> metadata, OnnxGraph graph) {

  /** Version of the set of operators. */
  static final int OPSET = 13;

  /** Version of the format of files, as old as the set of operators. */
  private static final int IR_VERSION = 7;

  private static final String PRODUCER = "aparanet";
  private static final int BUFFER_BYTES = 1 << 16;

  public OnnxModel {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Writes the file atomically: on failure an older file of that name stays as it is.
   *
   * @throws OnnxException if the file cannot be written, or would be larger than protocol buffers
   *     may be
   */
  public void write(Path file) {
    Message message = message();
    if (message.size() > Integer.MAX_VALUE) {
      throw new OnnxException(
          file
              + ": the model takes "
              + message.size()
              + " bytes as an ONNX file; at most "
              + Integer.MAX_VALUE
              + " are allowed");
    }
    try {
      AtomicFile.write(file, channel -> write(message, channel));
    } catch (IOException e) {
      throw new OnnxException(file + ": cannot be written (" + IoReason.of(e) + ")", e);
    }
  }

  private static void write(Message message, WritableByteChannel channel) throws IOException {
    CodedOutputStream out =
        CodedOutputStream.newInstance(Channels.newOutputStream(channel), BUFFER_BYTES);
    message.writeTo(out);
    out.flush(); // the channel is its owner's to close
  }

  private Message message() {
    Message message =
        new Message()
            .integer(Fields.MODEL_IR_VERSION, IR_VERSION)
            .text(Fields.MODEL_PRODUCER_NAME, PRODUCER)
            .text(Fields.MODEL_DOC_STRING, description)
            .message(Fields.MODEL_GRAPH, graph.message())
            .message(Fields.MODEL_OPSET_IMPORT, new Message().integer(Fields.OPSET_VERSION, OPSET));
    metadata.forEach(
        (key, value) ->
            message.message(
                Fields.MODEL_METADATA_PROPS,
                new Message().text(Fields.ENTRY_KEY, key).text(Fields.ENTRY_VALUE, value)));
    return message;
  }
}
