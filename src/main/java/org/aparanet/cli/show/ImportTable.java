package org.aparanet.cli.show;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.aparanet.data.format.Printable;
import org.aparanet.model.ImportedModel;

/** Table of where the tensors of an imported file went. */
public final class ImportTable {
  private ImportTable() {}

  /** Prints a line for each tensor. */
  public static void print(List<ImportedModel.Place> places, PrintWriter out) {
    int width = "tensor".length();
    int shapes = "shape".length();
    for (ImportedModel.Place place : places) {
      width = Math.max(width, name(place).length());
      shapes = Math.max(shapes, place.to().dimensions().toString().length());
    }
    String line = "%-" + width + "s  %-5s  %-" + shapes + "s  %-16s  %s%n";
    out.printf(Locale.ROOT, line, "tensor", "type", "shape", "became", "layer");
    for (ImportedModel.Place place : places) {
      out.printf(
          Locale.ROOT,
          line,
          name(place),
          place.from().dtype(),
          place.to().dimensions(),
          place.to().name(),
          (place.layer().index() + 1) + " " + place.layer().layer().label());
    }
  }

  private static String name(ImportedModel.Place place) {
    return Printable.of(place.from().name());
  }
}
