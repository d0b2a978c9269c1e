package org.aparanet.spark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * A standalone cluster of Spark with two workers that count as two hosts, as which this machine has
 * two addresses: Spark starts no task a second time on the host where it runs.
 */
final class StandaloneCluster implements AutoCloseable {
  private final List<RpcEnv> started = new ArrayList<>();
  private final String master;

  StandaloneCluster(Path folder, SparkConf configuration) {
    RpcEnv rpc = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, configuration)._1();
    started.add(rpc);
    master = "spark://127.0.0.1:" + rpc.address().port();
    for (int host = 2; host <= 3; host++) {
      started.add(
          Worker.startRpcEnvAndEndpoint(
              "127.0.0." + host,
              0,
              0,
              1,
              600,
              new String[] {master},
              folder.resolve("worker" + host).toString(),
              Option.apply(host),
              configuration,
              Option.empty()));
    }
  }

  String master() {
    return master;
  }

  @Override
  public void close() {
    for (int i = started.size() - 1; i >= 0; i--) { // the workers before their master
      started.get(i).shutdown();
      started.get(i).awaitTermination();
    }
  }
}
