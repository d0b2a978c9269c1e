package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.aparanet.cli.option.GivenSettings;
import org.aparanet.cli.option.OptionConverters;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.train.Setting;
import org.aparanet.train.Settings;
import org.aparanet.train.SyncInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Which options are settings, which of them a checkpoint keeps, and how they come back. */
class GivenSettingsTest {
  @TempDir Path folder;

  /** So that a training can be continued from another folder than it was begun in. */
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
        given(
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
            .kept("dense 4")
            .arguments());
  }

  @Test
  void aNamedSetKeepsItsName() {
    assertEquals(
        List.of("--data=kmnist", "--network=dense 10"),
        given("--data", "kmnist").kept("dense 10").arguments());
  }

  @Test
  void whatIsGivenBesideResumeCountsMore() {
    Settings kept = Settings.parse(List.of("--epochs=3", "--output=/a", "--schedule=step 1 0.5"));

    assertEquals(
        List.of("--epochs=3", "--output=b=c", "--schedule=step 1 0.5", "--threads=2"),
        given("--resume", "kept", "--output", "b=c", "--threads", "2").over(kept).arguments());
  }

  /** Each option of a value that the checkpoint has to keep comes back from it. */
  @Test
  void everySettingIsAnOptionOfItsTypeAndComesBackFromText() {
    List<String> arguments =
        List.of(
            "--data=mnist",
            "--input=1x28x28",
            "--limit=9",
            "--network=dense 10",
            "--freeze=2",
            "--mean=0.5,0.25",
            "--std=0.5,1.0",
            "--normalize=true",
            "--epochs=2",
            "--batch=4",
            "--learning-rate=0.3",
            "--head-rate=0.6",
            "--schedule=one-cycle 0.2",
            "--optimizer=adamw",
            "--momentum=0.8",
            "--beta2=0.99",
            "--weight-decay=0.001",
            "--clip-norm=2",
            "--label-smoothing=0.1",
            "--class-weights=balanced",
            "--augment=shift 2, flip",
            "--ema=0.99 every 10",
            "--swa=0.25",
            "--validation=0.25",
            "--patience=3",
            "--test-every=2",
            "--seed=-5",
            "--no-shuffle=true",
            "--device=opencl:1,cpu",
            "--round=10",
            "--share=3:1",
            "--deterministic=true",
            "--threads=2",
            "--softmax=device",
            "--sync-every=30s",
            "--output=/o",
            "--history=/h",
            "--html=/p",
            "--checkpoint-every=60s",
            "--checkpoint-keep=1");
    Settings settings = given(arguments.toArray(String[]::new));

    assertEquals(arguments, settings.arguments());
    assertEquals(settings, Settings.parse(arguments));
    Set<String> others = new TreeSet<>();
    List<String> names = new ArrayList<>();
    for (OptionSpec option : train().getCommandSpec().options()) {
      String name = option.longestName().substring(2);
      names.add(name);
      if (Setting.named(name).isEmpty()) {
        others.add(name);
      }
    }
    assertEquals(Set.of("checkpoint", "preset", "resume", "watch", "weights"), others);
    assertTrue(arguments.stream().allMatch(a -> names.contains(a.substring(2, a.indexOf('=')))));
    assertEquals(names.size() - others.size(), arguments.size());
  }

  private static Settings given(String... arguments) {
    CommandLine train = train();
    train.parseArgs(arguments);
    return GivenSettings.of(train.getCommandSpec());
  }

  private static CommandLine train() {
    return new CommandLine(new TrainCommand())
        .registerConverter(DeviceChoice.class, new OptionConverters.DeviceName())
        .registerConverter(SyncInterval.class, new OptionConverters.Sync())
        .registerConverter(Long.class, new OptionConverters.Seed());
  }
}
