package org.aparanet.train.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.ImageSet;
import org.aparanet.model.Initialization;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFileException;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
  private static final Shape SHAPE = new Shape(1, 2, 2);

  @TempDir Path folder;

  /** Whatever becomes of the file once it was read. */
  @Test
  void theFileIsReadOnceForItsInputAndForTheTraining() throws IOException {
    Network network = NetworkText.parse(SHAPE, "dense 2");
    float[] parameters = Initialization.HE.draw(network, 5);
    Path file = folder.resolve("model.safetensors");
    new Model(network, parameters, List.of()).save(file);
    Weights weights = new Weights(file);

    assertEquals(SHAPE, weights.model().network().input());
    Files.delete(file);
    ImageSet images = new ImageSet("two", SHAPE, new byte[8], new byte[] {0, 1}, 2);
    PreparedTraining prepared =
        Training.of(new Settings()).startFrom(weights).prepare(new DataSet(images, images));

    assertSame(weights.model(), weights.model());
    assertArrayEquals(parameters, prepared.start().parameters());
    assertThrows(ModelFileException.class, () -> new Weights(file).model());
  }
}
