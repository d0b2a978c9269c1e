package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.cli.option.ResumedArguments;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.train.SyncInterval;
import org.aparanet.train.checkpoint.RunIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which options a checkpoint keeps, and how they come back. */
class ResumedArgumentsTest {
  @TempDir Path folder;

  /** So that a training can be gone on with from another folder than it was begun in. */
  @Test
  void pathsAreKeptAbsoluteAndAllElseAsItWasGiven() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    Path data = Files.createDirectory(folder.resolve("photos"));
    String relative = here.relativize(data.toRealPath()).toString();

    assertEquals(
        List.of(
            "--data=" + here.resolve(relative),
            "--output=" + here.resolve("models/a b"),
            "--history=" + here.resolve("h.jsonl"),
            "--html=/pages/x.html",
            "--epochs=7",
            "--learning-rate=0.1",
            "--schedule=warmup 2, cosine",
            "--sync-every=5",
            "--no-shuffle=true",
            "--network=dense 4"),
        ResumedArguments.of(
            parse(
                    "--data",
                    relative,
                    "--output",
                    "models/a b",
                    "--history=h.jsonl",
                    "--html",
                    "/pages/x.html",
                    "--epochs",
                    "7",
                    "--learning-rate",
                    "0.1",
                    "--schedule",
                    "warmup 2, cosine",
                    "--sync-every",
                    "5",
                    "--no-shuffle",
                    "--network",
                    "lenet",
                    "--weights",
                    "w",
                    "--checkpoint",
                    "kept",
                    "--preset",
                    "mnist-fast")
                .getCommandSpec(),
            "dense 4"));
  }

  @Test
  void aNamedSetKeepsItsName() {
    assertEquals(
        List.of("--data=kmnist", "--network=dense 10"),
        ResumedArguments.of(parse("--data", "kmnist").getCommandSpec(), "dense 10"));
  }

  @Test
  void whatIsGivenBesideResumeCountsMore() {
    RunIdentity run =
        new RunIdentity(
            Map.of(), "images", List.of("--epochs=3", "--output=/a", "--schedule=step 1 0.5"));
    CommandLine now = parse("--resume", "kept", "--output", "b=c", "--threads", "2");

    assertEquals(
        List.of(
            "--epochs=3",
            "--output=b=c",
            "--schedule=step 1 0.5",
            "--threads=2",
            "--checkpoint=kept"),
        ResumedArguments.merge(now.getCommandSpec(), run, Path.of("kept")));
  }

  private static CommandLine parse(String... arguments) {
    CommandLine train =
        new CommandLine(new TrainCommand())
            .registerConverter(DeviceChoice.class, new OptionConverters.DeviceName())
            .registerConverter(SyncInterval.class, new OptionConverters.Sync())
            .registerConverter(Long.class, new OptionConverters.Seed());
    train.parseArgs(arguments);
    return train;
  }
}
