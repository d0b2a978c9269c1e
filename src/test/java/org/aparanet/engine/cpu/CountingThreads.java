package org.aparanet.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.aparanet.engine.cpu.slice.ParameterArithmetic;
import org.aparanet.engine.cpu.slice.Team;

/** Threads and arithmetic of a session, which count what a step hands over, adds and moves. */
final class CountingThreads {
  /** The leaders, then each team, as a session starts them. */
  final List<Counting> started = new ArrayList<>();

  final LongAdder added = new LongAdder();
  final LongAdder moved = new LongAdder();

  /** Threads that count the calls in which several of them have tasks. */
  static final class Counting extends Workers {
    final Queue<Integer> handOvers = new ConcurrentLinkedQueue<>(); // tasks of each

    Counting(int count) {
      super(count);
    }

    @Override
    public void run(int tasks, Task task) {
      if (tasks > 1 && count() > 1) {
        handOvers.add(tasks);
      }
      super.run(tasks, task);
    }
  }

  Workers start(int count) {
    Counting workers = new Counting(count);
    started.add(workers);
    return workers;
  }

  int leaderHandOvers() {
    return started.get(0).handOvers.size();
  }

  int memberHandOvers() {
    return started.stream().skip(1).mapToInt(team -> team.handOvers.size()).sum();
  }

  void clear() {
    started.forEach(workers -> workers.handOvers.clear());
    added.reset();
    moved.reset();
  }

  /** A layout whose sums and updates are counted, in floats. */
  CpuLayout counted(CpuLayout layout) {
    BiConsumer<Team, float[]> filters = layout.filters();
    return new CpuLayout(
        layout.slice(),
        layout.members(),
        layout.parts(),
        layout.order(),
        counted(layout.arithmetic()),
        filters,
        layout.normalizations(),
        layout.wholeBatch(),
        layout.sharedFloats(),
        layout.sliceFloats(),
        layout.source(),
        layout.inference());
  }

  private ParameterArithmetic counted(ParameterArithmetic arithmetic) {
    return new ParameterArithmetic() {
      @Override
      public void add(int from, int to, float[] sum, float[] addend) {
        added.add(to - from);
        arithmetic.add(from, to, sum, addend);
      }

      @Override
      public void update(int from, int to, float[] parameters, float[] gradient, float rate) {
        moved.add(to - from);
        arithmetic.update(from, to, parameters, gradient, rate);
      }
    };
  }
}
