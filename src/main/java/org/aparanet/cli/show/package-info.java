/** What a terminal shows: progress, tables and the result line. */
package org.aparanet.cli.show;
