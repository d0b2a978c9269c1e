package org.aparanet.engine.cpu;

import java.util.concurrent.TimeUnit;
import org.aparanet.engine.cpu.lane.BenchmarkSlice;
import org.aparanet.engine.cpu.lane.OperationCase;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Times an operation of a layer on a full slice, in one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OperationBenchmark {
  /** Name of a preset. */
  @Param({})
  public String network;

  /** {@link OperationCase#id} of one of its operations. */
  @Param({})
  public String operation;

  private Runnable body;
  private int repeats;

  /** Lays the slice out and has the operation compiled. */
  @Setup
  public void prepare() {
    OperationCase chosen = new BenchmarkSlice(network).named(operation);
    body = chosen.body();
    repeats = chosen.repeats();
    Warmup.run(body);
  }

  /** Does it {@link OperationCase#repeats} times. */
  @Benchmark
  public void run() {
    for (int i = 0; i < repeats; i++) {
      body.run();
    }
  }
}
