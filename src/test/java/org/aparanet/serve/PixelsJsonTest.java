package org.aparanet.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelsJsonTest {
  private static final Shape SHAPE = new Shape(1, 1, 2);

  @Test
  void oneImageOrAList() {
    PixelsJson.Read one = read("{\"pixels\": [0, 1e-1]}");
    PixelsJson.Read two = read(" {\"images\" : [[0,0.5],\n[1,1.0]] }\n");

    assertTrue(one.single());
    assertArrayEquals(new float[] {0, 0.1f}, one.images().get(0));
    assertFalse(two.single());
    assertEquals(2, two.images().size());
    assertArrayEquals(new float[] {1, 1}, two.images().get(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | the body is empty; it must be JSON",
        "{ | the body ends in the middle, at its beginning or end",
        "{\"pixels\":[0, | the body ends in the middle, at pixels[1]",
        "[0,0] | the body must be an object with \"pixels\" or \"images\"",
        "{} | the object needs \"pixels\" or \"images\"",
        "{\"pixel\":[0,0]} | the object has pixel; it may have \"pixels\" or \"images\" alone",
        "{\"pixels\":[0,0],\"pixels\":[0,0]} | the object has pixels twice",
        "{\"pixels\":[0,0],\"images\":[]} | the object has images besides pixels",
        "{\"pixels\":[0,0]}{} | the body is no JSON at its beginning or end",
        "{\"pixels\":0} | pixels must be a list of numbers",
        "{\"pixels\":[0,\"1\"]} | pixels[1] must be a number",
        "{\"pixels\":[0,null]} | pixels[1] must be a number",
        "{\"pixels\":[0,[[[[0]]]]]} | pixels[1] must be a number",
        "{\"pixels\":[0]} | pixels has 1 numbers; the network takes 1x1x2, which is 2",
        "{\"pixels\":[0,0,0]} | pixels has more than 2 numbers; the network takes 1x1x2, which is 2",
        "{\"images\":[[0,0],[0]]} | images[1] has 1 numbers; the network takes 1x1x2, which is 2",
        "{\"images\":[[0,0],[0,-0.5]]} | images[1][1] is -0.5; pixels are from 0 to 1",
        "{\"images\":[]} | images is empty; at least one is needed",
        "{\"pixels\":[0,1e999]} | pixels[1] is 1e999; pixels are from 0 to 1",
        "{\"pixels\":[0,NaN]} | the body is no JSON at pixels[1]",
        "{'pixels':[0,0]} | the body is no JSON at its beginning or end",
        "{\"pixels\":[0,0,]} | the body is no JSON at pixels[2]",
      })
  void whatIsWrongIsNamedWithItsPlace(String json, String sentence) {
    RequestException refused = assertThrows(RequestException.class, () -> read(json));

    assertEquals(sentence, refused.getMessage());
    assertEquals(400, refused.status());
  }

  @Test
  void tooManyImagesAreRefused() {
    String image = "[0,0]";
    String list = String.join(",", Collections.nCopies(257, image));

    RequestException refused =
        assertThrows(RequestException.class, () -> read("{\"images\":[" + list + "]}"));

    assertEquals(413, refused.status());
    assertEquals("there are too many images; at most 256 are allowed", refused.getMessage());
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    byte[] bytes = "{\"pixe\u00e9\":0}".getBytes(StandardCharsets.ISO_8859_1);

    assertEquals(
        "the body is not UTF-8",
        assertThrows(RequestException.class, () -> PixelsJson.read(bytes, SHAPE)).getMessage());
  }

  /** Not all that a client sends is sent back. */
  @Test
  void longNamesAreCutOff() {
    String name = "x".repeat(1_000_000);

    assertEquals(
        "the object has " + "x".repeat(40) + "...; it may have \"pixels\" or \"images\" alone",
        assertThrows(RequestException.class, () -> read("{\"" + name + "\":0}")).getMessage());
  }

  /** Neither its depth nor its length takes more than a moment. */
  @Test
  void hugeBodiesAreRefusedWhereTheyBegin() {
    String deep = "[".repeat(2_000_000);
    String digits = "0." + "1".repeat(2_000_000);

    assertThrows(RequestException.class, () -> read("{\"pixels\":" + deep));
    assertThrows(RequestException.class, () -> read("{\"images\":[" + deep));
    assertThrows(RequestException.class, () -> read("{\"pixels\":[" + digits + ",0]}"));
    assertThrows(RequestException.class, () -> read("{\"" + digits + "\":0}"));
  }

  private static PixelsJson.Read read(String json) {
    return PixelsJson.read(json.getBytes(StandardCharsets.UTF_8), SHAPE);
  }
}
