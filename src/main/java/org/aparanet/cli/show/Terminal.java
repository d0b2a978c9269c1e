package org.aparanet.cli.show;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The terminal on the standard error stream, if there is one. */
public final class Terminal {
  /** Kinds of terminal without control sequences. */
  private static final Set<String> PLAIN = Set.of("", "dumb", "unknown");

  private static volatile Watched watched;

  private Terminal() {}

  /**
   * The standard error stream as a terminal.
   *
   * @param status its last line
   * @param stream for all text above it
   */
  record Watched(StatusLine status, PrintStream stream) {

    /** A bar that is drawn until it is closed. */
    LiveBar bar(IntFunction<String> text) {
      return new LiveBar(status, TerminalWidth::measured, text);
    }

    /** Writes a line above the bar. */
    void line(String text) {
      stream.println(text);
    }
  }

  /**
   * Replaces the standard streams by ones that end the command when their reader ends. On a
   * terminal, text to {@link System#err} is written above the bar that may be shown there, whose
   * line is ended when the process ends. Must be called before any use of these streams.
   */
  public static void open() {
    System.setOut(piped(FileDescriptor.out, 1, "stdout"));
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    if (isWatched(windows, System.getProperty("aparanet.terminal", "no"), System.getenv("TERM"))) {
      Charset charset = charset("stderr", System::getProperty);
      StatusLine status =
          new StatusLine(new FileOutputStream(FileDescriptor.err), charset, !windows);
      watched = new Watched(status, new PrintStream(status, true, charset));
      System.setErr(watched.stream());
      Runtime.getRuntime().addShutdownHook(new Thread(status::leave, "end of the status line"));
    } else {
      System.setErr(piped(FileDescriptor.err, 2, "stderr"));
    }
  }

  private static PrintStream piped(FileDescriptor descriptor, int number, String stream) {
    OutputStream target = new BufferedOutputStream(new FileOutputStream(descriptor), 1 << 13);
    return new PrintStream(
        new PipeStream(target, number), true, charset(stream, System::getProperty));
  }

  /** Terminal on the standard error stream; empty if there is none. */
  static Optional<Watched> watched() {
    return Optional.ofNullable(watched);
  }

  /** For results. */
  public static PrintWriter output() {
    return new PrintWriter(System.out, true, charset("stdout", System::getProperty));
  }

  /** For progress and errors. */
  public static PrintWriter error() {
    return new PrintWriter(System.err, true, charset("stderr", System::getProperty));
  }

  /** Whether results may be coloured: on a terminal, unless the user has disabled it. */
  public static boolean coloursOnStandardOutput() {
    return System.getProperty("aparanet.terminal.output", "no").equals("yes")
        && !isPlain(System.getenv("TERM"))
        && System.getenv("NO_COLOR") == null;
  }

  /**
   * Whether the standard error stream is a terminal. Java cannot find out, so the launcher passes
   * yes, no, or console where it cannot either; then {@code System.console()} decides.
   *
   * @param told value of the launcher
   * @param kind the environment variable TERM, which Windows does not have
   */
  static boolean isWatched(boolean windows, String told, String kind) {
    return switch (told) {
      case "yes" -> windows || !isPlain(kind);
      case "console" -> System.console() != null;
      default -> false;
    };
  }

  /**
   * Charset of a stream. Where the locale has only ASCII, as in many containers, it is UTF-8 all
   * the same, which shows names instead of question marks.
   *
   * @param stream {@code stdout} or {@code stderr}
   * @param properties Java's properties by name, some of which depend on its version
   */
  static Charset charset(String stream, UnaryOperator<String> properties) {
    Charset found =
        Stream.of(stream + ".encoding", "sun." + stream + ".encoding", "native.encoding")
            .map(properties)
            .filter(name -> name != null && Charset.isSupported(name))
            .findFirst()
            .map(Charset::forName)
            .orElseGet(Charset::defaultCharset);
    return found.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : found;
  }

  private static boolean isPlain(String kind) {
    return PLAIN.contains(kind == null ? "" : kind.toLowerCase(Locale.ROOT));
  }
}
