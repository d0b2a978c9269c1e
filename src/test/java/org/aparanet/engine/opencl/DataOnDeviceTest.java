package org.aparanet.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.data.store.ImagePixels;
import org.aparanet.engine.DeviceTraffic;
import org.aparanet.engine.Engine;
import org.aparanet.engine.LossOnDevice;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.opencl.kernel.KernelFields;
import org.aparanet.model.Initialization;
import org.aparanet.model.NamedNetwork;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.loss.SoftmaxCrossEntropy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The data set lies on the device, where that has room for it, and next to nothing crosses in a
 * step.
 */
class DataOnDeviceTest {
  private static final Network SMALL = NetworkText.parse(new Shape(1, 20, 20), "pool 4, dense 3");
  private static final int SMALL_IMAGE = 400;

  /** Ten of SMALL's images, and all else that SMALL needs. */
  private static final long TEN_IMAGES = 10 * SMALL_IMAGE;

  private static ImageSet images(Shape shape, int count, int classes) {
    byte[] pixels = new byte[count * shape.size()];
    new Random(count).nextBytes(pixels);
    return new ImageSet("noise", shape, pixels, new byte[count], classes);
  }

  /** Two sets whose borders are not those of the device's pieces. */
  private static float[] logits(Engine engine) {
    try (Session session = engine.open(SMALL, 2)) {
      session.setParameters(Initialization.HE.draw(SMALL, 1));
      assertEquals(0, session.load(images(SMALL.input(), 17, 3)));
      assertEquals(17, session.load(images(SMALL.input(), 22, 3)));
      float[] logits = new float[39 * 3];
      float[] batch = new float[2 * 3];
      int[] indices = IntStream.range(0, 39).map(i -> i * 7 % 39).toArray();
      for (int i = 0; i < 39; i += 2) {
        int count = Math.min(2, 39 - i);
        session.infer(indices, i, count, batch);
        System.arraycopy(batch, 0, logits, i * 3, count * 3);
      }
      return logits;
    }
  }

  @ParameterizedTest
  @EnumSource
  void setLargerThanOnePieceGoesInChunks(HostMemory memory) {
    OpenClEngine engine = OpenClTestDevice.engine(memory);
    long really = engine.target().getMaxMemAllocSize();
    try {
      engine.target().setMaxMemAllocSize(TEN_IMAGES);
      assertArrayEquals(logits(new CpuEngine(1)), logits(engine), 1e-5f);
    } finally {
      engine.target().setMaxMemAllocSize(really);
    }
  }

  /** Sets that were loaded before a set of changing images and after it keep their indices. */
  @ParameterizedTest
  @EnumSource
  void changingImagesStandBetweenOthers(HostMemory memory) {
    OpenClEngine engine = OpenClTestDevice.engine(memory);
    ImageSet before = images(SMALL.input(), 3, 3);
    ImageSet changing = images(SMALL.input(), 2, 3);
    ImageSet after = images(SMALL.input(), 4, 3);
    float[] parameters = Initialization.HE.draw(SMALL, 1);
    try (Session loaded = engine.open(SMALL, 9);
        Session staged = engine.open(SMALL, 9)) {
      loaded.setParameters(parameters);
      staged.setParameters(parameters);
      assertEquals(0, staged.load(before));
      assertEquals(3, staged.stage(changing));
      assertEquals(5, staged.load(after));
      new Random(9).nextBytes(changing.pixels());
      loaded.load(before);
      loaded.load(changing);
      loaded.load(after);
      int[] indices = {8, 4, 0, 3, 5, 2, 6, 1, 7};
      float[] expected = new float[9 * 3];
      float[] actual = new float[9 * 3];
      loaded.infer(indices, 0, 9, expected);
      staged.infer(indices, 0, 9, actual);
      assertArrayEquals(expected, actual);
      assertThrows(IllegalArgumentException.class, () -> staged.infer(new int[] {9}, 0, 1, actual));
    }
  }

