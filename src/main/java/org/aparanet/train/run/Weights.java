package org.aparanet.train.run;

import java.nio.file.Path;
import java.util.Objects;
import org.aparanet.file.OutputClaim;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;

/** Model file to start from, which is read once, when its content is first asked for. */
public final class Weights {
  private final Path file;
  private Model model; // null until then

  /**
   * Names the file.
   *
   * @param file of the model
   * @throws IllegalArgumentException if the path is empty
   */
  public Weights(Path file) {
    this.file = OutputClaim.named(Objects.requireNonNull(file, "model"), "weights");
  }

  /** {@return the file} */
  public Path file() {
    return file;
  }

  /**
   * {@return what is in it}
   *
   * @throws org.aparanet.model.ModelFileException if it cannot be read
   */
  public Model model() {
    if (model == null) {
      model = ModelFile.load(file);
    }
    return model;
  }
}
