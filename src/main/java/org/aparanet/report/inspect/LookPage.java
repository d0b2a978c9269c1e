package org.aparanet.report.inspect;

import com.google.gson.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aparanet.inspect.Inspection;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.report.page.HtmlPage;
import org.aparanet.report.page.PageResource;
import org.aparanet.train.evaluate.Prediction;

/** What each layer of a model makes of images, as one page that needs nothing else. */
public final class LookPage {

  /** The most images of a page. */
  public static final int MOST_IMAGES = 24;

  /** Numbers of a page; with the kernels' texts it stays below 3 MB. */
  static final long VALUES = 450_000;

  /** Classes with a column of their own; of more, only the most probable are named. */
  private static final int COLUMNS = 20;

  private static final int BEST = 5;

  private static final String STYLE =
      """
      .look-images { display: flex; flex-wrap: wrap; gap: .2rem 1rem; border: 1px solid var(--line);
        margin: 1rem 0; }
      .look-facts { display: grid; grid-template-columns: max-content minmax(0, 1fr);
        gap: .2rem 1.2rem; }
      .look-facts dd { margin: 0; }
      """;

  /** Values of all images together, which have to be in memory at the same time. */
  private static final long MOST_VALUES = 16_000_000;

  private LookPage() {}

  /**
   * {@return the most images of a page: fewer for a network of very large maps}
   *
   * @param network whose maps are shown
   */
  public static int mostImages(Network network) {
    long values = network.nodes().stream().mapToLong(n -> n.output().size()).sum();
    return (int) Math.max(1, Math.min(MOST_IMAGES, MOST_VALUES / values));
  }

  /**
   * {@return the page}
   *
   * @param name of the model, such as its file's
   * @param inspections of the images, at least one
   * @param notes sentences of what the page leaves out
   */
  public static String of(String name, List<Inspection> inspections, List<String> notes) {
    Model model = inspections.get(0).model();
    Network network = model.network();
    Shown shown = Shown.of(inspections, VALUES);
    String script = Viewer.script() + "\n" + PageResource.text("look.js");
    HtmlPage page = new HtmlPage("Inside " + name, Viewer.style() + STYLE, List.of(script));
    page.markup("<main>\n").heading(1, "Inside " + name);
    page.paragraph(
        "What each layer makes of "
            + (inspections.size() == 1
                ? inspections.get(0).image().name()
                : inspections.size() + " images")
            + ", as the reference in double precision computes it.");
    notes.forEach(page::paragraph);
    page.markup("<dl class=\"look-facts\">\n");
    fact(page, "layers", network.text());
    fact(page, "input", network.input().toString());
    fact(page, "parameters", format("%,d", network.parameterCount()));
    fact(page, "multiply-adds", format("%,d for an image", network.multiplyAdds()));
    page.markup("</dl>\n");
    probabilities(page, inspections);
    page.heading(2, "Layer by layer");
    page.markup("<noscript>")
        .paragraph("The maps of the layers are drawn by a script, and scripts are off.")
        .markup("</noscript>\n<div id=\"maps\"></div>\n</main>\n");
    page.data("layers", LayersJson.of(model, shown).toString());
    JsonArray images = new JsonArray();
    inspections.forEach(inspection -> images.add(MapsJson.of(inspection, shown)));
    return page.data("images", images.toString()).finish();
  }

  private static void fact(HtmlPage page, String name, String value) {
    page.markup("<dt>").text(name).markup("</dt><dd>").text(value).markup("</dd>\n");
  }

  private static void probabilities(HtmlPage page, List<Inspection> inspections) {
    Model model = inspections.get(0).model();
    int classes = model.network().classes();
    page.heading(2, "Probabilities");
    List<String> columns = new ArrayList<>(List.of("image", "label"));
    if (classes <= COLUMNS) {
      IntStream.range(0, classes).forEach(c -> columns.add(model.className(c)));
    } else {
      columns.add("most probable classes");
    }
    page.openTable("Probabilities of the classes, in percent", columns.toArray(String[]::new));
    for (Inspection inspection : inspections) {
      List<String> cells = new ArrayList<>(List.of(inspection.image().name(), label(inspection)));
      double[] probabilities = inspection.probabilities();
      if (classes <= COLUMNS) {
        for (double probability : probabilities) {
          cells.add(format("%.2f", 100 * probability));
        }
      } else {
        cells.add(best(model, probabilities));
      }
      page.row(cells.toArray(String[]::new));
    }
    page.closeTable();
  }

  private static String best(Model model, double[] probabilities) {
    return IntStream.of(Prediction.of(probabilities).best(BEST))
        .mapToObj(c -> model.className(c) + " " + format("%.2f", 100 * probabilities[c]))
        .collect(Collectors.joining(", "));
  }

  private static String label(Inspection inspection) {
    boolean labelled = inspection.image().classes() > 1;
    return labelled ? inspection.model().className(inspection.image().label(0)) : "–";
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
