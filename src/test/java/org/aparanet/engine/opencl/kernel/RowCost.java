package org.aparanet.engine.opencl.kernel;

/**
 * What a row of a pass table asks of a card.
 *
 * @param groups work-groups that it has work for
 * @param instructions of a warp, which is 32 work-items, in each of these work-groups
 * @param cycles that a work-group takes if nothing but its own waits for memory hold it up
 * @param resident work-groups that a compute unit holds at a time
 * @param bytes read and written, each once
 * @param multiplyAdds of the layer's definition
 */
record RowCost(
    double groups,
    double instructions,
    double cycles,
    int resident,
    double bytes,
    double multiplyAdds) {

  /** This work and then some more, by the same work-groups. */
  RowCost then(RowCost more) {
    return new RowCost(
        groups,
        instructions + more.instructions,
        cycles + more.cycles,
        resident,
        bytes + more.bytes,
        multiplyAdds + more.multiplyAdds);
  }
}
