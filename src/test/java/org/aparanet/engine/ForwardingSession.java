package org.aparanet.engine;

import org.aparanet.data.ImageSet;
import org.aparanet.model.Network;

/** A session that says it runs on another device than it does; tests override what is to differ. */
public class ForwardingSession implements Session {
  private final Session session;
  private final Device device;

  public ForwardingSession(Session session, Device device) {
    this.session = session;
    this.device = device;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public Network network() {
    return session.network();
  }

  @Override
  public int batch() {
    return session.batch();
  }

  @Override
  public int load(ImageSet images) {
    return session.load(images);
  }

  @Override
  public int load(float[][] images) {
    return session.load(images);
  }

  @Override
  public int stage(ImageSet images) {
    return session.stage(images);
  }

  @Override
  public void optimize(Optimizer optimizer, long seed) {
    session.optimize(optimizer, seed);
  }

  @Override
  public TrainingState state() {
    return session.state();
  }

  @Override
  public void restore(TrainingState state) {
    session.restore(state);
  }

  @Override
  public void setParameters(float[] values) {
    session.setParameters(values);
  }

  @Override
  public float[] parameters() {
    return session.parameters();
  }

  @Override
  public void expect(int[] images, int from, int count) {
    session.expect(images, from, count);
  }

  @Override
  public boolean step(int[] images, int from, int count, LossGradient loss, float learningRate) {
    return session.step(images, from, count, loss, learningRate);
  }

  @Override
  public float[] gradients() {
    return session.gradients();
  }

  @Override
  public void infer(int[] images, int from, int count, float[] logits) {
    session.infer(images, from, count, logits);
  }

  @Override
  public void close() {
    session.close();
  }
}
