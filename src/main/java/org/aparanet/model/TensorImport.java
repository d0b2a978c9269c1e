package org.aparanet.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.aparanet.model.safetensors.Quote;
import org.aparanet.model.safetensors.Safetensors;
import org.aparanet.model.safetensors.StateDict;
import org.aparanet.model.safetensors.TensorEntry;

/**
 * Tensors of a PyTorch {@code state_dict} as the parameters of a network. They are found by the
 * names that an {@code nn.Sequential} of the same layers gives them, or PyTorch's own module of a
 * named network; where a file has others, a layer takes the first module that has tensors of its
 * names and shapes and is not taken yet.
 */
final class TensorImport {
  private final Safetensors file;
  private final Network network;
  private final StateDict dict;
  private final List<ImportedModel.Place> places = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  private TensorImport(Safetensors file, Network network) {
    this.file = file;
    this.network = network;
    dict = StateDict.of(file);
  }

  /**
   * Reads the parameters of a network.
   *
   * @throws ModelFileException if a tensor is missing, superfluous, of another shape or not finite
   * @throws org.aparanet.model.safetensors.SafetensorsException if one cannot be read as floats
   */
  static ImportedModel read(Safetensors file, Network network) {
    return new TensorImport(file, network).read();
  }

  private ImportedModel read() {
    List<Map<String, String>> known = List.of(sequentialNames(), moduleNames());
    known.stream()
        .filter(names -> !names.isEmpty() && file.tensors().keySet().containsAll(names.values()))
        .findFirst()
        .ifPresentOrElse(this::placeByName, this::placeByShape);
    places.sort(Comparator.comparingInt(place -> place.to().offset()));
    float[] parameters = new float[network.parameterCount()];
    for (ImportedModel.Place place : places) {
      Network.Tensor to = place.to();
      file.anyFloats(place.from().name(), parameters, to.offset());
      ModelFile.requireFinite(file.name(), place.from().name(), to, parameters);
    }
    return new ImportedModel(new Model(network, parameters), List.copyOf(places), doubts);
  }

  /** The names that an {@code nn.Sequential} of the same layers gives the network's tensors. */
  private Map<String, String> sequentialNames() {
    return network.tensors().stream()
        .collect(Collectors.toMap(Network.Tensor::name, Network.Tensor::name));
  }

  /** The names that PyTorch's own module gives a named network's tensors; empty without one. */
  private Map<String, String> moduleNames() {
    Map<String, String> names = new HashMap<>();
    Iterator<String> modules =
        NamedNetwork.of(network).map(NamedNetwork::modules).orElse(List.of()).iterator();
    for (Network.Node node : network.nodes()) {
      if (!node.tensors().isEmpty() && modules.hasNext()) {
        String module = modules.next();
        node.tensors().forEach(t -> names.put(t.name(), module + "." + own(t)));
      }
    }
    return names;
  }

  /**
   * @param names in the file, by those of the network's tensors
   */
  private void placeByName(Map<String, String> names) {
    Set<TensorEntry> taken = new LinkedHashSet<>();
    for (Network.Node node : network.nodes()) {
      for (Network.Tensor tensor : node.tensors()) {
        TensorEntry entry = file.tensors().get(names.get(tensor.name()));
        if (!entry.shape().equals(tensor.dimensions())) {
          throw refused(
              "tensor "
                  + Quote.of(entry.name())
                  + " has shape "
                  + entry.shape()
                  + "; "
                  + place(node)
                  + " needs "
                  + tensor.dimensions());
        }
        taken.add(entry);
        places.add(new ImportedModel.Place(entry, node, tensor));
      }
    }
    dict.modules().stream()
        .flatMap(module -> module.tensors().values().stream())
        .filter(entry -> !taken.contains(entry))
        .findFirst()
        .ifPresent(this::refuseSuperfluous);
  }

  private void placeByShape() {
    List<StateDict.Module> left = new ArrayList<>(dict.modules());
    Map<Map<String, List<Integer>>, List<String>> alike = new LinkedHashMap<>();
    for (Network.Node node : network.nodes()) {
      if (!node.tensors().isEmpty()) {
        Map<String, List<Integer>> shapes = shapes(node);
        StateDict.Module module =
            left.stream()
                .filter(candidate -> shapes(candidate).equals(shapes))
                .findFirst()
                .orElseThrow(() -> missing(node, shapes, left));
        left.remove(module);
        alike.computeIfAbsent(shapes, s -> new ArrayList<>()).add(module.name());
        for (Network.Tensor tensor : node.tensors()) {
          TensorEntry entry = module.tensors().get(own(tensor));
          places.add(new ImportedModel.Place(entry, node, tensor));
        }
      }
    }
    left.stream()
        .flatMap(module -> module.tensors().values().stream())
        .findFirst()
        .ifPresent(this::refuseSuperfluous);
    if (dict.isByName()) {
      alike.values().forEach(this::doubt);
    }
  }

  /** Names that differ in more than their numbers do not tell the order of their modules. */
  private void doubt(List<String> names) {
    long kinds = names.stream().map(name -> name.replaceAll("[0-9]+", "0")).distinct().count();
    if (kinds > 1) {
      doubts.add(
          file.name()
              + ": modules "
              + names.stream().map(Quote::of).collect(Collectors.joining(", "))
              + " have the same shapes, and were taken in the order of their names");
    }
  }

  /** Name of a layer's tensor within the layer, such as {@code weight}. */
  private static String own(Network.Tensor tensor) {
    return tensor.name().substring(tensor.name().lastIndexOf('.') + 1);
  }

  private static Map<String, List<Integer>> shapes(Network.Node node) {
    Map<String, List<Integer>> shapes = new TreeMap<>();
    node.tensors().forEach(tensor -> shapes.put(own(tensor), tensor.dimensions()));
    return shapes;
  }

  private static Map<String, List<Integer>> shapes(StateDict.Module module) {
    Map<String, List<Integer>> shapes = new TreeMap<>();
    module.tensors().forEach((name, entry) -> shapes.put(name, entry.shape()));
    return shapes;
  }

  private ModelFileException missing(
      Network.Node node, Map<String, List<Integer>> shapes, List<StateDict.Module> left) {
    String next =
        left.isEmpty()
            ? "none is left"
            : "the next is " + Quote.of(left.get(0).name()) + " with " + shown(shapes(left.get(0)));
    return refused(
        place(node) + " needs a module with " + shown(shapes) + ", which the file lacks; " + next);
  }

  private static String shown(Map<String, List<Integer>> shapes) {
    return shapes.entrySet().stream()
        .map(tensor -> Quote.plain(tensor.getKey()) + " " + tensor.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String place(Network.Node node) {
    return "layer " + (node.index() + 1) + " (" + node.layer().label() + ")";
  }

  private void refuseSuperfluous(TensorEntry entry) {
    throw refused(
        "tensor "
            + Quote.of(entry.name())
            + " of shape "
            + entry.shape()
            + " belongs to no layer of the network \""
            + network.text()
            + "\"");
  }

  private ModelFileException refused(String why) {
    return new ModelFileException(file.name() + ": " + why);
  }
}
