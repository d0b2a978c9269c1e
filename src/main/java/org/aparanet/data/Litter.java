package org.aparanet.data;

import java.util.Locale;
import java.util.Set;

/**
 * Files and folders that systems and programs put among somebody's own: those whose names begin
 * with a dot, such as {@code .DS_Store} and {@code ._IMG_1.jpg}, and some others.
 */
final class Litter {
  /** In small letters. */
  private static final Set<String> NAMES =
      Set.of(
          "__macosx", // of macOS, in zip archives
          "thumbs.db", // of Windows, as the next ones
          "ehthumbs.db",
          "desktop.ini",
          "$recycle.bin",
          "system volume information",
          "lost+found", // of Linux
          "@eadir"); // of network storage

  private Litter() {}

  /** Whether a file or folder of that name is of a system or a program. */
  static boolean isName(String name) {
    return name.startsWith(".") || NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
