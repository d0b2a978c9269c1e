package org.aparanet.train.checkpoint;

import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aparanet.file.ClaimedException;
import org.aparanet.file.Claims;
import org.aparanet.file.IoReason;
import org.aparanet.file.Target;
import org.aparanet.model.Model;
import org.aparanet.model.ModelFile;
import org.aparanet.model.ModelFileException;
import org.aparanet.model.safetensors.UnreadableException;
import org.aparanet.train.Best;
import org.aparanet.train.Snapshot;
import org.aparanet.train.SnapshotKeeper;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.history.History;

/**
 * Folder of a run's last checkpoints, {@code step-N.safetensors} by the number of steps taken, and
 * of its best epoch's model, {@value #BEST}.
 *
 * <p>Every file is written under a temporary name, forced to the disk and moved, so that files are
 * whole even if the process is killed.
 */
public final class CheckpointFolder implements SnapshotKeeper {

  /** The model of the best epoch so far. */
  public static final String BEST = "best.safetensors";

  /** Default number of checkpoints. */
  public static final int KEEP = 3;

  /** Default interval of checkpoints within an epoch. */
  public static final SyncInterval EVERY = new SyncInterval(60, SyncInterval.Unit.SECONDS);

  private static final Pattern NAME = Pattern.compile("step-([0-9]{1,18})\\.safetensors");
  private static final String TEMPORARY = ".*.safetensors.tmp";

  private final Path folder;
  private final SyncInterval every;
  private final int keep;
  private final Model model;
  private final RunIdentity run;
  private final Optional<History> history;
  private long writtenStep;
  private long writtenNanos;
  private int bestEpoch;

  /**
   * A folder that keeps the checkpoints of a run.
   *
   * @param folder where they are; made if it is not there
   * @param every how often to write one within an epoch; one is written after each epoch as well
   * @param keep how many of the last ones to keep, at least 1
   * @param model the network, and whatever else belongs to its model
   * @param run whose checkpoints they are
   * @param history is written out before each checkpoint, so that it never lacks a step before one
   */
  public CheckpointFolder(
      Path folder,
      SyncInterval every,
      int keep,
      Model model,
      RunIdentity run,
      Optional<History> history) {
    if (keep < 1) {
      throw new IllegalArgumentException(keep + " checkpoints to keep; it must be at least 1");
    }
    this.folder = folder;
    this.every = every;
    this.keep = keep;
    this.model = model;
    this.run = run;
    this.history = history;
  }

  /**
   * Creates the folder if there is none, and locks it for this process.
   *
   * @param folder of the checkpoints
   * @param claims until when
   * @throws ModelFileException if that is not possible
   */
  public static void claim(Path folder, Claims claims) {
    make(folder);
    try {
      claims.folder(folder);
    } catch (ClaimedException e) {
      throw unusable(folder, IoReason.of(e), e);
    }
  }

  private static void make(Path folder) {
    try {
      Target.makeFolder(folder);
      folder.getFileSystem().provider().checkAccess(folder, AccessMode.WRITE, AccessMode.EXECUTE);
    } catch (IOException e) {
      throw unusable(folder, IoReason.of(e), e);
    }
  }

  /**
   * Creates the folder if there is none, and removes the temporary files of a killed process.
   *
   * @param folder of the checkpoints
   * @throws ModelFileException if that is not possible
   */
  public static void prepare(Path folder) {
    make(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, TEMPORARY)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (DirectoryIteratorException e) {
      throw unusable(folder, IoReason.of(e), e);
    } catch (IOException e) {
      throw unusable(folder, IoReason.of(e), e);
    }
  }

  private static ModelFileException unusable(Path folder, String reason, Exception cause) {
    return new ModelFileException(
        folder + ": cannot be used as a folder for checkpoints (" + reason + ")", cause);
  }

  /**
   * {@return why a file cannot be used beside a folder of checkpoints, in words that follow its
   * path; nothing if it can}
   *
   * @param folder of the checkpoints
   * @param file to be read or written
   */
  public static Optional<String> clash(Path folder, Path file) {
    Path around = file.toAbsolutePath().getParent();
    if (isOwn(file) && around != null && Target.same(around, folder)) {
      return Optional.of("is a name that checkpoints have");
    }
    return Target.same(file, folder)
        ? Optional.of("cannot be a file and a folder")
        : Optional.empty();
  }

