package org.aparanet.spark.hadoop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;

/** A path in a file system of Hadoop. */
final class HadoopPath implements Path {
  private final HadoopFileSystem system;
  private final boolean absolute;
  private final List<String> names;

  HadoopPath(HadoopFileSystem system, boolean absolute, List<String> names) {
    this.system = system;
    this.absolute = absolute;
    this.names = List.copyOf(names);
  }

  /** What Hadoop calls it. */
  org.apache.hadoop.fs.Path hadoop() {
    URI root = system.hadoop().getUri();
    return new org.apache.hadoop.fs.Path(
        root.getScheme(), root.getAuthority(), "/" + String.join("/", names));
  }

  private HadoopPath of(boolean fromRoot, List<String> others) {
    return new HadoopPath(system, fromRoot, others);
  }

  private static HadoopPath cast(Path other) {
    return (HadoopPath) other;
  }

  @Override
  public FileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public Path getRoot() {
    return absolute ? of(true, List.of()) : null;
  }

  @Override
  public Path getFileName() {
    return names.isEmpty() ? null : getName(names.size() - 1);
  }

  @Override
  public Path getParent() {
    int count = names.size() - 1;
    return count < 0 || count == 0 && !absolute ? null : of(absolute, names.subList(0, count));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public Path getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public Path subpath(int from, int to) {
    return of(false, names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    HadoopPath start = cast(other);
    return absolute == start.absolute
        && start.names.size() <= names.size()
        && names.subList(0, start.names.size()).equals(start.names);
  }

  @Override
  public boolean endsWith(Path other) {
    List<String> end = cast(other).names;
    return end.size() <= names.size()
        && names.subList(names.size() - end.size(), names.size()).equals(end);
  }

  @Override
  public Path normalize() {
    List<String> kept = new ArrayList<>();
    for (String name : names) {
      if (name.equals("..") && !kept.isEmpty()) {
        kept.remove(kept.size() - 1);
      } else if (!name.equals(".") && !name.equals("..")) {
        kept.add(name);
      }
    }
    return of(absolute, kept);
  }

  @Override
  public Path resolve(Path other) {
    HadoopPath then = cast(other);
    if (then.absolute) {
      return then;
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(then.names);
    return of(absolute, all);
  }

  @Override
  public Path relativize(Path other) {
    if (!other.startsWith(this)) {
      throw new IllegalArgumentException(other + " does not begin with " + this);
    }
    List<String> all = cast(other).names;
    return of(false, all.subList(names.size(), all.size()));
  }

  /** Its address, in ASCII characters. */
  @Override
  public URI toUri() {
    return URI.create(hadoop().toUri().toASCIIString());
  }

  /** Hadoop's paths have no working folder here. */
  @Override
  public Path toAbsolutePath() {
    return of(true, names);
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return toAbsolutePath().normalize();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HadoopPath path
        && system.equals(path.system)
        && absolute == path.absolute
        && names.equals(path.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  /** For an absolute path with the file system. */
  @Override
  public String toString() {
    return absolute ? hadoop().toString() : String.join("/", names);
  }
}
