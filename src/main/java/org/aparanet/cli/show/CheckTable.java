package org.aparanet.cli.show;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.aparanet.engine.check.CheckReport;
import org.aparanet.engine.check.CheckedOperation;

/** Prints a check's report: the worst relative error of each operation, then the verdict. */
public final class CheckTable {
  private CheckTable() {}

  public static void print(CheckReport report, PrintWriter target) {
    for (Map.Entry<CheckedOperation, Double> error : report.errors().entrySet()) {
      target.printf(
          Locale.ROOT,
          "  %-30s %8.1e%s%n",
          error.getKey(),
          error.getValue(),
          error.getValue() <= CheckReport.TOLERANCE ? "" : "  wrong");
    }
    target.println(report.verdict());
    target.flush();
  }
}
