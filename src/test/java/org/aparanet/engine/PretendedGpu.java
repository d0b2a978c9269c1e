package org.aparanet.engine;

import java.util.function.UnaryOperator;
import org.aparanet.model.Network;

/** An engine that says it is a GPU, whatever it runs on, with what a test makes of its sessions. */
public final class PretendedGpu implements Engine {
  private final Engine engine;
  private final UnaryOperator<Session> sessions;

  /**
   * @param engine what does the work
   * @param sessions from a session that is as it should be to the one that is used
   */
  public PretendedGpu(Engine engine, UnaryOperator<Session> sessions) {
    this.engine = engine;
    this.sessions = sessions;
  }

  @Override
  public Device device() {
    return new Device("opencl:0", Device.Kind.GPU, "Pretended", "Test", 1L << 30, 8);
  }

  @Override
  public Session open(Network network, int batch) {
    return sessions.apply(new ForwardingSession(engine.open(network, batch), device()));
  }

  /** A GPU whose updates are off by a ten-thousandth. */
  public static PretendedGpu computingWrongly(Engine engine) {
    return new PretendedGpu(
        engine,
        session ->
            new ForwardingSession(session, session.device()) {
              @Override
              public boolean step(
                  int[] images, int from, int count, LossGradient loss, float learningRate) {
                return super.step(images, from, count, loss, learningRate * 1.0001f);
              }
            });
  }

  /** A GPU whose sessions fail for good at a step, counted from 1. */
  public static PretendedGpu failingAtStep(Engine engine, int step) {
    return new PretendedGpu(
        engine,
        session ->
            new ForwardingSession(session, session.device()) {
              private int steps;

              @Override
              public boolean step(
                  int[] images, int from, int count, LossGradient loss, float learningRate) {
                steps++;
                if (steps >= step) {
                  throw new EngineException(device() + " fell off the bus");
                }
                return super.step(images, from, count, loss, learningRate);
              }
            });
  }
}
