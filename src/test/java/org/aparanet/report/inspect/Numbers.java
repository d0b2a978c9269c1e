package org.aparanet.report.inspect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/** Models with every parameter drawn, images, and the numbers of their JSON. */
final class Numbers {
  /** Every kind of layer. */
  static final String EVERY_KIND =
      "conv 6 3 same nobias, batchnorm relu, [conv 6 3 same, leakyrelu 0.1, conv 6 3 same] relu,"
          + " pool 3 stride 2 pad 1, conv 5 2x3 stride 2 pad 1, avgpool 2, dropout 0.3,"
          + " [conv 8 1 | conv 8 3 same] relu, globalpool, dense 12 relu, dense 4";

  private Numbers() {}

  /** A model whose statistics are not those of a new one. */
  static Model model(Shape input, String layers) {
    Network network = NetworkText.parse(input, layers);
    float[] parameters = Initialization.HE.draw(network, 3);
    Random random = new Random(4);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.1f * random.nextFloat();
    }
    return new Model(network, parameters);
  }

  static Inspection inspection(Model model, long seed) {
    byte[] pixels = new byte[model.network().input().size()];
    new Random(seed).nextBytes(pixels);
    return Inspection.of(model, pixels);
  }

  /** Little-endian floats of base64. */
  static float[] floats(JsonElement base64) {
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode(base64.getAsString()))
            .order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  static List<Integer> integers(JsonElement array) {
    List<Integer> integers = new ArrayList<>();
    array.getAsJsonArray().forEach(number -> integers.add(number.getAsInt()));
    return integers;
  }

  static JsonObject layer(JsonObject layers, int index) {
    JsonArray all = layers.getAsJsonArray("layers");
    return all.get(index).getAsJsonObject();
  }
}
