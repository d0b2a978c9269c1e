package org.aparanet.engine.opencl.kernel;

/**
 * Row of a pass table: an operation with its shapes and offsets.
 *
 * <p>The rows are contiguous in an {@code int[]}, {@link #LENGTH} elements each; device code reads
 * {@code passes[row + CHANNELS]} and so on, {@code row} being the index of the row's first element.
 * A value and its gradient have the same offset in their arrays.
 *
 * <p>Offsets count elements; those of activations count elements of one image's value times the
 * session's batch.
 */
public final class Pass {
  /** Operation, one of the constants of {@link Opcode}. */
  public static final int OPERATION = 0;

  /** Channels of the input; for a dense layer, its input features. */
  public static final int CHANNELS = 1;

  /** Rows of the input. */
  public static final int HEIGHT = 2;

  /** Columns of the input. */
  public static final int WIDTH = 3;

  /** Channels of the output: filters, or a dense layer's output features. */
  public static final int OUT_CHANNELS = 4;

  /** Rows of the output. */
  public static final int OUT_HEIGHT = 5;

  /** Columns of the output. */
  public static final int OUT_WIDTH = 6;

  /** Rows of a filter or of a pooling window. */
  public static final int WINDOW_HEIGHT = 7;

  /** Columns of a filter or of a pooling window. */
  public static final int WINDOW_WIDTH = 8;

  /** Distance between two windows. */
  public static final int STRIDE = 9;

  /** Rows and columns around the input: zeros for a convolution, nothing for a max-pool. */
  public static final int PADDING = 10;

  /** Offset of the input and of its gradient. */
  public static final int INPUT = 11;

  /** Offset of the output and of its gradient; for a pooled convolution those of the pool. */
  public static final int OUTPUT = 12;

  /** Offset of filters or dense weights and of their gradient. */
  public static final int WEIGHT = 13;

  /** Offset of the bias and of its gradient; {@link #NONE} without bias. */
  public static final int BIAS = 14;

  /** 1 if negative outputs become 0, else 0. */
  public static final int RELU = 15;

  /**
   * 1 if the input is behind a ReLU, so that its gradient is 0 where it is not positive, else 0.
   */
  public static final int INPUT_RELU = 16;

  /** 1 if the output are the logits, which the host reads, and whose gradient it writes, else 0. */
  public static final int LOGITS = 17;

  /** Offset of the argmax of each window, 0 to 3; {@link #NONE} unpooled. */
  public static final int MAXIMA = 18;

  /** Rows of a pooled convolution's output, behind the max-pool. */
  public static final int POOL_HEIGHT = 19;

  /** Columns of a pooled convolution's output, behind the max-pool. */
  public static final int POOL_WIDTH = 20;

  /** Rows of a product's result. */
  public static final int ROWS = 21;

  /** Columns of a product's result; those of one image, where each image has its own. */
  public static final int COLUMNS = 22;

  /** Depth of a product; of one image, where the sum is over the images. */
  public static final int DEPTH = 23;

  /** Offset of the table of taps, see {@link Taps}. */
  public static final int TAPS = 24;

  /** Taps of a filter. */
  public static final int TAP_COUNT = 25;

  /** Work-items side by side in a tile: an eighth of its columns. */
  public static final int ITEMS_ACROSS = 26;

  /** Bits of a tap's row, and as many of its column. */
  public static final int TAP_BITS = 27;

  /** Rows of a tile, 32 or 64; 0 for blocks. */
  public static final int TILE_ROWS = 28;

  /** Work-items that share the sums of a block, a power of two up to a work-group. */
  public static final int SHARERS = 29;

  /** Chunks that the sums are divided into; each is written separately. */
  public static final int CHUNKS = 30;

  /** Offset of the chunks; {@link #NONE} if the sums are written whole. */
  public static final int PARTIALS = 31;

  /** Distance between two chunks. */
  public static final int PARTIAL_STRIDE = 32;

  /** 1 if the next row belongs to the same pass, 0 in the last one. */
  public static final int CONTINUED = 33;

  /** Array of the left operand's elements, one of the constants of {@link Operand}. */
  public static final int LEFT_SOURCE = 34;

