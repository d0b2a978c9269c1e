package org.aparanet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.Engine;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.ForwardingSession;
import org.aparanet.engine.LossGradient;
import org.aparanet.engine.Session;
import org.aparanet.engine.StepPart;
import org.aparanet.engine.StepProfile;
import org.aparanet.engine.TrainingState;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.CheckedOperation;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.junit.jupiter.api.AfterEach;

/** Devices of known times for the bench: a clock goes on as their work does. */
abstract class BenchOnClock {
  static final Network NETWORK = NetworkText.parse(new Shape(1, 1, 1), "dense 2");
  private static final Machine MACHINE = new Machine("", 1, -1, "", "", "", "");

  /** Goes on as if all devices took turns on one core. */
  private final AtomicLong nanos = new AtomicLong(5_000_000_000L); // any

  private final Set<Session> open = new HashSet<>();
  boolean spoilt; // whether a state that is restored is none any more
  int failing; // which of a GPU's sessions of 40 images; none where 0

  @AfterEach
  void everySessionIsClosed() {
    assertEquals(Set.of(), open);
  }

  BenchReport bench(
      List<Integer> batches, List<Integer> series, double seconds, Engine... engines) {
    return run(
        new BenchPlan(
            List.of(new BenchCase("net", NETWORK, batches)),
            List.of(engines),
            new BenchPlan.Pace(seconds, 0.1, series, false)));
  }

  BenchReport run(BenchPlan plan) {
    return Bench.run(
        plan,
        MACHINE,
        told -> {},
        engine ->
            new CheckReport(
                engine.device(), Map.of(CheckedOperation.UPDATE, 0.0), Optional.empty()),
        nanos::get);
  }

  /**
   * The Java engine as it would be on a device of such times; too slow at first to be warmed up.
   */
  class Timed implements Engine {
    private final Engine works = new CpuEngine(1);
    private final Device device;
    private final double ofStep;
    private final double ofImage;
    private int sessions; // opened for the network at a batch of 40

    Timed(String id, double ofStep, double ofImage) {
      Device.Kind kind = id.equals("cpu") ? Device.Kind.JAVA : Device.Kind.GPU;
      device = new Device(id, kind, "Timed", "test", 1, 1);
      this.ofStep = ofStep;
      this.ofImage = ofImage;
    }

    @Override
    public Device device() {
      return device;
    }

    @Override
    public Session open(Network network, int batch) {
      nanos.addAndGet(300_000_000);
      int session = network.equals(NETWORK) && batch == 40 ? ++sessions : 0;
      return new ForwardingSession(works.open(network, batch), device) {
        private boolean warm;
        private int profiles;

        {
          open.add(this);
        }

        @Override
        public void close() {
          open.remove(this);
          super.close();
        }

        @Override
        public int load(ImageSet images) {
          nanos.addAndGet(5_000_000);
          return super.load(images);
        }

        @Override
        public void setParameters(float[] values) {
          nanos.addAndGet(2_000_000);
          super.setParameters(values);
        }

        @Override
        public boolean step(
            int[] images, int from, int count, LossGradient loss, float learningRate) {
          nanos.addAndGet((warm ? 0 : 10_000_000_000L) + (long) (ofStep + count * ofImage));
          warm = true;
          if (session == failing && device.kind() == Device.Kind.GPU && failing > 0) {
            throw new EngineException(device + " is gone");
          }
          return super.step(images, from, count, loss, learningRate);
        }

        @Override
        public void restore(TrainingState state) {
          nanos.addAndGet(120_000);
          float[] parameters = state.parameters().clone();
          if (spoilt) {
            Arrays.fill(parameters, Float.NaN);
          }
          super.restore(
              new TrainingState(
                  parameters, state.firstMoments(), state.secondMoments(), state.steps()));
        }

        @Override
        public TrainingState state() {
          nanos.addAndGet(80_000);
          return super.state();
        }

        /** Of three profiles, one has other times. */
        @Override
        public StepProfile profile(
            int[] images, int from, int count, LossGradient loss, float learningRate) {
          nanos.addAndGet((long) (ofStep + count * ofImage));
          profiles++;
          double factor = profiles % 3 == 0 ? 10 : 1;
          return new StepProfile(
              List.of(
                  new StepPart("first", StepPart.Kind.DENSE, 1_000 * factor, 1, 1, 1),
                  new StepPart("second", StepPart.Kind.DENSE, 3_000 * factor, 2, 1, 1)),
              "told");
        }

        @Override
        public void infer(int[] images, int from, int count, float[] logits) {
          nanos.addAndGet((long) (ofStep + count * ofImage) / 4);
          super.infer(images, from, count, logits);
        }
      };
    }
  }
}
