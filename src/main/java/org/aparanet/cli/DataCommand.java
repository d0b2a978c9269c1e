package org.aparanet.cli;

import picocli.CommandLine.Command;

/** What has to do with data sets; its subcommands do the work. */
@Command(
    name = "data",
    description = "List the data sets, or fetch one.",
    subcommands = {DataListCommand.class, DataFetchCommand.class})
final class DataCommand {}
