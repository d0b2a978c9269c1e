package org.aparanet.engine.opencl.kernel;

/**
 * One row of a pass table: which operation to run, on which shapes, at which places.
 *
 * <p>The rows lie one after another in an {@code int[]}, {@link #LENGTH} elements each; device code
 * reads {@code passes[row + CHANNELS]} and so on, {@code row} being the index of the row's first
 * element. The gradient of a value lies in the gradient array where the value lies in its own.
 *
 * <p>Offsets count elements; those of activations count elements of one image's value times the
 * session's batch.
 */
public final class Pass {
  /** Which operation to run: one of the constants of {@link Opcode}. */
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

  /** Step between two windows. */
  public static final int STRIDE = 9;

  /** Rows and columns around the input: zeros for a convolution, nothing for a max-pool. */
  public static final int PADDING = 10;

  /** Where the input and its gradient begin. */
  public static final int INPUT = 11;

  /** Where the output and its gradient begin; for a pooled convolution those of the pool. */
  public static final int OUTPUT = 12;

  /** Where filters or dense weights and their gradient begin. */
  public static final int WEIGHT = 13;

  /** Where the bias and its gradient begin; {@link #NONE} without bias. */
  public static final int BIAS = 14;

  /** 1 if negative outputs become 0, else 0. */
  public static final int RELU = 15;

  /** 1 if the input went through a ReLU, so that its gradient is 0 where it is not positive. */
  public static final int INPUT_RELU = 16;

  /** 1 if the output is the last layer's, which the host reads, and whose gradient it writes. */
  public static final int LOGITS = 17;

  /** Where it is noted which of a window's four outputs is the largest; {@link #NONE} unpooled. */
  public static final int MAXIMA = 18;

  /** Rows of a pooled convolution's output, behind the max-pool. */
  public static final int POOL_HEIGHT = 19;

  /** Columns of a pooled convolution's output, behind the max-pool. */
  public static final int POOL_WIDTH = 20;

  /** Rows of a product's result. */
  public static final int ROWS = 21;

  /** Columns of a product's result; those of one image, where each image has its own. */
  public static final int COLUMNS = 22;

  /** Products in each sum; those of one image, where the sum goes over the images. */
  public static final int DEPTH = 23;

  /** Where in the table the taps begin, see {@link Taps}. */
  public static final int TAPS = 24;

  /** Taps of a filter. */
  public static final int TAP_COUNT = 25;

  /** Work-items side by side in a tile: an eighth of its columns. */
  public static final int ITEMS_ACROSS = 26;

  /** Bits of a tap's row and of its column. */
  public static final int TAP_BITS = 27;

  /** Rows of a tile, 32 or 64; 0 where no tiles are used but small blocks. */
  public static final int TILE_ROWS = 28;

  /** Work-items that share the sums of a block, a power of two up to a work-group. */
  public static final int SHARERS = 29;

  /** Pieces that the sums are cut into; each piece is written apart. */
  public static final int CHUNKS = 30;

  /** Where the pieces begin; {@link #NONE} if the sums are written whole. */
  public static final int PARTIALS = 31;

  /** Elements from one piece to the next. */
  public static final int PARTIAL_STRIDE = 32;

  /** 1 if the next row belongs to the same pass, whose last row has 0. */
  public static final int CONTINUED = 33;

  /** Which array the left operand's elements lie in, one of the constants of {@link Operand}. */
  public static final int LEFT_SOURCE = 34;

  /** From one row of the left operand to the next. */
  public static final int LEFT_STRIDE = 35;

  /** Which array the right operand's elements lie in, one of the constants of {@link Operand}. */
  public static final int RIGHT_SOURCE = 36;

  /** From one channel of the left operand's filters to the next. */
  public static final int LEFT_CHANNEL = 37;

  /** Where the images begin that taps see: the input, or the output's gradient. */
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
   * Where the gradient of a product's output begins: of all outputs that are in a window, if they
   * go through a max-pool.
   */
  public static final int GRADIENT = 43;

  /** Rows of the grid of positions. */
  public static final int GRID_HEIGHT = 44;

  /** Columns of the grid of positions. */
  public static final int GRID_WIDTH = 45;

  /** From one place of the grid to the next, on the image. */
  public static final int STEP = 46;

  /** From the first place of the grid to the image's first row and column. */
  public static final int ORIGIN = 47;

  /** 1 if a tap further on sees a place further on, -1 if it sees one further back. */
  public static final int DIRECTION = 48;

  /** What the place that a tap sees is divided by; where a remainder is left, it sees nothing. */
  public static final int DIVISOR = 49;

  /** Index of the layer in its network. */
  public static final int LAYER = 50;

  /** Offset of a residual sum's skip connection: the value at the start of its branch. */
  public static final int SKIPPED = 51;

  /** 1 if a residual sum's gradient is added to one that is there already, else 0. */
  public static final int ADDS = 52;

  /**
   * Where the batch's mean and variance [2, C] are kept, among the activations; {@link #NONE} where
   * the running statistics are used.
   */
  public static final int STATISTICS = 53;

  /** Where the running mean begins, among the parameters; {@link #NONE} without. */
  public static final int RUNNING_MEAN = 54;

  /** Where the running variance begins, among the parameters. */
  public static final int RUNNING_VARIANCE = 55;

  /** Elements whose hash is below this are dropped. */
  public static final int THRESHOLD = 56;

  /** The part of the elements that is kept, in parts of {@link #WHOLE}. */
  public static final int KEPT = 57;

  /** 1 if the gradients are added up already and are to be clipped. */
  public static final int CLIPPED = 58;

  /**
   * Where the table {@link Taps#offsets} begins; {@link #NONE} for windows of more taps than it can
   * have.
   */
  public static final int OFFSETS = 59;

  /** Where the table {@link Taps#leftOffsets} begins. */
  public static final int LEFT_OFFSETS = 60;

  /**
   * Where the gradient of the input is written, if the input is what a max-pool left of a
   * convolution's outputs: the gradient of these. {@link #NONE} otherwise.
   */
  public static final int UNPOOLED = 61;

  /** Where it is noted which of a window's four is the input. */
  public static final int INPUT_MAXIMA = 62;

  /** Columns of the max-pool's output. */
  public static final int UNPOOLED_WIDTH = 63;

  /**
   * Links of the chain that a row belongs to: rows of a pass that a work-group computes one after
   * another, each for the same images, see {@code DenseChain}. 0 for a row of no chain.
   */
  public static final int LINKS = 64;

  /** The slope of a leaky ReLU, in parts of {@link #WHOLE_SLOPE}. */
  public static final int SLOPE = 65;

  /** Elements of a row. */
  public static final int LENGTH = 66;

  /** What stands for 1 where a part of it is meant: a float tells no smaller parts apart. */
  public static final int WHOLE = 1 << 24;

  /**
   * What stands for a slope of 1. Slopes from 1/128 on are whole parts of it; smaller ones are off
   * by half a part at most, which is less than rounding does to a number.
   */
  public static final int WHOLE_SLOPE = 1 << 30;

  /** Marks a missing offset. */
  public static final int NONE = -1;

  private Pass() {}
}