  /**
   * Training and inference with sets on the device, with one that is larger than it, with one in a
   * file, and with one that changes in between.
   */
  @ParameterizedTest
  @EnumSource
  void whatStaysOnTheHostComesToTheSameBits(HostMemory memory) {
    OpenClEngine engine = OpenClTestDevice.engine(memory);
    List<float[]> expected = trained(engine, images -> images);
    assertEquals(expected.size(), trained(engine, DataOnDeviceTest::inFile).size());
    checkSame(expected, trained(engine, DataOnDeviceTest::inFile));
    long really = engine.target().getMaxMemAllocSize();
    try {
      engine.target().setMaxMemAllocSize(7000); // 68 images in all
      checkSame(expected, trained(engine, images -> images));
    } finally {
      engine.target().setMaxMemAllocSize(really);
    }
  }

  private static void checkSame(List<float[]> expected, List<float[]> actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "" + i);
    }
  }

  /** The same images, but not in an array. */
  private static ImageSet inFile(ImageSet images) {
    ImagePixels elsewhere =
        new ImagePixels() {
          @Override
          public int count() {
            return images.count();
          }

          @Override
          public int imageSize() {
            return images.shape().size();
          }

          @Override
          public void copy(int image, byte[] target, int to) {
            images.copy(image, target, to);
          }

          @Override
          public byte[] toArray() {
            throw new AssertionError("there is no room for all of them");
          }
        };
    return new ImageSet(
        images.name(), images.shape(), elsewhere, images.labels(), images.classes(), List.of());
  }

  private static List<float[]> trained(Engine engine, UnaryOperator<ImageSet> where) {
    List<float[]> results = new ArrayList<>();
    try (Session session = engine.open(SMALL, 4)) {
      session.setParameters(Initialization.HE.draw(SMALL, 1));
      session.optimize(Optimizer.SGD, 1);
      assertEquals(0, session.load(where.apply(images(SMALL.input(), 9, 3))));
      ImageSet changing = images(SMALL.input(), 4, 3);
      assertEquals(9, session.stage(changing));
      assertEquals(13, session.load(where.apply(images(SMALL.input(), 77, 3))));
      int[] order = IntStream.range(0, 90).map(i -> i * 7 % 90).toArray();
      SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(3, 4);
      ImageSet labels = images(SMALL.input(), 90, 3);
      for (int from = 0; from < 90; from += 4) {
        new Random(from).nextBytes(changing.pixels());
        int count = Math.min(4, 90 - from);
        loss.bind(labels, order, from, count);
        if (from + count < 90) {
          session.expect(order, from + count, Math.min(4, 90 - from - count));
        }
        assertTrue(session.step(order, from, count, loss, 0.05f));
        results.add(session.parameters());
      }
      float[] logits = new float[4 * 3];
      for (int from = 0; from < 88; from += 4) {
        session.infer(order, from, 4, logits);
        results.add(logits.clone());
      }
      LossOnDevice device = session.lossOnDevice().orElseThrow();
      for (int from = 0; from < 88; from += 4) {
        if (from + 8 <= 88) {
          session.expect(order, from + 4, 4);
        }
        device.step(order, from, 4, new int[4], 0, 0.05f);
        device.outcomes();
      }
      results.add(session.parameters());
      assertThrows(
          IllegalArgumentException.class, () -> session.infer(new int[] {90}, 0, 1, logits));
    }
    return results;
  }

  /** Only a batch crosses, not the set. */
  @Test
  void ofWhatStaysOnTheHostABatchIsSentWithAStep() {
    OpenClEngine engine = OpenClTestDevice.engine(HostMemory.SEPARATE);
    long[] sent = new long[2];
    for (int i = 0; i < 2; i++) {
      UnaryOperator<ImageSet> where = i == 0 ? images -> images : DataOnDeviceTest::inFile;
      try (Session session = engine.open(SMALL, 4)) {
        session.load(where.apply(images(SMALL.input(), 500, 3)));
        session.setParameters(Initialization.HE.draw(SMALL, 1));
        int[] order = IntStream.range(0, 500).toArray();
        for (int from = 0; from < 40; from += 4) {
          session.step(order, from, 4, (logits, gradient, row, first, count) -> true, 0.1f);
        }
        sent[i] = session.traffic().orElseThrow().uploadedBytes();
      }
    }
    assertEquals(10 * 4 * SMALL_IMAGE, sent[1] - sent[0]);
  }

  @ParameterizedTest
  @CsvSource({"article, 64, 6", "lenet, 64, 16", "deep, 16, 18"})
  void fewLaunchesOfAPreset(String preset, int batch, int mostPasses) {
    Network network = NamedNetwork.named(preset).orElseThrow().network(new Shape(1, 28, 28), 10);
    DeviceTraffic traffic = trafficOfTwoSteps(network, batch, Optimizer.SGD);
    assertTrue(traffic.passes() <= 2 * mostPasses, traffic::toString);
    assertTrue(traffic.buildSeconds() > 0, traffic::toString);
    assertTrue(traffic.firstStepSeconds() > 0, traffic::toString);
  }

  /** With dropout, each layer has a key for each step; clipping has passes of its own. */
  @ParameterizedTest
  @CsvSource({"conv 4 3 relu, false", "conv 4 3, true", "dropout 0.5, false", "dropout 0.5, true"})
  void littleCrossesInAStep(String layers, boolean clips) {
    Network network = NetworkText.parse(new Shape(1, 12, 12), layers + ", conv 3 3, dense 10");
    float clip = clips ? 1 : Float.POSITIVE_INFINITY;
    trafficOfTwoSteps(network, 9, new Optimizer(Optimizer.Rule.MOMENTUM, 0.9f, 0, 0, clip));
  }

  /** Checks what is counted against what the kernel is asked to do, and what a step has to move. */
  private static DeviceTraffic trafficOfTwoSteps(Network network, int batch, Optimizer optimizer) {
    AtomicInteger executes = new AtomicInteger();
    AtomicInteger passes = new AtomicInteger();
    Launch counting =
        (kernel, range, count) -> {
          executes.incrementAndGet();
          passes.addAndGet(count);
          Launch.APARAPI.execute(kernel, range, count);
        };
    OpenClEngine engine = OpenClTestDevice.engine(HostMemory.SEPARATE).with(counting);
    try (Session session = engine.open(network, batch)) {
      session.load(images(network.input(), 2 * batch, 10));
      session.setParameters(Initialization.suited(network).draw(network, 1));
      session.optimize(optimizer, 1);
      assertEquals(0, session.traffic().orElseThrow().passes());
      executes.set(0);
      passes.set(0);
      int[] indices = IntStream.range(0, 2 * batch).toArray();
      for (int step = 0; step < 2; step++) {
        session.step(indices, step * batch, batch, (logits, d, at, first, rows) -> true, 0.01f);
      }
      DeviceTraffic traffic = session.traffic().orElseThrow();
      assertEquals(2, traffic.steps());
      assertEquals(2 * 2, traffic.executes());
      assertEquals(executes.get(), traffic.executes());
      assertEquals(passes.get(), traffic.passes());
      int keys = network.text().contains("dropout") ? network.nodes().size() : 0;
      long logits = Float.BYTES * 10L * batch;
      long status = Integer.BYTES * KernelFields.STATUS_LENGTH;
      long indexBytes = Integer.BYTES * 2L * batch; // of this step's images and the next one's
      assertEquals(
          2 * (indexBytes + Integer.BYTES * (long) keys + logits), traffic.uploadedBytes());
      assertEquals(2 * (logits + 2 * status), traffic.downloadedBytes());

      session.infer(indices, 0, batch, new float[batch * 10]);
      session.step(indices, 0, batch, (values, d, at, first, rows) -> false, 0.01f);
      assertEquals(traffic, session.traffic().orElseThrow(), "only steps that ended well count");
      return traffic;
    }
  }
}
