package org.aparanet.engine.cpu.slice;

/** Threads that share numbered tasks. */
public interface Team {

  /** The calling thread alone. */
  Team ALONE =
      new Team() {
        @Override
        public int count() {
          return 1;
        }

        @Override
        public void run(int tasks, Task task) {
          for (int i = 0; i < tasks; i++) {
            task.run(0, i);
          }
        }
      };

  /** Number of threads, the calling one included. */
  int count();

  /**
   * Runs tasks 0 to {@code tasks - 1}, each once, in no particular order, and returns when all have
   * ended. If one throws, those not yet begun are left out, and the first exception is thrown here.
   */
  void run(int tasks, Task task);

  /** Numbered piece of work. */
  @FunctionalInterface
  interface Task {
    /**
     * @param worker number of the worker, from 0: no two tasks with the same one run at a time
     * @param task number of the task, from 0
     */
    void run(int worker, int task);
  }
}
