package org.aparanet.report.watch;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.StateLostException;
import org.aparanet.engine.StepProfile;
import org.aparanet.model.Model;
import org.aparanet.train.Pause;
import org.aparanet.train.StateObserver;
import org.aparanet.train.TrainingControl;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingPlan;
import org.aparanet.train.TrainingSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training that is watched: takes what the run tells, has one thread of low priority make
 * statistics and pictures of it while somebody looks on, and sends them as events. What is asked of
 * it from outside, it asks of the run.
 *
 * <p>The thread that trains only copies numbers for it, and only when they are wanted. The watching
 * thread takes at most about 1.5 % of one processor's time, half of it for each of two kinds of
 * work: after a piece of work its kind rests 133 times as long as work and copying took. What
 * counts is how long it took, not its processor time alone: the two differ where a machine has more
 * to do than it has processors for, and there the run's own share is small as well.
 */
public final class Watch implements TrainingListener, StateObserver, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Watch.class);

  /** Shares of a processor's time for the two kinds of work. */
  private static final double SHARE = 0.0075;

  private static final long TICK_MILLISECONDS = 250;
  private static final long NEWS_NANOS = 1_000_000_000;
  private static final long LOOK_MILLISECONDS = 700;
  private static final long PROBE_MILLISECONDS = 1_000;

  /** Nothing is looked at before this time, when Java's compiler has done most. */
  private static final long FIRST_LOOK_NANOS = 3_000_000_000L;

  private static final long PROFILE_NANOS = 30_000_000_000L;

  /**
   * Steps 1, 2, 4, 8 and so on up to here are taken apart whoever looks on. Java's compiler leaves
   * out what never happened while it watched: the first clock in the engine after that would throw
   * away the code that it had made, and the training would be slow until it is made again.
   */
  private static final long LAST_EARLY_PROFILE = 4096;

  /** Steps before this one are still slow, and their times say nothing. */
  private static final long FIRST_SHOWN_PROFILE = 256;

  private final EventHub hub = new EventHub();
  private final LiveCurves curves = new LiveCurves();
  private final Pause pause = new Pause();
  private final Model start;
  private final TrainingPlan plan;
  private final TrainingData data;
  private final JsonObject about;
  private final Looks looks;
  private final Thread thread = new Thread(this::work, "aparanet-watch");
  private final Effort lookEffort = new Effort(SHARE, LOOK_MILLISECONDS, System.nanoTime());
  private final Effort probeEffort = new Effort(SHARE, PROBE_MILLISECONDS, System.nanoTime());

  /** Number of states that are still wanted: two that follow one another, or one in a pause. */
  private volatile int wanted;

  /** Whether {@link #first} is the state just before the one that is wanted. */
  private boolean paired;

  private volatile boolean profileWanted;
  private volatile boolean stopped;
  private volatile boolean closed;
  private volatile boolean ended;

  // of the thread that trains
  private long asked;
  private long askedAt;
  private State first;
  private volatile long stepsOfEpoch;

  // guarded by this
  private Phase phase = Phase.TRAINING;
  private String sentence = "";
  private List<Device> devices = List.of();
  private int image;
  private boolean imageChosen;
  private State before;
  private State now;
  private boolean isNew;
  private boolean probed;
  private long copyNanos;
  private JsonObject weights;
  private JsonObject probe;
  private JsonObject maps;
  private JsonObject kernels;
  private JsonObject profile;
  private boolean profileIsNew;

  // of the watching thread
  private long newsAt = System.nanoTime();
  private long profileAt;

  /**
   * Prepares to watch a run.
   *
   * @param start the network with its first parameters
   * @param data what is trained and tested with
   * @param plan how it is trained
   * @param description of the plan, in a line
   */
  public Watch(Model start, TrainingData data, TrainingPlan plan, String description) {
    this.start = start;
    this.data = data;
    this.plan = plan;
    looks = new Looks(start, data, plan.freeze());
    about = new JsonObject();
    about.addProperty("network", start.network().text());
    about.addProperty("plan", description);
    about.addProperty("train", data.train().name());
    about.addProperty("test", data.test().name());
    about.addProperty("testImages", data.test().count());
    about.addProperty("probeImages", looks.probeImages());
    about.addProperty("epochs", plan.epochs());
    about.addProperty("hostLoss", plan.softmax() == TrainingPlan.Softmax.HOST);
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  /** Stops, pauses and observes the run. */
  public TrainingControl control() {
    return new TrainingControl(() -> stopped, pause, this);
  }

  /**
   * Begins to watch. The first looks come a few seconds later, for before that Java's compiler has
   * the training's own code to work on.
   *
   * @param on the devices that train
   * @param step steps that were taken before, in a run that goes on
   */
  public void begin(List<Device> on, long step) {
    synchronized (this) {
      devices = List.copyOf(on);
      now = new State(step, start.parameters());
    }
    long first = System.nanoTime() + FIRST_LOOK_NANOS;
    lookEffort.waitUntil(first);
    probeEffort.waitUntil(first);
    profileAt = System.nanoTime() + PROFILE_NANOS;
    thread.start();
  }

  /**
   * Opens a stream of events for a client, on the thread that takes them.
   *
   * @return empty if there are too many already
   */
  public synchronized Optional<EventStream> open() {
    return hub.hasRoom() ? hub.open(state()) : Optional.empty();
  }

  /** Everything that there is, as the first event of a stream has it. */
  public synchronized String state() {
    JsonObject json = new JsonObject();
    json.add("about", about);
    json.add("status", status());
    json.add("curves", curves.all());
    json.add("weights", weights);
    json.add("probe", probe);
    json.add("maps", maps);
    json.add("kernels", kernels);
    json.add("profile", profile);
    return json.toString();
  }

  private synchronized JsonObject status() {
    JsonObject json = new JsonObject();
    json.addProperty("phase", phase.word());
    json.addProperty("sentence", sentence);
    json.addProperty("device", devices.isEmpty() ? "" : Device.names(devices));
    json.addProperty("image", image);
    Step last = curves.last();
    if (last != null) {
      json.addProperty("step", last.step());
      json.addProperty("epoch", last.epoch());
      json.addProperty("images", last.soFar().images());
      json.addProperty("of", last.soFar().of());
    }
    return json;
  }

  // what is asked from outside

  /** Has the run wait after its present step; false if it is over. */
  public synchronized boolean pause() {
    change(Phase.TRAINING, Phase.PAUSED, pause::pause);
    return !phase.isOver();
  }

  /** Has the run go on; false if it is over. */
  public synchronized boolean resume() {
    change(Phase.PAUSED, Phase.TRAINING, pause::resume);
    return !phase.isOver();
  }

  /** Has the run end after its present step; false if it is over. */
  public synchronized boolean stop() {
    Runnable action = () -> stopped = true;
    change(Phase.TRAINING, Phase.STOPPING, action);
    change(Phase.PAUSED, Phase.STOPPING, action);
    return !phase.isOver();
  }

  /** Ends the page's time, once the run is over; false if it is not. */
  public synchronized boolean end() {
    if (phase.isOver()) {
      ended = true;
      notifyAll();
    }
    return phase.isOver();
  }

  /**
   * Chooses the test image whose feature maps are shown.
   *
   * @param number from 0
   * @throws IllegalArgumentException if there is none of that number
   */
  public synchronized void choose(int number) {
    if (number < 0 || number >= data.test().count()) {
      throw new IllegalArgumentException(
          "there is no test image " + number + "; there are 0 to " + (data.test().count() - 1));
    }
    image = number;
    imageChosen = true;
    notifyAll();
    hub.send("status", status().toString());
  }

  private synchronized void change(Phase from, Phase to, Runnable action) {
    if (phase == from) {
      phase = to;
      action.run();
      notifyAll();
      hub.send("status", status().toString());
    }
  }

  // what the run tells

  @Override
  public void step(Step step) {
    curves.step(step);
  }

  @Override
  public void epoch(Epoch epoch) {
    curves.epoch(epoch);
    Step last = curves.last();
    if (last != null) {
      stepsOfEpoch = last.step() / epoch.epoch();
    }
  }

  @Override
  public void restored(StateLostException cause, long step) {
    tell(cause.getMessage() + "; going on from step " + step);
  }

  @Override
  public void fellBack(EngineException cause, Device other, long step) {
    synchronized (this) {
      devices = List.of(other);
    }
    tell(cause.getMessage() + "; going on from step " + step + " on " + other);
  }

  @Override
  public void shareMoved(EngineException cause, Device failed, List<Device> others, long step) {
    synchronized (this) {
      List<Device> left = new ArrayList<>(devices);
      left.remove(failed);
      devices = left;
    }
    tell(TrainingSummary.moved(cause, failed, others));
  }

  private synchronized void tell(String what) {
    sentence = what;
    hub.send("status", status().toString());
  }

  @Override
  public boolean wantsState() {
    if (wanted == 0) {
      return false;
    }
    askedAt = System.nanoTime();
    return true;
  }

  @Override
  public void state(long step, float[] parameters) {
    long copying = System.nanoTime() - askedAt;
    State state = new State(step, parameters);
    synchronized (this) {
      copyNanos += copying * Runtime.getRuntime().availableProcessors(); // all of them wait
      if (wanted > 1) {
        wanted = 1;
        paired = true;
        first = state;
        return;
      }
      before = paired && first.step() < step ? first : null;
      first = null;
      now = state;
      isNew = true;
      wanted = 0;
      notifyAll();
    }
  }

  @Override
  public boolean wantsProfile() {
    asked++;
    boolean early = asked <= LAST_EARLY_PROFILE && Long.bitCount(asked) == 1;
    return profileWanted || early && plan.softmax() == TrainingPlan.Softmax.HOST;
  }

  @Override
  public void profile(long step, Device on, StepProfile found) {
    profileWanted = false;
    if (asked >= FIRST_SHOWN_PROFILE) {
      synchronized (this) {
        profile = ProfileJson.of(step, on, found);
        profileIsNew = true;
      }
    }
  }

  /**
   * Tells that the run has a result.
   *
   * @param what the result, in a sentence
   * @param result the trained network
   * @param bestEpoch the epoch after which it was so, if that need not be the last one
   */
  public void ended(String what, Model result, OptionalInt bestEpoch) {
    synchronized (this) {
      before = null;
      Step last = curves.last();
      long step = last == null ? now.step() : last.step();
      step = bestEpoch.isPresent() ? bestEpoch.getAsInt() * stepsOfEpoch : step;
      now = new State(step, result.parameters());
      isNew = true;
    }
    over(Phase.ENDED, what);
  }

  /** Tells that the run has failed, in a sentence. */
  public void failed(String why) {
    over(Phase.FAILED, why);
  }

  private synchronized void over(Phase how, String what) {
    phase = how;
    sentence = what;
    wanted = 0;
    profileWanted = false;
    JsonObject news = curves.news();
    hub.send("progress", progress(news));
    notifyAll();
  }

  /**
   * Waits until the page is no longer wanted: until {@link #end}.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public synchronized void awaitEnd() throws InterruptedException {
    while (!ended) {
      wait();
    }
  }

  /** Stops watching, and tells those who look on that nothing comes any more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      hub.send("over", "{}");
      notifyAll();
    }
    hub.close();
  }

  // the watching thread

  private void work() {
    boolean able = true;
    while (!closed) {
      try {
        if (hub.isWatched()) {
          news();
          if (able) {
            want();
            lookIfDue();
          }
        } else {
          wantNothing();
        }
        rest(able);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | OutOfMemoryError e) {
        LOGGER.warn("the page of the training shows no more than its curves from now on", e);
        able = false;
        wantNothing();
        tell("no more than the curves can be shown: " + e);
      }
    }
  }

  private synchronized void wantNothing() {
    want(0);
    profileWanted = false;
  }

  private synchronized void want(int states) {
    wanted = states;
    paired = false;
  }

  /** Waits a moment, unless somebody waits for an image that can be shown. */
  private synchronized void rest(boolean able) throws InterruptedException {
    if (!closed && !(imageChosen && able && hub.isWatched())) {
      wait(TICK_MILLISECONDS);
    }
  }

  /** Sends what is new of the curves, and a new profile. */
  private void news() {
    long time = System.nanoTime();
    if (time - newsAt < NEWS_NANOS) {
      return;
    }
    synchronized (this) { // so that a client that comes gets it before or after, whole
      JsonObject news = curves.news();
      if (news.size() > 0) {
        newsAt = time;
        hub.send("progress", progress(news));
      }
      if (profileIsNew) {
        profileIsNew = false;
        hub.send("profile", profile.toString());
      }
    }
  }

  private String progress(JsonObject news) {
    JsonObject json = new JsonObject();
    json.add("curves", news);
    json.add("status", status());
    return json.toString();
  }

  /** Asks the run for what is due. */
  private synchronized void want() {
    long time = System.nanoTime();
    Step last = curves.last();
    if (phase == Phase.TRAINING && wanted == 0 && !isNew && lookEffort.isDue(time)) {
      want(2);
    } else if (phase == Phase.PAUSED && last != null && now.step() != last.step()) {
      want(1);
    }
    if (phase == Phase.TRAINING && last != null && time - profileAt >= 0) {
      profileAt = time + PROFILE_NANOS;
      profileWanted = plan.softmax() == TrainingPlan.Softmax.HOST;
    }
  }

  private void lookIfDue() {
    boolean due;
    synchronized (this) {
      due = isNew || imageChosen || !probed && (calm() || probeEffort.isDue(System.nanoTime()));
    }
    if (due) {
      look();
    }
  }

  /** Whether nothing is trained that work of the watching thread could slow down. */
  private synchronized boolean calm() {
    return phase == Phase.PAUSED || phase.isOver();
  }

  /** Makes what is due of the newest state, and sends it. */
  private void look() {
    State earlier;
    State state;
    int number;
    boolean fresh;
    boolean probing;
    long copied;
    synchronized (this) {
      earlier = before;
      state = now;
      number = image;
      fresh = isNew;
      probed &= !fresh;
      probing = !probed && (calm() || probeEffort.isDue(System.nanoTime()));
      copied = copyNanos;
      isNew = false;
      imageChosen = false;
      copyNanos = 0;
    }
    long begin = System.nanoTime();
    JsonObject news = new JsonObject();
    if (fresh) {
      news.add("weights", looks.weights(earlier, state));
    }
    Optional<Looks.Maps> pictures =
        fresh || maps == null || maps.get("number").getAsInt() != number
            ? looks.maps(state, number)
            : Optional.empty();
    pictures.ifPresent(found -> news.add("maps", found.json()));
    lookEffort.spent(System.nanoTime() - begin + copied, System.nanoTime());
    if (probing) {
      begin = System.nanoTime();
      news.add("probe", looks.probe(state));
      probeEffort.spent(System.nanoTime() - begin, System.nanoTime());
    }
    begin = System.nanoTime();
    synchronized (this) {
      if (kernels == null && pictures.isPresent()) { // with the first maps that a client gets
        kernels = pictures.get().kernels();
        news.add("kernels", kernels);
      }
      weights = news.has("weights") ? news.getAsJsonObject("weights") : weights;
      maps = news.has("maps") ? news.getAsJsonObject("maps") : maps;
      probe = news.has("probe") ? news.getAsJsonObject("probe") : probe;
      probed |= probing;
      hub.send("look", news.toString());
    }
    lookEffort.spentBeside(System.nanoTime() - begin, System.nanoTime());
  }
}
