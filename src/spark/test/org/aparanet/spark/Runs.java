package org.aparanet.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.aparanet.Training;
import org.aparanet.data.DataSet;
import org.aparanet.data.DataSets;
import org.aparanet.engine.Engine;
import org.aparanet.engine.Optimizer;
import org.aparanet.engine.Session;
import org.aparanet.engine.select.Engines;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.Shares;
import org.aparanet.train.TrainingControl;
import org.aparanet.train.TrainingListener;
import org.aparanet.train.TrainingResult;
import org.aparanet.train.rounds.RoundDevices;
import org.aparanet.train.run.PreparedTraining;

/** Small trainings, on Spark and in this process alone. */
final class Runs {
  static final Path DATA = Path.of("data");

  private Runs() {}

  /** Some digits, a network with statistics and dropout, and an optimizer with moments. */
  static Training digits() {
    return Training.network("conv 6 5 stride 2, batchnorm relu, dropout 0.2, dense 10")
        .limit(420)
        .epochs(2)
        .batch(60)
        .round(2)
        .learningRate(0.01)
        .optimizer(Optimizer.Rule.ADAM)
        .seed(7)
        .device("cpu");
  }

  static Training.Result onSpark(JavaSparkContext context, Training training, int shares) {
    return SparkTraining.on(context, training).shares(shares).run("mnist");
  }

  /** The same with sessions of this process, as many as shares. */
  static TrainingResult inProcess(Training training, int shares, DataSet set) {
    Settings settings =
        training
            .settings()
            .over(new Settings())
            .set(Setting.SHARE, Shares.equal(shares))
            .set(Setting.SHARDED, true);
    PreparedTraining prepared =
        new PreparedTraining(settings, Optional.empty(), Optional.empty(), Optional.empty(), set);
    Engine engine =
        new Engines(1).engine(settings.get(Setting.DEVICE).orElseThrow().named().get(0));
    List<Session> sessions = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        sessions.add(engine.open(prepared.start().network(), prepared.plan().sessionBatch()));
      }
      return prepared.runOn(
          (told, step) -> new RoundDevices(sessions, prepared.data(), prepared.plan(), told, step),
          new TrainingListener() {},
          Optional.empty(),
          TrainingControl.stoppedWhen(() -> false));
    } finally {
      sessions.forEach(Session::close);
    }
  }

  static DataSet mnist() {
    return DataSets.open("mnist", DATA);
  }
}
