package org.aparanet.spark;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.aparanet.train.rounds.StateSum;
import scala.Tuple2;

/**
 * A round of all shares, as a job of Spark. Up to 16 states are summed by the driver; more of them
 * first by executors, in groups of neighbouring shares.
 *
 * @param results in the order of the shares; of a sum in groups without states
 * @param sum of all states
 */
record RoundJob(List<ShareResult> results, StateSum sum) {

  /** Neighbouring shares with the sum of their states. */
  private record Group(int number, List<ShareResult> results, StateSum sum)
      implements Serializable {

    static Group of(int number, Iterable<ShareResult> results) {
      List<ShareResult> sorted =
          StreamSupport.stream(results.spliterator(), false)
              .sorted(Comparator.comparingInt(result -> result.round().share()))
              .toList();
      StateSum sum = StateSum.of(sorted.stream().map(ShareResult::round).toList());
      return new Group(number, sorted.stream().map(ShareResult::withoutState).toList(), sum);
    }
  }

  static RoundJob run(JavaRDD<ShareRef> shares, RoundTask task) {
    int count = shares.getNumPartitions();
    int size = StateSum.group(count);
    JavaRDD<ShareResult> results = shares.map(task);
    if (size == count) {
      List<ShareResult> all = SparkJobs.collect(results);
      return new RoundJob(all, StateSum.of(all.stream().map(ShareResult::round).toList()));
    }
    JavaPairRDD<Integer, Iterable<ShareResult>> grouped =
        results
            .mapToPair(result -> new Tuple2<>(result.round().share() / size, result))
            .groupByKey((count + size - 1) / size);
    try {
      List<Group> groups =
          SparkJobs.collect(grouped.map(group -> Group.of(group._1(), group._2()))).stream()
              .sorted(Comparator.comparingInt(Group::number))
              .toList();
      return new RoundJob(
          groups.stream().flatMap(group -> group.results().stream()).toList(),
          StateSum.ofGroups(groups.stream().map(Group::sum).toList()));
    } finally {
      grouped.rdd().cleanShuffleDependencies(false); // or states would fill the executors' disks
    }
  }
}
