package org.aparanet.serve;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Shape;
import org.aparanet.report.inspect.MapsJson;

/** {@code POST /look}: what each layer makes of one image, in double precision. */
final class LookRoute implements Route {
  private static final int SECONDS = 20;

  private final ServedModel served;
  private final Layers layers;

  /** One image for each processor at a time: more would not be faster, and need more memory. */
  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  LookRoute(ServedModel served, Layers layers) {
    this.served = served;
    this.layers = layers;
  }

  @Override
  public Answer answer(Request request) {
    Query query = new Query(request.query(), RequestImages.PARAMETERS);
    Shape shape = served.model().network().input();
    RequestImages images = RequestImages.read(request, query, shape);
    if (images.set().count() != 1) {
      throw new RequestException(400, "only one image can be looked at");
    }
    awaitTurn();
    try {
      Inspection inspection = Inspection.of(served.model(), images.set());
      return Answer.json(MapsJson.of(inspection, layers.shown()).toString());
    } finally {
      turns.release();
    }
  }

  private void awaitTurn() {
    try {
      if (turns.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server is closing
    }
    throw new RequestException(503, "the server is busy; try again");
  }
}
