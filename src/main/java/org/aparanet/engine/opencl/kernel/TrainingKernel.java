package org.aparanet.engine.opencl.kernel;

/**
 * A whole network in one kernel: each pass runs the operation that its row of the pass table names,
 * by the same functions that the kernels of the single operations run.
 *
 * <p>One kernel, because each Aparapi kernel has an OpenCL context of its own and two of them
 * cannot share a buffer; passes of one kernel can, so that activations, gradients and parameters
 * stay on the device from the first pass of a step to its last, and on to the next step.
 *
 * <p>Aparapi builds a device buffer anew from the array on the Java heap whenever the garbage
 * collector has moved that array, and what only the device knew is lost without a word. So the
 * arrays whose contents must last carry a mark: the parameters, running statistics among them, and
 * the moments the number of updates they have seen (their generation), the activations the number
 * of the step that wrote them. The marks are checked on the device before an update and come back
 * with each execute's {@link #status}.
 */
public final class TrainingKernel extends MatrixProduct {
  /** In {@link #status}: the step in which it was written. */
  static final int STATUS_STEP = 0;

  /** In {@link #status}: the generation of the parameters that the execute found. */
  static final int STATUS_GENERATION = 1;

  /** In {@link #status}: 1 if an update found the marks that it expected, else 0. */
  static final int STATUS_INTACT = 2;

  /** In {@link #status}: 1 if a batch that was gathered ahead was found in its place, else 0. */
  static final int STATUS_GATHERED = 3;

  static final int STATUS_LENGTH = 4;

  /** The largest mark; floats count whole numbers exactly up to there. */
  static final int LAST_MARK = (1 << 23) - 1;

  /** All parameters, then their mark. */
  float[] parameters;

  /** The gradients of all parameters, laid out like them, then the step that they belong to. */
  float[] dParameters;

  /** The input batch and each layer's output, then their mark. */
  float[] activations;

  /** The gradients of the activations, laid out like them, then those in front of max-pools. */
  float[] dActivations;

  /** Sums that were cut into chunks, before they are added up. */
  float[] partials;

  /** The data set, in chunks. */
  byte[] images0;

  byte[] images1;
  byte[] images2;
  byte[] images3;

  /** Images that the host changes between steps. */
  byte[] staged;

  /** Images of a full chunk. */
  int chunkImages;

  /** For each layer its key of this step, see {@link org.aparanet.model.DropoutMask}. */
  int[] keys;

  /**
   * Which images make up the batch, and then, from {@link #mostImages} on, the next one: numbers in
   * the data set, or -1 - number in {@link #staged}.
   */
  int[] indices;

  float[] logits;
  float[] dLogits;

  /** The images' classes, where the device computes the loss. */
  int[] labels;

  /**
   * Results of steps whose loss the device computes [steps, 2 * mostImages + 1]: the images'
   * losses, 1 for each image that was classified right, and the step's number as a mark.
   */
  float[] losses;

  int[] status;

  /** Where in {@link #losses} this step begins. */
  int lossesAt;

  /** 1 if the execute is a whole step, with the loss on the device. */
  int whole;

  /** The first entry of {@link #passes} that an execute runs. */
  int firstPass;

  /** Number of the last pass of an execute. */
  int lastPass;

  /** 1 if the execute goes backward and may change the parameters. */
  int training;

  /** Number of this step: the mark of the activations that it writes. */
  int step;

  /** 1 if the execute begins with a batch that the step before has gathered. */
  int gathered;

  /** Images that the update gathers for the next step; 0 for none. */
  int nextBatch;

  /** The most images of a batch: in {@link #indices} the next batch begins there. */
  int mostImages;

  /** Updates that the parameters have seen: their mark. */
  int generation;

  /** The moments' mark: that of the parameters, unless those were replaced since. */
  int momentGeneration;

  int imageSize;
  int parameterCount;
  int activationCount;

  @Override
  public void run() {
    int row = passes[firstPass + getPassId()];
    int operation = passes[row + Pass.OPERATION];
    if (gathered == 1 && getPassId() == 0 && getGlobalId() == 0) {
      checkBatch();
    }
    if (training == 1 && getPassId() == 0 && getGlobalId() == 0) {
      checkMarks();
    }
    if (training == 0 && getPassId() == lastPass && getGlobalId() == 0) {
      leaveMarks();
    }
    if (operation > Opcode.LAST_OF_WORK_UNITS) {
      elementwise(operation, row, getGlobalId(), getGlobalSize());
    }
    // As in products(), but written out: compilers join functions only up to some size, and one
    // that is not joined with this one costs each of its values a way through memory.
    int workUnits = 0;
    if (operation <= Opcode.LAST_OF_WORK_UNITS) {
      workUnits = workUnitsOfPass(row);
    }
    int link = 0;
    int workUnit = getGroupId();
    while (workUnit < workUnits) {
      int own = ownRow(row, workUnit, link);
      int workUnitOfRow = ownWorkUnit(row, workUnit);
      computeGroup(own, workUnitOfRow);
      localBarrier();
      storeSums(own, workUnitOfRow);
      localGlobalBarrier(); // the next link reads what this one has written
      link++;
      if (link >= passes[row + Pass.LINKS]) {
        link = 0;
        workUnit += getNumGroups();
      }
    }
  }

