/** The command line: picocli commands that parse, check and call; no arithmetic. */
package org.aparanet.cli;
