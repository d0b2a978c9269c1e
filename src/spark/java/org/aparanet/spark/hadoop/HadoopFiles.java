package org.aparanet.spark.hadoop;

import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.aparanet.data.format.DataException;
import org.aparanet.data.format.Printable;
import org.aparanet.file.IoReason;

/** Paths by their addresses, such as {@code hdfs://host/photos}. */
public final class HadoopFiles {
  private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]+:/.*");

  private HadoopFiles() {}

  /** {@return whether a text is an address, and not a path of this machine} */
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /**
   * {@return the address that a text is} As Hadoop has it, nothing in it is escaped.
   *
   * @param text such as {@code hdfs://host/my photos}
   */
  public static URI address(String text) {
    return new org.apache.hadoop.fs.Path(text).toUri();
  }

  /**
   * The path of an address: one of Java's own for {@code file:}.
   *
   * @param address of a file or folder
   * @param configuration of Hadoop
   * @throws DataException if there is no such file system, or it cannot be reached
   */
  public static Path path(URI address, Configuration configuration) {
    if ("file".equals(address.getScheme())) {
      return Path.of(URI.create("file://" + address.getRawPath()));
    }
    try {
      return new HadoopFileSystem(org.apache.hadoop.fs.FileSystem.get(address, configuration))
          .path(address);
    } catch (IOException | RuntimeException e) { // of what cannot be resolved, for one
      throw new DataException(
          Printable.of(address.toString())
              + " cannot be opened: "
              + Printable.of(reason(address, e)),
          e);
    }
  }

  private static String reason(URI address, Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClassNotFoundException) {
        return "Hadoop's library for "
            + address.getScheme()
            + ": is not on Spark's class path ("
            + cause.getMessage()
            + "); spark-submit takes it with --packages, such as"
            + " org.apache.hadoop:hadoop-aws:VERSION for s3a:";
      }
      if (cause instanceof UnknownHostException) {
        return "there is no host " + address.getHost();
      }
    }
    return e instanceof IOException known ? IoReason.of(known) : e.getMessage();
  }
}
