package org.aparanet.data;

import org.aparanet.data.format.DataException;

/** A data set that lies somewhere as files of one format. */
interface DataSource {

  /**
   * Reads both parts.
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
   * Reads both parts as one set.
   *
   * @throws DataException as {@link #readAll}
   */
  default ImageSet readTogether() {
    return readAll().together();
  }
}
