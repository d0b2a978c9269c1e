package org.aparanet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** Which commands are made, and that it is not seen which are not. */
class CommandsTest {

  @Test
  void everyCommandIsCalledByItsName() {
    for (String name : Commands.NAMES) {
      assertEquals(name, Commands.named(name).getClass().getAnnotation(Command.class).name());
    }
    assertThrows(IllegalArgumentException.class, () -> Commands.named("trian"));
  }

  @Test
  void aCommandThatComesFirstIsTheOnlyOneUnlessItTellsOfOthers() {
    assertEquals(List.of("train"), Commands.reachable("train", "--help"));
    assertEquals(List.of("data"), Commands.reachable("data", "list"));
    for (String[] arguments :
        List.of(
            new String[] {},
            new String[] {"--help"},
            new String[] {"--verbose", "train"},
            new String[] {"trian"},
            new String[] {"help", "train"},
            new String[] {"completion", "bash"})) {
      assertEquals(
          Commands.NAMES, Commands.reachable(arguments), () -> String.join(" ", arguments));
    }
  }

  /** {@code help} makes all of them, {@code --help} the one. */
  @Test
  void theHelpOfACommandIsTheSameWithAndWithoutTheOthers() {
    for (String name : Commands.NAMES) {
      CommandRun alone = CommandRun.of(name, "--help");
      assertEquals(0, alone.status(), alone::err);
      assertTrue(alone.out().startsWith("Usage: aparanet " + name), alone::out);
      assertEquals(CommandRun.of("help", name).out(), alone.out());
    }
  }

  /** A name that comes behind a command is none, whether there is such a command or not. */
  @Test
  void whatComesBehindACommandIsRefusedInTheSameWords() {
    CommandRun alone = CommandRun.of("devices", "train");
    CommandRun amongAll = CommandRun.of("--verbose", "devices", "train"); // shows a trace as well

    assertEquals(2, alone.status());
    assertEquals(2, amongAll.status());
    assertEquals(
        "aparanet: argument \"train\" is one too many (see aparanet devices --help)",
        alone.err().strip());
    assertEquals(alone.err().strip(), amongAll.err().lines().findFirst().orElseThrow());
  }
}
