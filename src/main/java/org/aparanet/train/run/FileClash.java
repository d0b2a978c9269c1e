package org.aparanet.train.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aparanet.file.Target;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.history.History;

/**
 * Two settings of a training that name one file, which one of them would destroy for the other.
 *
 * @param one name of a setting
 * @param other name of another one
 * @param file as the first one names it
 */
public record FileClash(String one, String other, Path file) {

  /**
   * {@return the first such pair, if there is one} The model to start from may be written again at
   * the end, for then it has been read.
   *
   * @param settings of the training
   * @param weights file of the model to start from, if there is one
   */
  public static Optional<FileClash> in(Settings settings, Optional<Path> weights) {
    List<Path> written =
        settings
            .get(Setting.HISTORY)
            .map(history -> List.of(history, History.part(history)))
            .orElse(List.of());
    return clash(Setting.OUTPUT.name(), settings.get(Setting.OUTPUT), written)
        .or(() -> clash("weights", weights, written));
  }

  private static Optional<FileClash> clash(String name, Optional<Path> file, List<Path> written) {
    return file.filter(path -> written.stream().anyMatch(part -> Target.same(path, part)))
        .map(path -> new FileClash(name, Setting.HISTORY.name(), path));
  }

  /**
   * {@return the refusal}
   *
   * @param prefix of each name, such as {@code --}
   */
  public String sentence(String prefix) {
    return prefix + one + " and " + prefix + other + " both name " + file + "; they need two files";
  }
}
