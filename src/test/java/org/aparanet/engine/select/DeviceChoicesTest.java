package org.aparanet.engine.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the devices of a training are named. */
class DeviceChoicesTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auto",
        "all",
        "gpu",
        "cpu",
        "opencl:7",
        "opencl:0,cpu",
        "cpu,cpu,opencl:1,opencl:1"
      })
  void textIsReadAndWritten(String text) {
    assertEquals(text, DeviceChoices.parse(text).toString());
    assertEquals(DeviceChoices.parse(text), DeviceChoices.parse(text.toUpperCase()));
  }

  @Test
  void devicesKeepTheirOrderHoweverTheyAreGiven() {
    DeviceChoices all = DeviceChoices.parse("opencl:1, cpu,opencl:0");
    assertEquals(
        all,
        DeviceChoices.joined(
            List.of(DeviceChoices.parse("opencl:1,cpu"), DeviceChoices.parse("opencl:0"))));
    assertEquals(
        List.of(
            DeviceChoice.parse("opencl:1"),
            DeviceChoice.parse("cpu"),
            DeviceChoice.parse("opencl:0")),
        all.named());
  }

  @Test
  void whetherTheyAreSeveralAndHowMany() {
    assertFalse(DeviceChoices.AUTO.areSeveral());
    assertFalse(DeviceChoices.parse("opencl:1").areSeveral());
    assertTrue(DeviceChoices.parse("cpu,cpu").areSeveral());
    assertTrue(DeviceChoices.ALL.areSeveral(), "they may be");
    assertEquals(3, DeviceChoices.parse("cpu,gpu,cpu").count());
    assertEquals(2, DeviceChoices.ALL.count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tpu | \"tpu\" is no device; allowed are auto, gpu, cpu, opencl:N and all",
        "cpu, | \"\" is no device; allowed are auto, gpu, cpu, opencl:N and all",
        "cpu,auto | auto chooses one device itself; no other can stand beside it",
        "all,cpu | all stands for all devices; no other can stand beside it",
        "all,all | all stands for all devices; no other can stand beside it",
      })
  void whatCannotBeIsRefusedInASentence(String text, String sentence) {
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> DeviceChoices.parse(text)).getMessage());
  }

  @Test
  void thereAreAtMost64() {
    assertEquals(64, DeviceChoices.parse(String.join(",", Collections.nCopies(64, "cpu"))).count());
    assertEquals(
        "65 devices; a training takes 1 to 64",
        assertThrows(
                IllegalArgumentException.class,
                () -> DeviceChoices.parse(String.join(",", Collections.nCopies(65, "cpu"))))
            .getMessage());
  }

  @Test
  void sessionsOfTheJavaEngineDivideTheProcessorsUnlessThreadsAreGiven() {
    assertEquals(PROCESSORS, DeviceChoices.AUTO.threads(Optional.empty()));
    assertEquals(PROCESSORS, DeviceChoices.ALL.threads(Optional.empty()));
    assertEquals(PROCESSORS, DeviceChoices.parse("opencl:0,cpu").threads(Optional.empty()));
    assertEquals(
        Math.max(1, PROCESSORS / 2), DeviceChoices.parse("cpu,cpu").threads(Optional.empty()));
    assertEquals(
        1,
        DeviceChoices.parse(String.join(",", Collections.nCopies(64, "cpu")))
            .threads(Optional.empty()),
        "at least");
    assertEquals(3, DeviceChoices.parse("cpu,cpu").threads(Optional.of(3)));
  }
}
