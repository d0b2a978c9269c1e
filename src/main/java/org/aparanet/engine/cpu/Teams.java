package org.aparanet.engine.cpu;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.aparanet.engine.cpu.slice.Team;

/**
 * All threads of a session, as teams of equal size: each has a leader, who takes groups of slices,
 * and members, who share a slice's layers with it. Between the slices they are one team, whose
 * first workers are the leaders.
 */
final class Teams implements Team, AutoCloseable {
  private final Workers leaders;
  private final Workers[] teams; // by leader; null where leaders are alone

  /**
   * @param count number of teams, at least 1
   * @param members threads of a team, its leader included, at least 1
   * @param threads starts so many threads
   */
  Teams(int count, int members, IntFunction<Workers> threads) {
    leaders = threads.apply(count);
    teams = members == 1 ? null : new Workers[count];
    for (int i = 0; i < count && teams != null; i++) {
      teams[i] = threads.apply(members);
    }
  }

  /** The leaders, who work on different slices. */
  Team leaders() {
    return leaders;
  }

  /** Those who share the slices of a leader. */
  Team of(int leader) {
    return teams == null ? ALONE : teams[leader];
  }

  @Override
  public int count() {
    return leaders.count() * (teams == null ? 1 : teams[0].count());
  }

  @Override
  public void run(int tasks, Task task) {
    if (teams == null) {
      leaders.run(tasks, task);
    } else if (teams.length == 1) {
      teams[0].run(tasks, task);
    } else if (tasks == 1) {
      task.run(0, 0);
    } else {
      runOnAll(tasks, task);
    }
  }

  private void runOnAll(int tasks, Task task) {
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    leaders.run(
        teams.length,
        (leader, ignored) ->
            teams[leader].run(
                teams[leader].count(),
                (member, alsoIgnored) ->
                    takeAll(member * teams.length + leader, next, tasks, task, failed)));
  }

  private static void takeAll(
      int worker, AtomicInteger next, int tasks, Task task, AtomicBoolean failed) {
    int index;
    while (!failed.get() && (index = next.getAndIncrement()) < tasks) {
      boolean done = false;
      try {
        task.run(worker, index);
        done = true;
      } finally {
        if (!done) {
          failed.set(true);
        }
      }
    }
  }

  @Override
  public void close() {
    leaders.close();
    for (int i = 0; teams != null && i < teams.length; i++) {
      teams[i].close();
    }
  }
}
