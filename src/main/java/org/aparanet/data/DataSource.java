package org.aparanet.data;

import java.nio.file.Path;
import org.aparanet.data.format.DataException;

/** A data set that lies somewhere as files of one format. */
interface DataSource {

  /**
   * Reads all parts.
   *
   * @throws DataException if files are missing, broken or do not fit together
   */
  DataSet readAll();

  /**
   * Reads one part.
   *
   * @throws DataException as {@link #readAll}
   */
  ImageSet read(Split split);

  /**
   * Looks at the training images without reading their pixels, which shards of them do later.
   *
   * @throws DataException as {@link #readAll}
   */
  SurveyedSet survey();

  /**
   * Whether a file is one of the set's own, also through symbolic links. What else lies in its
   * folders is not.
   *
   * @param file which is there
   */
  boolean holds(Path file);

  /**
   * Reads all parts as one set.
   *
   * @throws DataException as {@link #readAll}
   */
  default ImageSet readTogether() {
    return readAll().together();
  }
}
