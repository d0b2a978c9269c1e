package org.aparanet.report.bench;

import com.google.gson.JsonObject;
import org.aparanet.engine.DeviceDetails;
import org.aparanet.engine.DeviceDetails.KernelBuild;

/** Details of a device from its driver as JSON, with the reason for each that is missing. */
final class DetailsJson {
  private static final String NO_DRIVER_VERSION =
      "Aparapi does not ask for CL_DRIVER_VERSION, and the system keeps no version of this driver"
          + " under /sys/module; \"version\" often holds it, and clinfo prints it";

  private static final String NO_LOG =
      "Aparapi asks for the driver's build log only when a build fails, and prints it: then it"
          + " stands in \"said\"";

  private static final String NO_REGISTERS =
      "OpenCL has no question for it; where they do not suffice, \"privateMemoryBytes\" and"
          + " \"largestWorkGroup\" of the kernel tell";

  private static final String NO_KERNEL = "it could not be built: \"said\" tells why";

  private DetailsJson() {}

  static JsonObject of(DeviceDetails details) {
    JsonObject json = new JsonObject();
    JsonObject unknown = new JsonObject();
    json.addProperty("vendor", details.vendor());
    json.addProperty("version", details.version());
    json.addProperty("driverVersion", details.driverVersion().orElse(null));
    if (details.driverVersion().isEmpty()) {
      unknown.addProperty("driverVersion", NO_DRIVER_VERSION);
    }
    json.addProperty("localMemoryBytes", details.localMemoryBytes());
    json.addProperty("largestAllocationBytes", details.largestAllocationBytes());
    json.addProperty("largestWorkGroup", details.largestWorkGroup());
    if (details.build().isPresent()) {
      json.add("kernel", kernel(details.build().get()));
      unknown.addProperty("kernel.registers", NO_REGISTERS);
      unknown.addProperty("kernel.buildLog", NO_LOG);
    } else {
      json.add("kernel", null);
      unknown.addProperty("kernel", NO_KERNEL);
    }
    json.addProperty("said", details.said());
    json.add("unknown", unknown);
    return json;
  }

  private static JsonObject kernel(KernelBuild build) {
    JsonObject json = new JsonObject();
    json.addProperty("buildSeconds", build.seconds());
    json.addProperty("builtAnew", build.anew());
    json.addProperty("workGroup", build.workGroup());
    json.addProperty("largestWorkGroup", build.largestWorkGroup());
    json.addProperty("preferredMultiple", build.preferredMultiple());
    json.addProperty("localMemoryBytes", build.localMemoryBytes());
    json.addProperty("privateMemoryBytes", build.privateMemoryBytes());
    json.add("registers", null);
    json.add("buildLog", null);
    return json;
  }
}
