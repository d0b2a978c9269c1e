package org.aparanet.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Engine;
import org.aparanet.engine.Inference;
import org.aparanet.engine.Session;
import org.aparanet.engine.check.ReferenceLoss;
import org.aparanet.engine.check.RelativeError;
import org.aparanet.engine.cpu.CpuEngine;
import org.aparanet.engine.opencl.HostMemory;
import org.aparanet.engine.opencl.OpenClTestDevice;
import org.aparanet.model.safetensors.Safetensors;

/**
 * Torchvision's resnet18, imported, beside PyTorch on the Java engine and on the first OpenCL
 * device: logits of ten images, which have to agree to 1e-5 of their norm, and the losses of five
 * steps of SGD, to 1e-4. {@code pytorch/resnet18.py} makes the folder that is the only argument.
 */
public final class TorchvisionCheck {
  private static final double LOGITS_TOLERANCE = 1e-5;
  private static final double LOSS_TOLERANCE = 1e-4;
  private static final int BATCH = 4;

  private final Model model;
  private final ImageSet images;
  private final double[] logits;
  private final double[] losses;
  private final float rate;

  private TorchvisionCheck(Path folder) {
    Shape shape = NamedNetwork.RESNET18.usualInput().orElseThrow();
    Network network = NamedNetwork.RESNET18.network(shape, NamedNetwork.RESNET18.usualClasses());
    model = Model.importTensors(folder.resolve("resnet18.safetensors"), network).model();
    try (Safetensors file = Safetensors.open(folder.resolve("expected.safetensors"))) {
      byte[] pixels = bytes(file.doubles("pixels"));
      images = new ImageSet("noise", shape, pixels, bytes(file.doubles("labels")), 100);
      logits = file.doubles("logits");
      losses = file.doubles("losses");
      rate = (float) file.doubles("rate")[0];
    }
  }

  private static byte[] bytes(double[] numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) numbers[i];
    }
    return bytes;
  }

  private boolean isRight(Engine engine) {
    Network network = model.network();
    float[] inferred = new float[logits.length];
    try (Inference inference = engine.openInference(network, model.parameters(), images.count())) {
      inference.infer(images.pixels(), images.count(), inferred);
    }
    double distance = RelativeError.of(logits, inferred);
    double worst = 0;
    int[] rows = IntStream.range(0, BATCH).toArray();
    int[] labels = IntStream.of(rows).map(images::label).toArray();
    try (Session session = engine.open(network, BATCH)) {
      session.load(images);
      session.setParameters(model.parameters());
      for (double expected : losses) {
        ReferenceLoss loss = new ReferenceLoss(labels, network.classes());
        session.step(rows, 0, BATCH, loss, rate);
        worst = Math.max(worst, Math.abs(loss.loss() - expected) / expected);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: logits off by %.1e of their norm, losses by %.1e%n",
        engine.device(),
        distance,
        worst);
    return distance <= LOGITS_TOLERANCE && worst <= LOSS_TOLERANCE;
  }

  public static void main(String[] arguments) {
    TorchvisionCheck check = new TorchvisionCheck(Path.of(arguments[0]));
    int threads = Runtime.getRuntime().availableProcessors();
    boolean right = true;
    for (Engine engine :
        List.of(new CpuEngine(threads), OpenClTestDevice.engine(HostMemory.SEPARATE))) {
      right &= check.isRight(engine);
    }
    System.exit(right ? 0 : 1);
  }
}
