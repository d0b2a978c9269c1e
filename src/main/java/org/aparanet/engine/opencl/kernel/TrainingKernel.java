package org.aparanet.engine.opencl.kernel;

/**
 * A whole network in one kernel: each pass runs the operation that its row of the pass table names,
 * by the same functions that the kernels of the single operations run.
 *
 * <p>One kernel, because each Aparapi kernel has an OpenCL context of its own and two of them
 * cannot share a buffer; passes of one kernel can, so that activations, gradients and parameters
 * stay on the device from the first pass of a step to its last, and on to the next step.
 */
public final class TrainingKernel extends TrainingArrays {
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
        normalization,
        activations,
        chunkImages,
        imageSize,
        imagePlane,
        first,
        count,
        item,
        items);
    if (operation == Opcode.TAKE_FLOATS) {
      CopyFloats.copyFloats(floats, activations, 0, batch * imageSize, item, items);
    }
    if (operation == Opcode.GIVE_FLOATS) {
      CopyFloats.copyFloats(
          activations,
          logits,
          passes[row + Pass.INPUT],
          batch * passes[row + Pass.ROWS],
          item,
          items);
    }
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
