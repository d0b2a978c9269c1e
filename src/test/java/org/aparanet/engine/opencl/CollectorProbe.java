package org.aparanet.engine.opencl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engine;
import org.aparanet.engine.Session;
import org.aparanet.engine.StateLostException;
import org.aparanet.model.Initialization;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.Trainers;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;

/**
 * A program that trains while the garbage collector works against it: arrays that were allocated
 * before the session's and after them are released, followed by full collections, so that a
 * collector that compacts moves the session's arrays.
 *
 * <p>Prints {@code losses N hash H}: how often the device's state was lost and restored, and a hash
 * of the parameters at the end. The first argument is {@code quiet} (no collection) or {@code
 * collect}; the second one how many chunks of memory to have on either side of the session's
 * arrays, half of which die at each collection: ZGC moves what is left where that frees a whole
 * page.
 */
final class CollectorProbe {
  private static final int IMAGES = 96;
  private static final int CHUNK = 40_000; // bytes

  private static volatile byte[] litter;

  private CollectorProbe() {}

  public static void main(String[] arguments) {
    boolean collect = arguments[0].equals("collect");
    Deque<byte[]> ballast = new ArrayDeque<>(chunks(64));
    System.gc(); // the ballast now lies below whatever comes next
    Network network =
        NetworkText.parse(new Shape(1, 12, 12), "conv 4 3 relu, pool 2, dense 16 relu, dense 10");
    Engine engine = OpenClDevices.find().engines().get(0).with(HostMemory.SEPARATE);
    int[] losses = new int[1];
    int chunks = Integer.parseInt(arguments[1]);
    List<byte[]> beside = new ArrayList<>(chunks(chunks));
    try (Session session = engine.open(network, 8)) {
      beside.addAll(chunks(chunks));
      for (int i = 0; i < 32; i++) {
        litter = new byte[CHUNK]; // dies at once: Shenandoah moves what is left
      }
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void step(Step step) {
              if (collect && step.step() % 6 == 0) {
                ballast.pollFirst();
                for (int i = beside.size() - 1; i >= 0; i -= 2) {
                  beside.remove(i);
                }
                System.gc();
              }
            }

            @Override
            public void epoch(Epoch epoch) {}

            @Override
            public void restored(StateLostException cause, long step) {
              losses[0]++;
            }
          };
      // often, so that a collector that is at it all the time does not end the run
      SyncInterval every = new SyncInterval(5, SyncInterval.Unit.STEPS);
      TrainingPlan plan = TrainingPlan.of(6, 8, 0.05f).withSync(every);
      float[] trained =
          Trainers.of(session, images(), images(), plan, listener)
              .run(Initialization.HE.draw(network, 1))
              .parameters();
      System.out.println("losses " + losses[0] + " hash " + Arrays.hashCode(trained));
    }
  }

  private static List<byte[]> chunks(int count) {
    return Stream.generate(() -> new byte[CHUNK]).limit(count).toList();
  }

  private static ImageSet images() {
    byte[] pixels = new byte[IMAGES * 144];
    byte[] labels = new byte[IMAGES];
    Random random = new Random(3);
    random.nextBytes(pixels);
    for (int i = 0; i < IMAGES; i++) {
      labels[i] = (byte) random.nextInt(10);
    }
    return new ImageSet("noise", new Shape(1, 12, 12), pixels, labels, 10);
  }
}