  /** Work-groups that a product, the sums of a batch normalisation or a link has work for. */
  @Override
  int workUnits(int row) {
    int workUnits = 0;
    if (ofSums(row) == 1) {
      workUnits = normWorkUnits(passes, row);
    } else {
      workUnits = super.workUnits(row);
    }
    return workUnits;
  }

  /** Whether a row is of a batch normalisation's sums: 1 or 0. */
  int ofSums(int row) {
    int operation = passes[row + Pass.OPERATION];
    int of = 0;
    if (operation > Opcode.LAST_PRODUCT && operation <= Opcode.LAST_OF_SUMS) {
      of = 1;
    }
    return of;
  }

  @Override
  void storeSums(int row, int workUnit) {
    if (ofSums(row) == 1) {
      storeNormSums(activations, partials, passes, row, batch, workUnit);
    }
    if (passes[row + Pass.OPERATION] <= Opcode.LAST_PRODUCT) {
      super.storeSums(row, workUnit);
    }
    // links without sums; in computeGroup() compilers would find it too large to be joined with its
    // caller
    if (passes[row + Pass.OPERATION] == Opcode.FINISH_IMAGES) {
      finishImages(row, workUnit);
    }
    if (passes[row + Pass.OPERATION] == Opcode.SOFTMAX_LOSS) {
      imageLosses(row, workUnit);
    }
  }

  void leaveMarks() {
    activations[activationCount] = step;
    status[STATUS_STEP] = step;
    status[STATUS_GENERATION] = (int) parameters[parameterCount];
  }

  void checkBatch() {
    status[STATUS_GATHERED] = 0;
    if ((int) activations[activationCount] == step) {
      status[STATUS_GATHERED] = 1;
    }
  }

  void checkMarks() {
    int intact = 0;
    if ((int) parameters[parameterCount] == generation) {
      intact = 1;
    }
    // a whole step writes its activations itself, but for a batch that was gathered ahead
    if (whole == 0 && (int) activations[activationCount] != step) {
      intact = 0;
    }
    if (gathered == 1 && status[STATUS_GATHERED] != 1) {
      intact = 0;
    }
    status[STATUS_INTACT] = intact;
    if (rule >= UpdateRule.MOMENTUM && (int) firstMoments[parameterCount] != momentGeneration) {
      status[STATUS_INTACT] = 0;
    }
    if (rule >= UpdateRule.ADAM && (int) secondMoments[parameterCount] != momentGeneration) {
      status[STATUS_INTACT] = 0;
    }
    dParameters[parameterCount] = step;
  }

  // Aparapi translates a chain of ifs, one after another, but not every nesting of if and else.

