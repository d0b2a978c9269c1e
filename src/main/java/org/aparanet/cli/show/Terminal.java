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
  /** Kinds of terminal that understand nothing but line feeds. */
  private static final Set<String> PLAIN = Set.of("", "dumb", "unknown");

  private static volatile Watched watched;

  private Terminal() {}

  /**
   * The standard error stream as a terminal.
   *
   * @param status its last line
   * @param stream for all that stands above
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
   * Has the standard streams end the command when their reader ends. Where somebody is watching,
   * all that is written to {@link System#err} goes above the bar that may be shown there, whose
   * line is ended when the process is. To be called before anything takes hold of these streams.
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

  /** The terminal on the standard error stream; empty if nobody is watching. */
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

  /** Whether results may be coloured: somebody is watching them and has not asked for no colour. */
  public static boolean coloursOnStandardOutput() {
    return System.getProperty("aparanet.terminal.output", "no").equals("yes")
        && !isPlain(System.getenv("TERM"))
        && System.getenv("NO_COLOR") == null;
  }

  /**
   * Java cannot tell where its standard error goes, so the launcher says: yes, no, or console where
   * it does not know either; then Java's idea of a console is the best there is.
   *
   * @param told what the launcher says
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
   * How text is written to a stream. Where the locale has only ASCII, as in many containers, it is
   * UTF-8 all the same: that shows names where question marks would not.
   *
   * @param stream {@code stdout} or {@code stderr}
   * @param properties Java's properties by name; which of them there are depends on its version
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
