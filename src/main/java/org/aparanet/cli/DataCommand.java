package org.aparanet.cli;

import picocli.CommandLine.Command;

/** Group of the commands for data sets. */
@Command(
    name = "data",
    description = "List the data sets, fetch one, or remove what was kept of large ones.",
    subcommands = {DataListCommand.class, DataFetchCommand.class, DataClearCommand.class})
final class DataCommand {}
