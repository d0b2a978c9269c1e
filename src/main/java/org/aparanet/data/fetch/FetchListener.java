package org.aparanet.data.fetch;

/** Hears how fetching goes. */
public interface FetchListener {

  /**
   * A file begins to come, or begins again.
   *
   * @param file its name
   * @param bytes its length
   * @param already how much of it is here from before, in bytes
   */
  void begin(String file, long bytes, long already);

  /**
   * A part of the file has come.
   *
   * @param bytes how much of the file is here now
   */
  void received(long bytes);

  /** No more comes, for now or because the file is whole. */
  void end();

  /**
   * Something that the user should know, in a sentence.
   *
   * @param sentence for the user
   */
  void note(String sentence);
}