  void elementwise(int operation, int row, int item, int items) {
    // this step's images, or those of the next one: the update needs none
    int first = 0;
    int count = 0;
    if (operation == Opcode.GATHER) {
      count = batch;
    }
    if (operation == Opcode.UPDATE) {
      first = mostImages;
      count = nextBatch;
    }
    GatherImages.gatherImages(
        images0,
        images1,
        images2,
        images3,
        staged,
        indices,
        activations,
        chunkImages,
        imageSize,
        first,
        count,
        item,
        items);
    if (operation == Opcode.FINISH_OUTPUTS) {
      FinishOutputs.finishOutputs(
          partials, parameters, activations, passes, row, batch, item, items);
    }
    if (operation == Opcode.MAX_POOL_FORWARD) {
      MaxPoolForward.maxPoolForward(activations, activations, passes, row, batch, item, items);
    }
    if (operation == Opcode.MAX_POOL_BACKWARD) {
      MaxPoolBackward.maxPoolBackward(
          activations, dActivations, dActivations, passes, row, batch, item, items);
    }
    if (operation == Opcode.RELU_FORWARD) {
      ReluForward.reluForward(activations, activations, passes, row, batch, item, items);
    }
    if (operation == Opcode.RELU_BACKWARD) {
      ReluBackward.reluBackward(
          activations, dActivations, dActivations, passes, row, batch, item, items);
    }
    if (operation == Opcode.LEAKY_RELU_FORWARD) {
      LeakyReluForward.leakyReluForward(activations, activations, passes, row, batch, item, items);
    }
    if (operation == Opcode.LEAKY_RELU_BACKWARD) {
      LeakyReluBackward.leakyReluBackward(
          activations, dActivations, dActivations, passes, row, batch, item, items);
    }
    if (operation == Opcode.AVERAGE_POOL_FORWARD) {
      AveragePoolForward.averagePoolForward(
          activations, activations, passes, row, batch, item, items);
    }
    if (operation == Opcode.AVERAGE_POOL_BACKWARD) {
      AveragePoolBackward.averagePoolBackward(
          activations, dActivations, dActivations, passes, row, batch, item, items);
    }
    if (operation == Opcode.DROPOUT_FORWARD) {
      DropoutForward.dropoutForward(
          activations, activations, keys, passes, row, batch, item, items);
    }
    if (operation == Opcode.DROPOUT_BACKWARD) {
      DropoutBackward.dropoutBackward(
          activations, dActivations, dActivations, keys, passes, row, batch, item, items);
    }
    if (operation == Opcode.RESIDUAL_FORWARD) {
      ResidualForward.residualForward(
          activations, activations, activations, passes, row, batch, item, items);
    }
    if (operation == Opcode.RESIDUAL_BACKWARD) {
      ResidualBackward.residualBackward(
          activations, dActivations, dActivations, passes, row, batch, item, items);
    }
    if (operation == Opcode.BATCH_NORM_FORWARD) {
      batchNormForward(activations, parameters, activations, partials, passes, row, batch);
    }
    if (operation == Opcode.BATCH_NORM_BACKWARD) {
      batchNormBackward(
          activations, parameters, dActivations, dActivations, partials, passes, row, batch);
    }
    if (operation == Opcode.GRADIENT_SQUARES) {
      gradientSquares(partials, dParameters, passes, row, item, items);
    }
    if (operation == Opcode.SQUARE_SUMS) {
      squareSums(item, items);
    }
    if (operation == Opcode.UPDATE) {
      update(row, item, items);
    }
  }

  /** The mark that follows one; marks start over where floats no longer count whole numbers. */
  static int next(int mark) {
    return (mark + 1) & LAST_MARK;
  }

  void update(int row, int item, int items) {
    if (status[STATUS_INTACT] == 1) {
      parameterUpdate(partials, parameters, dParameters, passes, row, item, items);
      RunningStatistics.moveStatistics(activations, parameters, passes, row, batch, item, items);
    }
    if (item == 0 && status[STATUS_INTACT] == 1) {
      parameters[parameterCount] = next(generation);
      status[STATUS_GENERATION] = next(generation);
    }
    if (item == 0 && status[STATUS_INTACT] == 1 && rule >= UpdateRule.MOMENTUM) {
      firstMoments[parameterCount] = next(generation);
    }
    if (item == 0 && status[STATUS_INTACT] == 1 && rule >= UpdateRule.ADAM) {
      secondMoments[parameterCount] = next(generation);
    }
    if (item == 0 && status[STATUS_INTACT] == 1 && whole == 1) {
      losses[lossesAt + 2 * mostImages] = step;
    }
    if (item == 0 && nextBatch > 0) {
      activations[activationCount] = next(step);
    }
  }

  /**
   * The tile comes last: it has barriers inside a condition, and some drivers build everything that
   * stands behind such a barrier twice.
   */
  @Override
  void computeGroup(int row, int workUnit) {
    int tiles = passes[row + Pass.TILE_ROWS];
    int operation = passes[row + Pass.OPERATION];
    if (ofSums(row) == 1) {
      normSums(activations, dActivations, passes, row, batch, workUnit);
    }
    if (tiles == 0 && operation == Opcode.BACKWARD_FILTER) {
      blockOfFilters(row, workUnit);
    }
    if (tiles == 0 && operation < Opcode.BACKWARD_FILTER) {
      blockOfPositions(row, workUnit);
    }
    if (tiles != 0) {
      tile(row, workUnit);
    }
  }

  /** The sums of a forward product that were cut into chunks, put together for a block's images. */
  void finishImages(int row, int workUnit) {
    int features = passes[row + Pass.ROWS];
    int across = blocksAcross(row);
    int step = blockStep(row, workUnit, across);
    for (int i = getLocalId(); i < BLOCK_COLUMNS * features; i += GROUP) {
      int image = blockColumn(row, workUnit, across) + i / features * step;
      if (image < batch) {
        FinishOutputs.finishOutput(
            partials, parameters, activations, passes, row, image * features + i % features);
      }
    }
  }

  /** The loss of a block's images, an item for each. */
  void imageLosses(int row, int workUnit) {
    int across = blocksAcross(row);
    int image =
        blockColumn(row, workUnit, across) + getLocalId() * blockStep(row, workUnit, across);
    int classes = passes[row + Pass.ROWS];
    if (getLocalId() < BLOCK_COLUMNS && image < batch) {
      softmaxLoss(
          logits,
          dLogits,
          losses,
          classes,
          image * classes,
          labels[image],
          batch,
          lossesAt + image,
          lossesAt + mostImages + image);
    }
  }

