package org.aparanet.engine.cpu;

/**
 * How threads divide the slices of a batch: into teams that take groups of slices, each slice
 * shared by a team's members. It decides how long a step takes, and not a bit of its result.
 *
 * @param teams that work on different slices
 * @param members threads that share a slice
 */
record Division(int teams, int members) {

  /**
   * What a shared slice takes more than its even share: activations that cross from core to core,
   * hand-overs at each layer, uneven parts, layers that are not divided. Measured with two threads
   * on slices of the network {@code deep}; sharing has to save as much.
   */
  private static final double COST_OF_SHARING = 1.4;

  /**
   * Threads that are counted on, at most, where they share slices in turn: a careful guess, as two
   * were timed.
   */
  private static final int MOST_IN_TURN = 8;

  /**
   * The division that ends first: that with most teams among those, as they meet least.
   *
   * @param slices of the batch
   * @param groups that they form; each is computed by one team
   * @param threads at most
   * @param mostMembers that may share a slice; 1 where slices are too little work
   */
  static Division of(int slices, int groups, int threads, int mostMembers) {
    Division best = new Division(Math.min(groups, threads), 1);
    double least = best.busiest(slices, groups);
    for (int teams = mostMembers > 1 ? best.teams : 0; teams >= 1; teams--) {
      int members = Math.min(threads / teams, mostMembers);
      Division other = new Division(teams, members);
      double share = (double) other.busiest(slices, groups) / members; // equal ones to the bit
      double time = members > 1 ? COST_OF_SHARING * share : share;
      if (time < least) {
        best = other;
        least = time;
      }
    }
    return best;
  }

  /**
   * How many of the last slices all threads had better share, one after the other, as they are too
   * few for a slice each.
   *
   * @param slices that are independent of one another
   * @param threads at most
   * @param members that may share a slice; 1 where slices are too little work
   */
  static int sharedInTurn(int slices, int threads, int members) {
    int rest = slices % threads;
    int sharing = Math.min(MOST_IN_TURN, Math.min(threads, members));
    return rest * COST_OF_SHARING < sharing ? rest : 0;
  }

  /** Slices of the team that has most of them. */
  int busiest(int slices, int groups) {
    int[] load = new int[teams];
    for (int group = 0; group < groups; group++) {
      int first = 0;
      for (int team = 1; team < teams; team++) {
        first = load[team] < load[first] ? team : first;
      }
      load[first] += begin(group + 1, slices, groups) - begin(group, slices, groups);
    }
    int most = 0;
    for (int slicesOfTeam : load) {
      most = Math.max(most, slicesOfTeam);
    }
    return most;
  }

  /** First slice of a group. */
  static int begin(int group, int slices, int groups) {
    return (int) ((long) slices * group / groups);
  }

  /** Number of threads that have work. */
  int threads() {
    return teams * members;
  }
}
