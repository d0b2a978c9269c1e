package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.WrongFileException;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

class PredictInputTest {
  private final List<String> attempts = new CopyOnWriteArrayList<>(); // by threads

  @Test
  void whatIsReadIsInOrder() {
    List<PredictInput> inputs =
        IntStream.range(0, 100)
            .mapToObj(i -> new PredictInput("" + i, () -> image("" + i)))
            .toList();

    List<PredictInput.Read> read = PredictInput.read(inputs);

    for (int i = 0; i < 100; i++) {
      assertEquals("" + i, read.get(i).name());
      assertEquals("" + i, read.get(i).image().orElseThrow().name());
    }
  }

  @Test
  void whatFailsBesideOthersIsTriedAloneButNotWhatIsWrongItself() {
    List<PredictInput.Read> read =
        PredictInput.read(
            List.of(
                new PredictInput("large", () -> failing("large", 1)),
                new PredictInput("denied", () -> failing("denied", 9)),
                new PredictInput("damaged", this::damaged)));

    assertEquals("large", read.get(0).image().orElseThrow().name());
    assertEquals("denied", read.get(1).problem().orElseThrow().getMessage());
    assertEquals("damaged", read.get(2).problem().orElseThrow().getMessage());
    assertEquals(2, Collections.frequency(attempts, "large"));
    assertEquals(2, Collections.frequency(attempts, "denied"));
    assertEquals(1, Collections.frequency(attempts, "damaged"));
  }

  private ImageSet failing(String name, int times) {
    attempts.add(name);
    if (Collections.frequency(attempts, name) <= times) {
      throw new DataException(name);
    }
    return image(name);
  }

  private ImageSet damaged() {
    attempts.add("damaged");
    throw new WrongFileException("damaged");
  }

  private static ImageSet image(String name) {
    return new ImageSet(name, new Shape(1, 1, 1), new byte[1], new byte[1], 1);
  }
}