  // Arrays are picked outside of the loops that read them: each test would cost as much as the
  // load.

  void blockOfPositions(int row, int workUnit) {
    int source = passes[row + Pass.RIGHT_SOURCE];
    if (source == Operand.ACTIVATIONS) {
      positionBlock(parameters, activations, row, workUnit);
    }
    if (source == Operand.D_ACTIVATIONS) {
      positionBlock(parameters, dActivations, row, workUnit);
    }
    if (source == Operand.D_LOGITS) {
      positionBlock(parameters, dLogits, row, workUnit);
    }
  }

  void blockOfFilters(int row, int workUnit) {
    if (passes[row + Pass.LEFT_SOURCE] == Operand.D_LOGITS) {
      filterBlock(dLogits, activations, row, workUnit);
    } else {
      filterBlock(dActivations, activations, row, workUnit);
    }
  }

  @Override
  void loadLeft(int source, int base, int firstRow, int lastRow, int stride, int tileRows) {
    if (source == Operand.PARAMETERS) {
      leftRows(parameters, base, firstRow, lastRow, stride, tileRows);
    }
    if (source == Operand.D_ACTIVATIONS) {
      leftRows(dActivations, base, firstRow, lastRow, stride, tileRows);
    }
    if (source == Operand.D_LOGITS) {
      leftRows(dLogits, base, firstRow, lastRow, stride, tileRows);
    }
  }

  @Override
  void loadRight(
      int source, int table, int itemsAcross, int base0, int seen0, int base1, int seen1) {
    if (source == Operand.ACTIVATIONS) {
      rightColumns(activations, table, itemsAcross, base0, seen0, base1, seen1);
    }
    if (source == Operand.D_ACTIVATIONS) {
      rightColumns(dActivations, table, itemsAcross, base0, seen0, base1, seen1);
    }
    if (source == Operand.D_LOGITS) {
      rightColumns(dLogits, table, itemsAcross, base0, seen0, base1, seen1);
    }
  }

  @Override
  void loadTaps(int row, int firstColumn, int base, int seen) {
    tapColumns(activations, row, firstColumn, base, seen);
  }

  @Override
  float rightElement(int source, int index) {
    float element = 0f;
    if (source == Operand.ACTIVATIONS) {
      element = activations[index];
    }
    if (source == Operand.D_ACTIVATIONS) {
      element = elementOf(dActivations, index);
    }
    if (source == Operand.D_LOGITS) {
      element = elementOf(dLogits, index);
    }
    return element;
  }

  /**
   * Reads an array that functions write, which get it as an argument. Aparapi does not see that,
   * and takes an array that the kernel's own methods only read for one that the device may keep as
   * read-only.
   */
  static float elementOf(float[] array, int index) {
    return array[index];
  }

  @Override
  int target(int row, int chunk, int column) {
    int operation = passes[row + Pass.OPERATION];
    int target = Pass.NONE;
    if (operation == Opcode.FORWARD) {
      target = ConvolutionForward.outputTarget(passes, row, columns(row), chunk, column);
    }
    if (operation == Opcode.BACKWARD_DATA) {
      target = ConvolutionBackwardData.inputTarget(passes, row, columns(row), column);
    }
    if (operation == Opcode.BACKWARD_FILTER) {
      target = ConvolutionBackwardFilter.partialTarget(passes, row, chunk, column);
    }
    return target;
  }

  @Override
  void store(int row, int m, int column, int target, float sum) {
    int operation = passes[row + Pass.OPERATION];
    if (operation == Opcode.FORWARD && passes[row + Pass.LOGITS] == 1) {
      ConvolutionForward.storeOutput(parameters, logits, partials, passes, row, m, target, sum);
    }
    if (operation == Opcode.FORWARD && passes[row + Pass.LOGITS] == 0) {
      ConvolutionForward.storeOutput(
          parameters, activations, partials, passes, row, m, target, sum);
    }
    if (operation == Opcode.BACKWARD_DATA) {
      ConvolutionBackwardData.storeInputGradient(
          activations, dActivations, passes, row, m, target, sum);
    }
    if (operation == Opcode.BACKWARD_FILTER) {
      ConvolutionBackwardFilter.storePartial(partials, passes, row, m, column, target, sum);
    }
  }

  @Override
  void storePooled(int row, int m, int target, float s0, float s1, float s2, float s3) {
    ConvolutionForward.storePooledOutput(
        parameters, activations, passes, row, m, target, s0, s1, s2, s3);
  }
}
