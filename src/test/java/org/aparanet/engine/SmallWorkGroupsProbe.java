package org.aparanet.engine;

import org.aparanet.engine.opencl.OpenClDevices;
import org.aparanet.engine.select.DeviceChoice;
import org.aparanet.engine.select.Engines;
import org.aparanet.engine.select.TestEngines;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;

/**
 * A process in which {@code auto} is offered the first OpenCL device as if it were a GPU; prints
 * what it says, and what it takes in the end.
 */
public final class SmallWorkGroupsProbe {
  private SmallWorkGroupsProbe() {}

  /** Takes no arguments; the environment says how the driver is to be. */
  public static void main(String[] arguments) {
    Engine device = OpenClDevices.find().engines().get(0);
    Engines engines = TestEngines.of(new PretendedGpu(device, session -> session));
    try (Engines.Opened opened =
        engines.open(
            DeviceChoice.parse("auto"), NetworkText.parse(new Shape(1, 4, 4), "dense 3"), 2)) {
      opened.notices().forEach(System.out::println);
      System.out.println(opened.session().device().id());
    }
  }
}