  private static boolean isOwn(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.equals(BEST) || NAME.matcher(name).matches();
  }

  /**
   * {@return whether there are checkpoints in a folder}
   *
   * @param folder of the checkpoints
   * @throws ModelFileException if that cannot be told
   */
  public static boolean holdsSome(Path folder) {
    return isFolder(folder) && !files(folder).isEmpty();
  }

  /**
   * Reads the newest checkpoint that can be read.
   *
   * @param folder of the checkpoints
   * @param damaged receives a sentence for each newer one that cannot
   * @return the checkpoint
   * @throws ModelFileException if there is none, or one cannot be read that may be good
   */
  public static Checkpoint newest(Path folder, Consumer<String> damaged) {
    if (!isFolder(folder)) {
      throw new ModelFileException(folder + ": there is no such folder of checkpoints");
    }
    List<Path> files = files(folder);
    for (Path file : files) {
      try {
        return CheckpointFile.load(file);
      } catch (ModelFileException e) {
        if (e.getCause() instanceof UnreadableException) {
          throw e; // continuing from an older one would remove it
        }
        damaged.accept(e.getMessage());
      }
    }
    throw new ModelFileException(
        folder
            + ": holds no checkpoint"
            + (files.isEmpty() ? "; one is called step-N.safetensors" : " that can be read"));
  }

  @Override
  public void begin(Snapshot start, long now) {
    writtenStep = start.position().step();
    writtenNanos = now;
    bestEpoch = start.best().map(Best::epoch).orElse(0);
  }

  @Override
  public boolean due(long step, long now) {
    return every.due(step - writtenStep, now - writtenNanos);
  }

  /**
   * Writes a checkpoint, and the best model if there is a new one.
   *
   * @throws ModelFileException if it cannot be written; the earlier ones are as they were
   */
  @Override
  public void keep(Snapshot snapshot, LongSupplier clock) {
    history.ifPresent(History::writeOut);
    if (snapshot.best().isPresent() && snapshot.best().get().epoch() != bestEpoch) {
      Best best = snapshot.best().get();
      ModelFile.save(folder.resolve(BEST), model.withParameters(best.parameters()));
      bestEpoch = best.epoch();
    }
    long step = snapshot.position().step();
    CheckpointFile.save(
        folder.resolve(String.format(Locale.ROOT, "step-%010d.safetensors", step)),
        new Checkpoint(model.withParameters(snapshot.state().parameters()), snapshot, run));
    removeOld(step);
    writtenStep = step;
    writtenNanos = clock.getAsLong();
  }

  /**
   * Removes all but the last checkpoints. Newer ones than that just written are damaged, or the run
   * would have continued from them.
   */
  private void removeOld(long written) {
    int kept = 0;
    for (Path file : files(folder)) {
      boolean newer = step(file) > written;
      if (newer || ++kept > keep) {
        try {
          Files.deleteIfExists(file);
        } catch (IOException e) {
          throw new ModelFileException(file + ": cannot be removed (" + IoReason.of(e) + ")", e);
        }
      }
    }
  }

  private static boolean isFolder(Path folder) {
    try {
      return Target.look(folder).filter(BasicFileAttributes::isDirectory).isPresent();
    } catch (IOException e) {
      throw new ModelFileException(folder + ": cannot be read (" + IoReason.of(e) + ")", e);
    }
  }

  /** The checkpoints, newest first. */
  private static List<Path> files(Path folder) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "step-*.safetensors")) {
      for (Path file : files) {
        if (step(file) >= 0 && isFile(file)) {
          found.add(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw new ModelFileException(folder + ": cannot be read (" + IoReason.of(e) + ")", e);
    } catch (IOException e) {
      throw new ModelFileException(folder + ": cannot be read (" + IoReason.of(e) + ")", e);
    }
    found.sort(Comparator.comparingLong(CheckpointFolder::step).reversed());
    return found;
  }

  private static boolean isFile(Path file) throws IOException {
    return Target.look(file).filter(BasicFileAttributes::isRegularFile).isPresent();
  }

  private static long step(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }
}
