package org.aparanet;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.aparanet.data.ImageFile;
import org.aparanet.data.ImageScaling;
import org.aparanet.data.ImageSet;
import org.aparanet.data.PixelBytes;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.engine.Inference;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.Engines;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.Shape;
import org.aparanet.train.evaluate.Outputs;
import org.aparanet.train.evaluate.Prediction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Classifies images with a trained model.
 *
 * <pre>{@code
 * try (Predictor digits = Predictor.open(Path.of("digits.safetensors"))) {
 *   System.out.println(digits.predict(ImageIO.read(new File("seven.png"))));
 * }
 * }</pre>
 *
 * <p>One predictor serves any number of threads, and takes the same memory however long it is used.
 * What it answers depends on the images of a call and their number alone: the same call gets the
 * same bits, whatever other threads do. Once closed, it refuses calls with an {@link
 * IllegalStateException}.
 */
public final class Predictor implements AutoCloseable {
  /** The longest array that every JVM can make. */
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final Logger LOGGER = LoggerFactory.getLogger(Predictor.class);

  private final Model model;
  private final boolean invert;
  private final int batch;
  private final Inference inference;
  private final CallBuffers single;
  private final CallBuffers many;
  private volatile boolean closed;

  private Predictor(Model model, Builder settings) {
    if ((long) settings.batch * model.network().input().size() > LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          settings.batch
              + " images of a batch have too many pixels; for "
              + model.network().input()
              + " it may have at most "
              + LARGEST_ARRAY / model.network().input().size());
    }
    this.model = model;
    invert = settings.invert;
    batch = settings.batch;
    inference =
        new Engines(settings.threads)
            .openInference(
                settings.device, model.network(), model.parameters(), batch, settings.notes);
    single = new CallBuffers(model.network(), settings.threads);
    many = new CallBuffers(model.network(), settings.threads);
  }

  /**
   * Opens a model on the best device of the machine.
   *
   * @param model file of the model
   * @return the predictor, to be closed
   * @throws org.aparanet.model.ModelFileException if it cannot be read
   */
  public static Predictor open(Path model) {
    return of(model).open();
  }

  /**
   * Opens a model on the best device of the machine.
   *
   * @param model the network with its parameters
   * @return the predictor, to be closed
   */
  public static Predictor open(Model model) {
    return of(model).open();
  }

  /**
   * Settings for a model.
   *
   * @param model file of the model
   * @return the settings, each at its default
   * @throws org.aparanet.model.ModelFileException if it cannot be read
   */
  public static Builder of(Path model) {
    return of(ModelFile.load(Objects.requireNonNull(model, "model")));
  }

  /**
   * Settings for a model.
   *
   * @param model the network with its parameters
   * @return the settings, each at its default
   */
  public static Builder of(Model model) {
    return new Builder(model);
  }

  /** Settings of a predictor; each has a default. */
  public static final class Builder {
    private final Model model;
    private DeviceChoice device = DeviceChoice.parse("auto");
    private int threads = Runtime.getRuntime().availableProcessors();
    private int batch = 256;
    private boolean invert;
    private Consumer<String> notes = LOGGER::info;

    private Builder(Model model) {
      this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * Device: {@code auto} (the default), {@code gpu}, {@code cpu} or {@code opencl:N}. Only {@code
     * auto} goes on with the Java engine where a device cannot be had, or fails later.
     *
     * @param choice as {@code --device} takes it
     * @return these settings
     */
    public Builder device(String choice) {
      device = DeviceChoice.parse(Objects.requireNonNull(choice, "choice"));
      return this;
    }

    /**
     * The most threads that the Java engine computes with at a time: one for each processor, unless
     * set. Calls beyond that wait.
     *
     * @param most how many, at least 1
     * @return these settings
     * @throws IllegalArgumentException if there is less than one
     */
    public Builder threads(int most) {
      threads = atLeastOne("threads", most);
      return this;
    }

    /**
     * The most images that a device takes at a time: 256, unless set. A call may have more.
     *
     * @param images how many, at least 1
     * @return these settings
     * @throws IllegalArgumentException if there is less than one
     */
    public Builder batch(int images) {
      batch = atLeastOne("images of a batch", images);
      return this;
    }

    /**
     * Swaps dark and light of images and files: for ink on paper, and a model that knows MNIST.
     *
     * @param swap whether to do so; false, unless set
     * @return these settings
     */
    public Builder invert(boolean swap) {
      invert = swap;
      return this;
    }

    /**
     * Listener that is told in a sentence each why no GPU is used, and what takes a while; without
     * one that is logged.
     *
     * @param listener in place of the log
     * @return these settings
     */
    public Builder notes(Consumer<String> listener) {
      notes = Objects.requireNonNull(listener, "listener");
      return this;
    }

    private static int atLeastOne(String what, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(value + " " + what + "; there must be at least 1");
      }
      return value;
    }

    /**
     * Opens the model.
     *
     * @return the predictor, to be closed
     * @throws EngineException if the device cannot be had, with the cause
     */
    public Predictor open() {
      return new Predictor(model, this);
    }
  }

  /** {@return the model that classifies} */
  public Model model() {
    return model;
  }

  /** {@return the device that does the work} */
  public Device device() {
    return inference.device();
  }

  /**
   * {@return the class of an image, which is stretched to the network's size}
   *
   * <p>What decoded the image left out what is no pixel, such as the EXIF orientation: photographs
   * are better given as files.
   *
   * @param image of any size; not changed
   * @throws IllegalArgumentException if the network takes other than 1 or 3 channels
   */
  public Classification predict(BufferedImage image) {
    return one((index, pixels, at) -> put(image, pixels, at));
  }

  /**
   * {@return the class of an image file, which is stretched to the network's size}
   *
   * @param file PNG, JPEG, GIF, BMP, TIFF or WebP
   * @throws org.aparanet.data.format.DataException if it cannot be read
   */
  public Classification predict(Path file) {
    return one((index, pixels, at) -> put(file, pixels, at));
  }

  /**
   * {@return the class of an image}
   *
   * @param image pixels from 0 to 1 in the order channel, row, column; rounded to the 256 values
   *     that image files have
   * @throws IllegalArgumentException if there are not as many as the network takes, or one is out
   *     of that range
   */
  public Classification predict(float[] image) {
    return one((index, pixels, at) -> put(image, pixels, at));
  }

  /**
   * {@return the classes of images, in their order; as {@link #predict(BufferedImage)}}
   *
   * @param images of any sizes; not changed
   */
  public List<Classification> predictImages(List<BufferedImage> images) {
    return all(images.size(), (index, pixels, at) -> put(images.get(index), pixels, at));
  }

  /**
   * {@return the classes of image files, in their order; as {@link #predict(Path)}}
   *
   * @param files PNG, JPEG, GIF, BMP, TIFF or WebP
   */
  public List<Classification> predictFiles(List<Path> files) {
    return all(files.size(), (index, pixels, at) -> put(files.get(index), pixels, at));
  }

  /**
   * {@return the classes of images, in their order; as {@link #predict(float[])}}
   *
   * @param images pixels of each, from 0 to 1 in the order channel, row, column
   */
  public List<Classification> predictPixels(List<float[]> images) {
    return all(images.size(), (index, pixels, at) -> put(images.get(index), pixels, at));
  }

  /**
   * {@return the classes of a set's images, in their order}
   *
   * @param images of the network's input shape; their labels do not matter
   * @throws IllegalArgumentException if their shape is not the network's input
   */
  public List<Classification> predictSet(ImageSet images) {
    Shape shape = model.network().input();
    if (!images.shape().equals(shape)) {
      throw new IllegalArgumentException(
          images.name() + " has images of " + images.shape() + "; the network takes " + shape);
    }
    return all(images.count(), (index, pixels, at) -> images.copy(index, pixels, at));
  }

  /** Puts an image's pixels into an array. */
  @FunctionalInterface
  private interface Source {
    void put(int index, byte[] pixels, int at);
  }

  /** Names the image that is refused: it is one of several. */
  private static void put(Source source, int index, byte[] pixels, int at) {
    try {
      source.put(index, pixels, at);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("image " + index + ": " + e.getMessage(), e);
    }
  }

  private void put(BufferedImage image, byte[] pixels, int at) {
    if (image == null) {
      throw new IllegalArgumentException(
          "the image is null, which is what ImageIO.read gives for a file that is no image");
    }
    Shape shape = model.network().input();
    byte[] scaled = ImageScaling.pixels(image, shape);
    for (int i = 0; i < scaled.length; i++) {
      pixels[at + i] = invert ? (byte) ~scaled[i] : scaled[i];
    }
  }

  private void put(Path file, byte[] pixels, int at) {
    byte[] read = ImageFile.read(file, model.network().input(), invert).pixels();
    System.arraycopy(read, 0, pixels, at, read.length);
  }

  private void put(float[] image, byte[] pixels, int at) {
    int size = model.network().input().size();
    if (image.length != size) {
      throw new IllegalArgumentException(
          "an image of "
              + image.length
              + " pixels; the network takes "
              + model.network().input()
              + ", which is "
              + size);
    }
    PixelBytes.round(image, pixels, at);
  }

  private Classification one(Source source) {
    requireOpen();
    CallBuffers.Buffer buffer = single.take(1);
    try {
      source.put(0, buffer.pixels(), 0);
      inference.infer(buffer.pixels(), 1, buffer.logits());
      return classification(buffer.logits(), 0);
    } finally {
      single.giveBack(buffer);
    }
  }

  private List<Classification> all(int count, Source source) {
    requireOpen();
    if (count == 0) {
      return List.of();
    }
    List<Classification> all = new ArrayList<>(count);
    CallBuffers.Buffer buffer = many.take(Math.min(batch, count));
    try {
      for (int from = 0; from < count; from += batch) {
        int images = Math.min(batch, count - from);
        for (int i = 0; i < images; i++) {
          put(source, from + i, buffer.pixels(), i * model.network().input().size());
        }
        inference.infer(buffer.pixels(), images, buffer.logits());
        for (int i = 0; i < images; i++) {
          all.add(classification(buffer.logits(), i));
        }
      }
      return all;
    } finally {
      many.giveBack(buffer);
    }
  }

  private Classification classification(float[] logits, int row) {
    int classes = model.network().classes();
    for (int i = row * classes; i < (row + 1) * classes; i++) {
      if (!Float.isFinite(logits[i])) {
        throw Outputs.notFinite(device(), "an output");
      }
    }
    Prediction prediction = Outputs.prediction(logits, row, classes);
    int label = prediction.predicted();
    return new Classification(label, model.className(label), prediction.probabilities());
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the predictor is closed");
    }
  }

  /** Gives the device's memory back; closing twice does nothing. */
  @Override
  public void close() {
    closed = true;
    inference.close();
  }
}
