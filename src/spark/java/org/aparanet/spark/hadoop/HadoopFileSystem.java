package org.aparanet.spark.hadoop;

import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A file system of Hadoop, which Hadoop itself keeps open. */
final class HadoopFileSystem extends FileSystem {
  private final org.apache.hadoop.fs.FileSystem hadoop;
  private final HadoopProvider provider;

  HadoopFileSystem(org.apache.hadoop.fs.FileSystem hadoop) {
    this.hadoop = hadoop;
    provider = new HadoopProvider(hadoop);
  }

  org.apache.hadoop.fs.FileSystem hadoop() {
    return hadoop;
  }

  /** The path of an address, whose scheme and host are this file system's. */
  HadoopPath path(URI address) {
    return new HadoopPath(this, true, names(address.getPath()));
  }

  static List<String> names(String path) {
    return Stream.of(path.split("/")).filter(name -> !name.isEmpty()).toList();
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public Path getPath(String first, String... more) {
    String all = String.join("/", Stream.concat(Stream.of(first), Arrays.stream(more)).toList());
    return new HadoopPath(this, all.startsWith("/"), names(all));
  }

  /** Hadoop closes it in the end. */
  @Override
  public void close() {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(new HadoopPath(this, true, List.of()));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HadoopFileSystem same && hadoop.equals(same.hadoop);
  }

  @Override
  public int hashCode() {
    return hadoop.hashCode();
  }
}
