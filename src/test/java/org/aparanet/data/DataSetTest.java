package org.aparanet.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;

class DataSetTest {

  @Test
  void theImagesOfBothPartsTogetherKeepTheirLabels() {
    Shape shape = new Shape(1, 1, 2);
    List<String> names = List.of("a", "b", "c");
    ImageSet train =
        new ImageSet("x train", shape, new byte[] {1, 2, 3, 4}, new byte[] {2, 0}, 3, names);
    ImageSet test = new ImageSet("x test", shape, new byte[] {5, 6}, new byte[] {1}, 3, names);

    ImageSet together = new DataSet(train, test).together();

    assertEquals("x train and x test", together.name());
    assertEquals(shape, together.shape());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6}, together.pixels());
    assertArrayEquals(new byte[] {2, 0, 1}, together.labels());
    assertEquals(3, together.classes());
    assertEquals(names, together.classNames());
  }
}
