package org.aparanet.spark;

import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.SerializableConfiguration;
import org.aparanet.engine.TrainingState;
import org.aparanet.file.Interrupts;
import org.aparanet.train.rounds.Round;

/**
 * A round of a share, as a task of Spark: the same result wherever it runs, and however often.
 *
 * @param spec of the run
 * @param hadoop configuration of Hadoop
 * @param state before the round
 * @param round which one
 * @param device on which it runs, unless Spark has assigned a GPU to the task
 */
record RoundTask(
    Broadcast<RunSpec> spec,
    Broadcast<SerializableConfiguration> hadoop,
    Broadcast<TrainingState> state,
    Round round,
    String device)
    implements Function<ShareRef, ShareResult> {

  @Override
  public ShareResult call(ShareRef share) {
    try (Interrupts held = Interrupts.heldBack()) { // a session must not be left half-way
      return ExecutorRun.of(spec.value(), hadoop.value().value())
          .run(share, state.value(), round, assigned());
    }
  }

  private String assigned() {
    Map<String, ResourceInformation> resources = TaskContext.get().resourcesJMap();
    ResourceInformation gpu = resources.get("gpu");
    return gpu == null || gpu.addresses().length == 0 ? device : "opencl:" + gpu.addresses()[0];
  }
}