  /** Distance between rows of the left operand. */
  public static final int LEFT_STRIDE = 35;

  /** Array of the right operand's elements, one of the constants of {@link Operand}. */
  public static final int RIGHT_SOURCE = 36;

  /** Distance between channels of the left operand's filters. */
  public static final int LEFT_CHANNEL = 37;

  /** Offset of the images that taps see: the input, or the output's gradient. */
  public static final int IMAGE = 38;

  /** Elements of such an image. */
  public static final int IMAGE_SIZE = 39;

  /** Channels of such an image. */
  public static final int IMAGE_CHANNELS = 40;

  /** Rows of such an image. */
  public static final int IMAGE_HEIGHT = 41;

  /** Columns of such an image. */
  public static final int IMAGE_WIDTH = 42;

  /**
   * Offset of the gradient of a product's output; in front of a max-pool that of all outputs in a
   * window.
   */
  public static final int GRADIENT = 43;

  /** Rows of the grid of positions. */
  public static final int GRID_HEIGHT = 44;

  /** Columns of the grid of positions. */
  public static final int GRID_WIDTH = 45;

  /** Distance on the image between places of the grid. */
  public static final int STEP = 46;

  /** Row and column of the image at the grid's first place. */
  public static final int ORIGIN = 47;

  /** 1 if places on the image grow with taps, -1 if they fall. */
  public static final int DIRECTION = 48;

  /** Divisor of the place that a tap sees; where a remainder is left, it sees nothing. */
  public static final int DIVISOR = 49;

  /** Index of the layer in its network. */
  public static final int LAYER = 50;

  /** Offset of a residual sum's skip connection: the value at the start of its branch. */
  public static final int SKIPPED = 51;

  /** 1 if the input's gradient is added to one that another layer has left there, else 0. */
  public static final int ADDS = 52;

  /**
   * Offset of the batch's mean and variance [2, C] in the activations; {@link #NONE} where the
   * running statistics are used.
   */
  public static final int STATISTICS = 53;

  /** Offset of the running mean in the parameters; {@link #NONE} without. */
  public static final int RUNNING_MEAN = 54;

  /** Offset of the running variance in the parameters. */
  public static final int RUNNING_VARIANCE = 55;

  /** Threshold of dropout: elements whose hash is below it are dropped. */
  public static final int THRESHOLD = 56;

  /** Probability that an element is kept, in units of 1 / {@link #WHOLE}. */
  public static final int KEPT = 57;

  /** 1 if the gradients are added up already and are to be clipped, else 0. */
  public static final int CLIPPED = 58;

  /**
   * Offset of the table {@link Taps#offsets}; {@link #NONE} for windows of more taps than it can
   * have.
   */
  public static final int OFFSETS = 59;

  /** Offset of the table {@link Taps#leftOffsets}. */
  public static final int LEFT_OFFSETS = 60;

  /**
   * Offset of the gradient of a convolution's outputs, if the input is their max-pool; {@link
   * #NONE} otherwise.
   */
  public static final int UNPOOLED = 61;

  /** Offset of the argmax of each window of that max-pool, 0 to 3. */
  public static final int INPUT_MAXIMA = 62;

  /** Columns of that max-pool's output. */
  public static final int UNPOOLED_WIDTH = 63;

  /**
   * Links of the chain that a row belongs to: rows of a pass that a work-group computes one after
   * another, each for the same images, see {@code DenseChain}. 0 for a row of no chain.
   */
  public static final int LINKS = 64;

  /** Slope of a leaky ReLU, as a fixed-point number of unit 1 / {@link #WHOLE_SLOPE}. */
  public static final int SLOPE = 65;

  /** Elements of a row. */
  public static final int LENGTH = 66;

  /** Unit of fixed-point probabilities, 2^24: the precision of a float. */
  public static final int WHOLE = 1 << 24;

  /**
   * Fixed-point value of a slope of 1. Slopes from 1/128 on are exact; smaller ones are off by
   * 2^-31 at most, which is less than rounding does to a number.
   */
  public static final int WHOLE_SLOPE = 1 << 30;

  /** Value of a missing offset. */
  public static final int NONE = -1;

  private Pass() {}
}
