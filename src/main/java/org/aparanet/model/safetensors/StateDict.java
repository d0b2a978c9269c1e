package org.aparanet.model.safetensors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Modules of a file that holds the {@code state_dict} of a PyTorch module: the tensors whose names
 * are alike up to the last dot.
 *
 * <p>PyTorch's own writer sorts tensors by name, so that their order tells nothing of the network;
 * then the modules stand in the order of their names, with numbers in them compared as numbers.
 * Where a file has another order, that of the file counts.
 */
public final class StateDict {
  /** Counter of a batch normalisation's steps, which inference and training here do without. */
  public static final String COUNTER = "num_batches_tracked";

  private final List<Module> modules;
  private final boolean sorted;

  private StateDict(List<Module> modules, boolean sorted) {
    this.modules = modules;
    this.sorted = sorted;
  }

  /**
   * A module with tensors of its own.
   *
   * @param name what stands before the last dot, such as {@code layer1.0.conv1}; may be empty
   * @param tensors by what stands behind it, such as {@code weight}, in alphabetical order
   */
  public record Module(String name, Map<String, TensorEntry> tensors) {}

  /** The modules of a file, without the counters of batch normalisations. */
  public static StateDict of(Safetensors file) {
    List<TensorEntry> entries =
        file.tensors().values().stream()
            .sorted(
                Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
            .toList();
    Map<String, Module> modules = new LinkedHashMap<>();
    for (TensorEntry entry : entries) {
      int dot = entry.name().lastIndexOf('.');
      String own = entry.name().substring(dot + 1);
      if (!own.equals(COUNTER)) {
        TensorEntry other =
            modules
                .computeIfAbsent(
                    entry.name().substring(0, Math.max(0, dot)),
                    n -> new Module(n, new TreeMap<>()))
                .tensors()
                .put(own, entry);
        if (other != null) {
          throw new SafetensorsException(
              file.name()
                  + ": tensors "
                  + Quote.of(other.name())
                  + " and "
                  + Quote.of(entry.name())
                  + " are the same one of a module");
        }
      }
    }
    List<Module> ordered = new ArrayList<>(modules.values());
    boolean sorted = isSorted(entries);
    if (sorted) {
      ordered.sort(Comparator.comparing(Module::name, NumberedNames.ORDER));
    }
    return new StateDict(ordered, sorted);
  }

  /** Whether tensors of the same type stand in the order of their names. */
  private static boolean isSorted(List<TensorEntry> entries) {
    for (int i = 1; i < entries.size(); i++) {
      TensorEntry before = entries.get(i - 1);
      TensorEntry entry = entries.get(i);
      if (before.dtype() == entry.dtype() && before.name().compareTo(entry.name()) > 0) {
        return false;
      }
    }
    return true;
  }

  /** The modules in their order. */
  public List<Module> modules() {
    return List.copyOf(modules);
  }

  /** Whether the order is that of the modules' names, for lack of another. */
  public boolean isByName() {
    return sorted;
  }
}
