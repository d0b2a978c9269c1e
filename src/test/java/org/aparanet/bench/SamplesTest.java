package org.aparanet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void quantilesLieBetweenSamples() {
    Samples samples = new Samples(List.of(50.0, 10.0, 40.0, 20.0, 30.0));

    assertEquals(30, samples.median());
    assertEquals(48, samples.p95(), 1e-9);
    assertEquals(20.0 / 30, samples.spread(), 1e-9);
    assertEquals(15, new Samples(List.of(10.0, 20.0)).median());
  }

  @Test
  void oneSampleIsEverything() {
    Samples samples = new Samples(List.of(7.0));

    assertEquals(7, samples.median());
    assertEquals(7, samples.p95());
    assertEquals(0, samples.spread());
    assertFalse(samples.noisy());
  }

  @Test
  void halvesThatDifferTellOfNoise() {
    assertFalse(halves(100, 114).noisy());
    assertTrue(halves(100, 116).noisy());
    assertTrue(halves(116, 100).noisy());
  }

  @Test
  void aSingleOutlierIsNoNoise() {
    assertFalse(
        new Samples(List.of(10.0, 10.0, 900.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0)).noisy());
  }

  @Test
  void noSamplesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Samples(List.of()));
  }

  /** Eight are enough to tell; a median of zero has no spread. */
  @Test
  void seventhSampleIsTooFewToTell() {
    List<Double> rising = List.of(1.0, 1.0, 1.0, 9.0, 9.0, 9.0, 9.0, 9.0);
    assertTrue(new Samples(rising).noisy());
    assertFalse(new Samples(rising.subList(0, 7)).noisy());
    assertEquals(0, new Samples(List.of(0.0, 0.0, 0.0)).spread());
  }

  private static Samples halves(double first, double second) {
    return new Samples(IntStream.range(0, 10).mapToObj(i -> i < 5 ? first : second).toList());
  }
}
