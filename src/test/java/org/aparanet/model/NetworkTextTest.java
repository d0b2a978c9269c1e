package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aparanet.engine.TestNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTextTest {
  private static final Shape INPUT = new Shape(3, 32, 32);

  @Test
  void readsEveryWord() {
    Network network =
        NetworkText.parse(
            INPUT,
            "conv 4 3 same relu, conv 5 3x5 stride 2 pad 1 nobias, relu, pool 2, pool 3 stride 1 pad 1"
                + " relu, dense 7 relu, relu, dense 10");
    assertEquals(
        List.of(
            new Convolution(4, 3, 3, 1, 1, true),
            new Relu(),
            new Convolution(5, 3, 5, 2, 1, false),
            new Relu(),
            new MaxPool(2, 2, 0),
            new MaxPool(3, 1, 1),
            new Relu(),
            new Dense(7),
            new Relu(),
            new Relu(),
            new Dense(10)),
        network.nodes().stream().map(Network.Node::layer).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dense 10",
        "relu, dense 10",
        "relu, relu, dense 10",
        "conv 1 1, dense 10",
        "conv 1 1 stride 2 nobias relu, dense 10",
        "conv 4 3 same relu, relu, pool 3 stride 2, dense 10",
        "conv 4 3 same relu, pool 3 stride 2 pad 1 relu, pool 2 pad 1, dense 10",
        "conv 4 3x5 pad 2 relu, pool 2 relu, dense 7 relu, dense 10",
        "conv 4 5 pad 1, dense 10",
        "conv 4 4 pad 2, dense 10",
        "conv 4 3 stride 2 pad 1, dense 10",
        "pool 1, dense 10",
        "conv 4 3 nobias, batchnorm relu, avgpool 3 stride 2 relu, avgpool 2, dense 10",
        "conv 4 3 same, globalpool relu, dropout 0.25 relu, dense 7, dropout 0, dense 10",
        "conv 4 3, dropout 0.00001, dense 10",
        "conv 4 3, leakyrelu 0.01, pool 2, dense 7, leakyrelu 0.2 relu, leakyrelu 0, dense 10",
        "[conv 3 3 same relu, conv 3 3 same], dense 10",
        "conv 4 3 same relu, [[relu, conv 4 1] relu, batchnorm], [dropout 0.5] relu, relu, dense 10",
      })
  void canonicalTextComesBack(String text) {
    assertEquals(text, NetworkText.parse(INPUT, text).text());
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CONV 4 3X3 Same ReLU,Dense 10 | conv 4 3 same relu, dense 10",
        "conv 4 3 pad 1 stride 1, relu, dense 010 | conv 4 3 same relu, dense 10",
        "conv 4 3 nobias stride 2, dense 10 | conv 4 3 stride 2 nobias, dense 10",
        "conv 4 5 same stride 2, dense 10 | conv 4 5 stride 2 pad 2, dense 10",
        "pool 2 stride 2 , dense 10 | pool 2, dense 10",
        "pool 3 PAD 1 stride 2 , dense 10 | pool 3 stride 2 pad 1, dense 10",
        "pool 3 stride 3 pad 0, dense 10 | pool 3, dense 10",
      })
  void otherSpellingsBecomeCanonical(String text, String canonical) {
    assertEquals(canonical, NetworkText.parse(INPUT, text).text());
  }

  @Test
  void whiteSpaceSeparatesWords() {
    assertEquals(
        "pool 2, dense 10", NetworkText.parse(INPUT, " \t pool\n2\r\n,dense   10 ").text());
  }

  @ParameterizedTest
  @EnumSource(NamedNetwork.class)
  void presetsComeBack(NamedNetwork preset) {
    Network network = preset.network(INPUT, 10);
    assertEquals(network, NetworkText.parse(INPUT, network.text()));
    assertEquals(preset.text(10), network.text());
  }

  @ParameterizedTest(name = "[{index}] {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "cnov 3 3, dense 2 | word \"cnov\" at character 1 of the network's text: expected conv, pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or [",
        "pool 2, , dense 2 | word \",\" at character 9 of the network's text: expected conv, pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or [",
        "pool 2 pool 2, dense 2 | word \"pool\" at character 8 of the network's text: expected a comma or the end",
        "dropout 1, dense 2 | word \"1\" at character 9 of the network's text: expected a probability (from 0 to below 1, such as 0.5)",
        "leakyrelu, dense 2 | word \",\" at character 10 of the network's text: expected a slope (from 0 to below 1, such as 0.01)",
        "leakyrelu 1.5, dense 2 | word \"1.5\" at character 11 of the network's text: expected a slope (from 0 to below 1, such as 0.01)",
        "dropout relu, dense 2 | word \"relu\" at character 9 of the network's text: expected a probability (from 0 to below 1, such as 0.5)",
        "'[conv 3 1, dense 2' | 'the network''s text \"[conv 3 1, dense 2\" ends where a comma, | or ] is expected'",
        "'[conv 3 1 | conv 3 1, dense 2' | 'the network''s text \"[conv 3 1 | conv 3 1, dense 2\" ends where a comma or ] is expected'",
        "'[conv 3 1 | conv 3 1 | relu], dense 2' | 'word \"|\" at character 22 of the network''s text: expected a comma or ]'",
        "'[conv 3 1 |], dense 2' | 'word \"]\" at character 12 of the network''s text: expected conv, pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or ['",
        "'conv 3 1 | conv 3 1, dense 2' | 'word \"|\" at character 10 of the network''s text: expected a comma or the end'",
        "'[conv 3 1 | conv 4 1], dense 2' | 'layer 4 (] residual sum): its branches make 3x32x32 and 4x32x32; both must be the same'",
        "'[conv 3 1 | dense 4], dense 2' | layer 4 (] residual sum) stands after a dense layer; only dense, relu, leakyrelu and dropout may follow one",
        "'[dense 4 | conv 3 1], dense 2' | 'layer 2 (| shortcut) stands after a dense layer; only dense, relu, leakyrelu and dropout may follow one'",
        "conv 3 1], dense 2 | word \"]\" at character 9 of the network's text: expected a comma or the end",
        "[], dense 2 | word \"]\" at character 2 of the network's text: expected conv, pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or [",
        "conv 3 1, [pool 2], dense 2 | layer 3 (] residual sum): its branch makes 3x16x16 of 3x32x32; both must be the same",
        "dense 2 relu relu | word \"relu\" at character 14 of the network's text: expected a comma or the end",
        "conv x 3, dense 2 | word \"x\" at character 6 of the network's text: expected a number of filters (a whole number from 1 to 99999999)",
        "conv 0 3, dense 2 | word \"0\" at character 6 of the network's text: expected a number of filters (a whole number from 1 to 99999999)",
        "conv -4 3, dense 2 | word \"-4\" at character 6 of the network's text: expected a number of filters (a whole number from 1 to 99999999)",
        "conv 4, dense 2 | word \",\" at character 7 of the network's text: expected a filter size, such as 3 or 3x5 (a whole number from 1 to 99999999)",
        "conv 4 0x3, dense 2 | word \"0x3\" at character 8 of the network's text: expected a filter size, such as 3 or 3x5",
        "conv 4 3x, dense 2 | word \"3x\" at character 8 of the network's text: expected a filter size, such as 3 or 3x5 (a whole number from 1 to 99999999)",
        "conv 4 3x3x3, dense 2 | word \"3x3x3\" at character 8 of the network's text: expected a filter size, such as 3 or 3x5 (a whole number from 1 to 99999999)",
        "conv 123456789 3, dense 2 | word \"123456789\" at character 6 of the network's text: expected a number of filters (a whole number from 1 to 99999999)",
        "conv 4 3 stride 0, dense 2 | word \"0\" at character 17 of the network's text: expected a stride (a whole number from 1 to 99999999)",
        "conv 4 3 stride, dense 2 | word \",\" at character 16 of the network's text: expected a stride (a whole number from 1 to 99999999)",
        "conv 4 3 pad p, dense 2 | word \"p\" at character 14 of the network's text: expected a padding (a whole number from 0 to 99999999)",
        "conv 4 3 pad 3 stride 2, dense 2 | word \"3\" at character 14 of the network's text: conv has padding 3; allowed is 0 to one less than the filter's size, here 2",
        "conv 4 3 same pad 1, dense 2 | word \"pad\" at character 15 of the network's text: expected each of stride, pad or same, and nobias once",
        "conv 4 3 stride 1 stride 1, dense 2 | word \"stride\" at character 19 of the network's text: expected each of stride, pad or same, and nobias once",
        "conv 4 4 same, dense 2 | word \"same\" at character 10 of the network's text: same needs a square filter of odd size, not 4x4",
        "conv 4 3x5 same, dense 2 | word \"same\" at character 12 of the network's text: same needs a square filter of odd size, not 3x5",
        "conv 4 3 relu nobias, dense 2 | word \"nobias\" at character 15 of the network's text: expected a comma or the end",
        "pool 0, dense 2 | word \"0\" at character 6 of the network's text: expected a window size (a whole number from 1 to 99999999)",
        "pool 3 pad 2, dense 2 | word \"2\" at character 12 of the network's text: pool has padding 2; allowed is 0 to half of the window's size, here 1",
        "pool 3 pad 1 pad 1, dense 2 | word \"pad\" at character 14 of the network's text: expected a comma or the end",
        "pool 3 pad x, dense 2 | word \"x\" at character 12 of the network's text: expected a padding (a whole number from 0 to 99999999)",
        "pool 2 stride | the network's text \"pool 2 stride\" ends where a stride (a whole number from 1 to 99999999) is expected",
        "pool 2, | the network's text \"pool 2,\" ends where conv, pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or [ is expected",
        "dense | the network's text \"dense\" ends where a number of outputs (a whole number from 1 to 99999999) is expected",
        "dense ten | word \"ten\" at character 7 of the network's text: expected a number of outputs (a whole number from 1 to 99999999)",
        "'' | the network's text \"\" ends where conv, pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or [ is expected",
      })
  void pointsAtTheWord(String text, String message) {
    assertEquals(message, refusal(text));
  }

  /** Messages list the words of all layers, or of all that may follow a dense one. */
  @Test
  void messagesNameEveryLayer() {
    String unknown = refusal("x");
    String afterDense = refusal("dense 9, pool 2, dense 2");
    TestNetworks.all()
        .flatMap(network -> network.network().nodes().stream())
        .map(Network.Node::layer)
        .forEach(
            layer -> {
              String word = layer.text().split(" ")[0].replaceAll("[]|]", "[");
              assertTrue(unknown.contains(word), word);
              if (layer.mayFollowDense()) {
                assertTrue(afterDense.contains(word), word);
              }
            });
  }

  @Test
  void longTextIsShownShortened() {
    String word = "x".repeat(9_000);
    assertEquals(
        "word \""
            + "x".repeat(40)
            + "...\" at character 1 of the network's text: expected conv, pool, avgpool, globalpool, batchnorm, leakyrelu, dropout, dense, relu or [",
        refusal(word));
    assertTrue(refusal("relu,".repeat(1_900)).length() < 200);
  }

  @Test
  void textHasALongestLength() {
    assertEquals(
        "a network's text may have 10000 characters; this has 10001",
        refusal("dense 10" + " ".repeat(9_993)));
    assertEquals(10, NetworkText.parse(INPUT, "dense 10" + " ".repeat(9_992)).classes());
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> NetworkText.parse(INPUT, text))
        .getMessage();
  }
}
