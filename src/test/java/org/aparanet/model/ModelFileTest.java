package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir Path folder;

  @Test
  void roundTrip() {
    Network network = Preset.LENET.network(new Shape(1, 28, 28), 10);
    float[] parameters = Initialization.HE.draw(network, 1);
    Path file = folder.resolve("m.safetensors");
    ModelFile.save(file, new Model(network, parameters));
    Model read = ModelFile.load(file);
    assertEquals(network, read.network());
    assertArrayEquals(parameters, read.parameters());
  }
}
