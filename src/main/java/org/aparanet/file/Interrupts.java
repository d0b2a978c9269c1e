package org.aparanet.file;

/**
 * Interrupts of the present thread that are held back while it does what is not to be broken off;
 * closing sets its interrupt flag again if there were any.
 */
public final class Interrupts implements AutoCloseable {
  private boolean came = Thread.interrupted();

  private Interrupts() {}

  /** {@return what holds back an interrupt that came before, and notices those that come} */
  public static Interrupts heldBack() {
    return new Interrupts();
  }

  /** {@return whether there was an interrupt; on the thread of these alone} */
  public boolean came() {
    came |= Thread.interrupted();
    return came;
  }

  /** Notes an interrupt that was told of by an {@link InterruptedException}. */
  void note() {
    came = true;
  }

  @Override
  public void close() {
    if (came) {
      Thread.currentThread().interrupt();
    }
  }
}
