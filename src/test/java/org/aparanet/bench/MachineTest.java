package org.aparanet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  @TempDir Path folder;

  @Test
  void processorHasTheNameThatLinuxGivesIt() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    assumeTrue(Files.exists(info), "not on Linux");
    String text = Files.readString(info);
    assumeTrue(text.contains("model name"), "the processor has no name");
    String name = Machine.here(folder).processor();
    assertFalse(name.isEmpty());
    assertFalse(name.startsWith(":"), name);
    assertTrue(text.contains("model name\t: " + name + "\n"), name);
  }

  @Test
  void folderWithoutGitHasNoCommit() throws IOException {
    assertEquals("", Machine.here(folder).commit());
    Files.createDirectory(folder.resolve(".git")); // which is no repository
    assertEquals("", Machine.here(folder).commit());
  }

  @Test
  void commitIsTheShortenedHash() throws Exception {
    git("init", "-q");
    git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "one");
    String commit = Machine.here(folder).commit();
    assertTrue(commit.matches("[0-9a-f]{7,40}"), commit);
  }

  private void git(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process;
    try {
      process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    } catch (IOException e) {
      assumeTrue(false, "there is no git");
      return;
    }
    assertEquals(0, process.waitFor());
  }
}
