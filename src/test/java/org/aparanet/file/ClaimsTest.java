package org.aparanet.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.aparanet.ChildJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ClaimsTest {
  private static final long THIS = ProcessHandle.current().pid();
  private static final int ROUNDS = 150;

  @TempDir Path folder;

  private final List<Process> children = new ArrayList<>();

  /** A process that claims what it is told to, and stays until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] paths) throws IOException {
      try (Claims claims = new Claims()) {
        claim(claims, Path.of(paths[0]));
        System.out.println("held");
        System.in.read();
      } catch (ClaimedException e) {
        System.out.println(IoReason.of(e));
      }
    }
  }

  /** A process that adds 1 to the number in a file, again and again, always under a claim. */
  static final class Adder {
    private Adder() {}

    public static void main(String[] paths) throws IOException {
      Path file = Path.of(paths[0]);
      for (int done = 0; done < ROUNDS; ) {
        try (Claims claims = new Claims()) {
          claims.file(file);
          int number = Integer.parseInt(Files.readString(file));
          Files.writeString(file, number + 1 + "");
          done++;
        } catch (ClaimedException e) {
          Thread.onSpinWait();
        }
      }
    }
  }

  @AfterEach
  void endProcesses() throws InterruptedException {
    for (Process child : children) {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void aSecondProcessIsToldWhichOneHoldsAFile() throws Exception {
    Path file = folder.resolve("history.jsonl");
    try (Claims claims = new Claims()) {
      claims.file(file);
      assertEquals("another aparanet, process " + THIS + ", is using it", answer(child(file)));
    }
    assertEquals(List.of(), files());
    assertEquals("held", answer(child(file)));
  }

  @Test
  void anInterruptedThreadHoldsWhatItClaims() throws Exception {
    Path file = folder.resolve("file");
    Thread.currentThread().interrupt();
    try (Claims claims = new Claims()) {
      claims.file(file);
      assertTrue(Thread.interrupted(), "it still is interrupted");
      assertEquals("another aparanet, process " + THIS + ", is using it", answer(child(file)));
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "not everybody may make symbolic links there")
  void otherSpellingsOfAPathAreTheSameFileOrFolder() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path file = Files.createFile(real.resolve("file"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Path toFile = Files.createSymbolicLink(folder.resolve("to file"), Path.of("real", "file"));
    Process holder = child(toFile);
    assertEquals("held", answer(holder));
    for (Path same :
        List.of(
            file,
            link.resolve("file"),
            real.resolve("../real/./file"),
            Path.of("").toAbsolutePath().relativize(file))) {
      assertHeldBy(holder, same);
    }
    Process keeper = child(link);
    assertEquals("held", answer(keeper));
    assertHeldBy(keeper, real);
    assertHeldBy(keeper, link);
    assertHeldBy(keeper, real.resolve("."));
  }

  @Test
  void whatAKilledProcessHeldIsFree() throws Exception {
    Path file = folder.resolve("file");
    Process killed = child(file);
    assertEquals("held", answer(killed));
    killed.destroyForcibly().waitFor();
    assertEquals(1, files().size(), "it cannot tidy up");

    Process next = child(file);
    assertEquals("held", answer(next));
    assertHeldBy(next, file);
    end(next);
    assertEquals(List.of(), files());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there it is no signal, and kills")
  void aProcessThatIsToldToEndLeavesNothing() throws Exception {
    Process child = child(folder.resolve("file"));
    assertEquals("held", answer(child));
    assertEquals(1, files().size());
    child.destroy();
    assertTrue(child.waitFor(30, TimeUnit.SECONDS));
    assertEquals(List.of(), files());
  }

  @Test
  void aSecondHolderInThisProcessIsRefusedAndTheFirstOneKeepsItsClaim() throws Exception {
    Path file = folder.resolve("file");
    try (Claims first = new Claims();
        Claims second = new Claims()) {
      first.file(file);
      first.file(file); // is the same claim
      ClaimedException e = assertThrows(ClaimedException.class, () -> second.file(file));
      assertEquals("this very process, " + THIS + ", is using it already", IoReason.of(e));
      assertEquals("another aparanet, process " + THIS + ", is using it", answer(child(file)));
    }
    try (Claims third = new Claims()) {
      assertDoesNotThrow(() -> third.file(file));
    }
  }

  /** As where the names of files are the same in small and capital letters. */
  @Test
  void anotherNameForALockOfThisProcessIsRefusedAndDoesNotLoosenIt() throws Exception {
    Path lock = folder.resolve("lock");
    Path link = folder.resolve("other");
    LockFile held = LockFile.take(folder, lock);
    Files.createLink(link, lock);
    ClaimedException e = assertThrows(ClaimedException.class, () -> LockFile.take(folder, link));
    assertEquals("this very process, " + THIS + ", is using it already", IoReason.of(e));
    Files.move(link, folder.resolve(".claimed.lock"));
    assertEquals(
        "another aparanet, process " + THIS + ", is using it",
        answer(child(folder.resolve("claimed"))));
    held.close();
  }

  /** Whoever releases a claim removes the file that others are about to lock. */
  @Test
  void noTwoProcessesHoldAFileAtATime() throws Exception {
    Path file = Files.writeString(folder.resolve("number"), "0");
    for (int i = 0; i < 3; i++) {
      children.add(ChildJvm.open(Adder.class.getName(), List.of("" + file)));
    }
    for (Process child : children) {
      assertTrue(child.waitFor(60, TimeUnit.SECONDS));
      assertEquals("", new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    assertEquals(3 * ROUNDS + "", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void withoutLocksEverythingGoesOn() throws IOException {
    Path lock = folder.resolve("lock");
    for (LockFile.Locking none : List.<LockFile.Locking>of(this::noLocks, this::unsupported)) {
      LockFile taken = LockFile.take(folder, lock, none);
      assertEquals(List.of(), files());
      taken.close();
    }
  }

  @Test
  void whatCannotBeThereIsNotClaimed() throws IOException {
    try (Claims claims = new Claims()) {
      claims.file(folder.resolve("none").resolve("file"));
      claims.file(folder.resolve("n".repeat(300)));
      claims.file(folder.getRoot());
      claims.folder(folder.resolve("none"));
    }
    assertEquals(List.of(), files());
  }

  private FileLock noLocks(Object channel, boolean shared) throws IOException {
    throw new IOException("No locks available");
  }

  private FileLock unsupported(Object channel, boolean shared) {
    throw new UnsupportedOperationException();
  }

  private static void claim(Claims claims, Path path) throws ClaimedException {
    if (Files.isDirectory(path)) {
      claims.folder(path);
    } else {
      claims.file(path);
    }
  }

  private void assertHeldBy(Process holder, Path path) {
    try (Claims claims = new Claims()) {
      ClaimedException e = assertThrows(ClaimedException.class, () -> claim(claims, path));
      assertEquals("another aparanet, process " + holder.pid() + ", is using it", IoReason.of(e));
      assertEquals(path.toString(), e.getFile());
    }
  }

  private Process child(Path path) throws IOException {
    Process child = ChildJvm.open(Holder.class.getName(), List.of("" + path));
    children.add(child);
    return child;
  }

  private static String answer(Process child) throws IOException {
    return new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  private static void end(Process child) throws Exception {
    child.getOutputStream().close();
    assertTrue(child.waitFor(30, TimeUnit.SECONDS));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** The write that follows then says why it fails; "in use" would be untrue. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whereNoFileCanBeMadeNothingIsInUse() {
    Path file = Path.of("/proc/aparanet-claims-test.safetensors");
    try (Claims claims = new Claims()) {
      assertDoesNotThrow(() -> claims.file(file));
    }
    assertThrows(IOException.class, () -> Files.createFile(file));
  }
}
