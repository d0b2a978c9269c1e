package org.aparanet.cli;

import picocli.CommandLine.Command;

/** Group of the commands for data sets. */
@Command(
    name = "data",
    description = "List the data sets, or fetch one.",
    subcommands = {DataListCommand.class, DataFetchCommand.class})
final class DataCommand {}
