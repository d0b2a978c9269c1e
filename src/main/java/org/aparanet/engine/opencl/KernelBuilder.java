package org.aparanet.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import com.aparapi.exception.CompileFailedException;
import com.aparapi.exception.QueryFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.aparanet.engine.Device;
import org.aparanet.engine.DeviceDetails;
import org.aparanet.engine.DeviceDetails.KernelBuild;
import org.aparanet.engine.opencl.kernel.MatrixProduct;
import org.aparanet.engine.opencl.kernel.TrainingKernel;
import org.aparanet.file.Leftovers;

/**
 * Short-lived Java process that builds the training kernel for one device, and reports what the
 * driver says of both. In a separate process the native output of drivers can be captured, a build
 * that crashes ends nothing else, and the drivers' caches of earlier builds can be disabled.
 */
final class KernelBuilder {
  private static final long MOST_SECONDS = 300;

  /** Environment that disables the kernel caches of NVIDIA, Intel and PoCL. */
  private static final Map<String, String> NOTHING_KEPT =
      Map.of("CUDA_CACHE_DISABLE", "1", "NEO_CACHE_PERSISTENT", "0", "POCL_KERNEL_CACHE", "0");

  private static final String ID = "opencl:";

  private KernelBuilder() {}

  /** Prints a line for each fact as soon as it is known. */
  public static void main(String[] arguments) throws CompileFailedException, QueryFailedException {
    OpenClDevices.quieten();
    OpenCLDevice target = LoadedDevices.load().targets().get(Integer.parseInt(arguments[0]));
    print("vendor", target.getOpenCLPlatform().getVendor());
    print("version", target.getOpenCLPlatform().getVersion());
    print("localMemory", target.getLocalMemSize());
    print("largestAllocation", target.getMaxMemAllocSize());
    print("largestWorkGroup", target.getMaxWorkGroupSize());
    TrainingKernel kernel = new TrainingKernel();
    kernel.setExplicit(true);
    DeviceKernelManager.bind(kernel, target);
    long start = System.nanoTime();
    kernel.compile(target);
    print("build", System.nanoTime() - start);
    print("kernelWorkGroup", kernel.getKernelMaxWorkGroupSize(target));
    print("kernelMultiple", kernel.getKernelPreferredWorkGroupSizeMultiple(target));
    print("kernelLocal", kernel.getKernelLocalMemSizeInUse(target));
    print("kernelPrivate", kernel.getKernelMinimumPrivateMemSizeInUsePerWorkItem(target));
    Runtime.getRuntime().halt(0); // not exit(): some drivers crash when unloaded
  }

  private static void print(String name, Object value) {
    String line = name + "=" + String.valueOf(value).strip().replace('\n', ' ') + "\n";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  /**
   * Runs the process.
   *
   * @param anew whether the drivers' caches are disabled
   * @return empty if the process cannot be started, or finds no such device
   */
  static Optional<DeviceDetails> run(Device device, boolean anew) {
    String index = device.id().substring(ID.length());
    try {
      Path facts = temporary(".facts");
      Path said = temporary(".said");
      try {
        String ended = ended(index, anew, facts, said);
        return details(ended, anew, Files.readString(facts), text(said));
      } finally {
        remove(facts);
        remove(said);
      }
    } catch (IOException e) {
      return Optional.empty(); // no room for a file, or no further process
    }
  }

  private static Path temporary(String suffix) throws IOException {
    Path file = Files.createTempFile("aparanet", suffix);
    Leftovers.remember(file);
    return file;
  }

  private static void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    Leftovers.forget(file);
  }

  /** Text of a file, in which a driver may have printed any bytes. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** End of the process, in words; empty if it was regular. */
  private static String ended(String index, boolean anew, Path facts, Path said)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            DeviceLister.command(
                KernelBuilder.class, "-Xmx1g", System.getProperty("java.class.path")));
    builder.command().add(index);
    if (anew) {
      builder.environment().putAll(NOTHING_KEPT);
    }
    builder.redirectOutput(facts.toFile()).redirectError(said.toFile());
    Process process = builder.start();
    Thread end = new Thread(process::destroyForcibly, "end of the kernel builder");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        return "the build took more than " + MOST_SECONDS + " s, and was ended";
      }
      return process.exitValue() == 0
          ? ""
          : "the process that built ended with status " + process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the build was interrupted";
    } finally {
      process.destroyForcibly();
      DeviceLister.remove(end);
    }
  }

  /**
   * Details from the output of the process.
   *
   * @param ended end of the process, in words; empty if regular
   * @param anew whether the drivers' caches were disabled
   * @param facts lines {@code name=value}
   * @param printed native output of the drivers
   */
  static Optional<DeviceDetails> details(String ended, boolean anew, String facts, String printed) {
    Map<String, String> values = new HashMap<>();
    facts
        .lines()
        .filter(line -> line.contains("="))
        .forEach(
            line ->
                values.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    if (!values.containsKey("largestWorkGroup")) {
      return Optional.empty();
    }
    String vendor = values.get("vendor");
    return Optional.of(
        new DeviceDetails(
            vendor,
            values.get("version"),
            SystemDriver.version(vendor),
            Long.parseLong(values.get("localMemory")),
            Long.parseLong(values.get("largestAllocation")),
            Integer.parseInt(values.get("largestWorkGroup")),
            build(values, anew),
            (printed.strip() + "\n" + ended).strip()));
  }

  private static Optional<KernelBuild> build(Map<String, String> values, boolean anew) {
    if (!values.containsKey("kernelPrivate")) {
      return Optional.empty();
    }
    return Optional.of(
        new KernelBuild(
            Long.parseLong(values.get("build")) / 1e9,
            anew,
            MatrixProduct.GROUP,
            Integer.parseInt(values.get("kernelWorkGroup")),
            Integer.parseInt(values.get("kernelMultiple")),
            Long.parseLong(values.get("kernelLocal")),
            Long.parseLong(values.get("kernelPrivate"))));
  }
}
