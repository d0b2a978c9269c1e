package org.aparanet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.TrainingState;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sentences in which a session refuses what does not fit, with all their numbers. */
class RefusalsTest {
  private static final Network NETWORK = NetworkText.parse(new Shape(1, 2, 3), "dense 5");
  private static final Optimizer MOMENTUM =
      new Optimizer(Optimizer.Rule.MOMENTUM, 0.9f, 0, 0, Float.POSITIVE_INFINITY);

  private static ImageSet images(Shape shape, int count) {
    return new ImageSet("some", shape, new byte[count * shape.size()], new byte[count], 5);
  }

  static Stream<Arguments> refusals() {
    float[] none = new float[0];
    LossGradient loss = (logits, dLogits, offset, first, rows) -> true;
    return Stream.of(
        refusal("batch 0; it must be at least 1", s -> new CpuEngine(1).open(NETWORK, 0)),
        refusal(
            "5 images; this session takes 1 to 4 at a time",
            s -> s.infer(new int[5], 0, 5, new float[25])),
        refusal(
            "0 images; this session takes 1 to 4 at a time",
            s -> s.step(new int[5], 0, 0, loss, 1f)),
        refusal("entries 3 to 4 of 4 image indices", s -> s.step(new int[4], 3, 2, loss, 1f)),
        refusal(
            "image index 7; this session has 7 images, from 0",
            s -> s.infer(new int[] {6, 7}, 0, 2, new float[10])),
        refusal(
            "room for 14 logits; 3 images of 5 classes need 15",
            s -> s.infer(new int[3], 0, 3, new float[14])),
        refusal("3 parameters given; the network has 35", s -> s.setParameters(new float[3])),
        refusal(
            "5 changing images; this session takes at most 4",
            s -> s.stage(images(NETWORK.input(), 5))),
        refusal(
            "this session has a set of changing images already",
            s -> {
              s.stage(images(NETWORK.input(), 2));
              s.stage(images(NETWORK.input(), 2));
            }),
        refusal(
            "some has images of 1x3x2; the network takes 1x2x3",
            s -> s.load(images(new Shape(1, 3, 2), 1))),
        refusal(
            "35 moments for 3 parameters",
            s -> s.restore(new TrainingState(new float[3], new float[35], none, 1))),
        refusal(
            "a state with 2 moments; MOMENTUM has 1",
            s -> s.restore(new TrainingState(new float[35], new float[35], new float[35], 1))));
  }

  private interface Call {
    void on(Session session);
  }

  private static Arguments refusal(String sentence, Call call) {
    return Arguments.of(sentence, Named.of("call", call));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void sentence(String sentence, Call call) {
    try (Session session = new CpuEngine(1).open(NETWORK, 4)) {
      session.load(images(NETWORK.input(), 7));
      session.optimize(MOMENTUM, 0);
      assertSentence(RuntimeException.class, sentence, () -> call.on(session));
    }
  }

  @Test
  void activationsThatAreTooManyForAnArray() {
    Network activations =
        NetworkText.parse(
            new Shape(1, 256, 256), "conv 1000 1, ".repeat(9) + "globalpool, dense 2");
    assertSentence(
        EngineException.class,
        "the network's activations are more than an array can hold, 2147483647 elements for each"
            + " thread",
        () -> new CpuEngine(1).open(activations, 64).close());
  }

  private static void assertSentence(
      Class<? extends RuntimeException> type, String sentence, Executable call) {
    assertEquals(sentence, assertThrows(type, call).getMessage());
  }
}
