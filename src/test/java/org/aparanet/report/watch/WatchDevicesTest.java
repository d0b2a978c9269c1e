package org.aparanet.report.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import org.aparanet.data.ImageSet;
import org.aparanet.engine.Device;
import org.aparanet.engine.EngineException;
import org.aparanet.model.Model;
import org.aparanet.model.Network;
import org.aparanet.model.NetworkText;
import org.aparanet.model.Shape;
import org.aparanet.train.TrainingData;
import org.aparanet.train.TrainingPlan;
import org.junit.jupiter.api.Test;

/** What a page says of the devices of a training. */
class WatchDevicesTest {
  private static final Device ONE = new Device("opencl:0", Device.Kind.GPU, "One", "Test", 1, 1);
  private static final Device TWO = new Device("opencl:1", Device.Kind.GPU, "Two", "Test", 1, 1);
  private static final Device JAVA = new Device("cpu", Device.Kind.JAVA, "Java", "Test", 1, 1);

  private static Watch watch(List<Device> devices) {
    Network network = NetworkText.parse(new Shape(1, 1, 1), "dense 2");
    ImageSet images = new ImageSet("some", network.input(), new byte[4], new byte[4], 2);
    Watch watch =
        new Watch(
            new Model(network, new float[4]),
            new TrainingData(images, Optional.empty(), images),
            TrainingPlan.of(1, 4, 0.1f),
            "a plan");
    watch.begin(devices, 0);
    return watch;
  }

  private static void assertStatus(String devices, String sentence, Watch watch) {
    JsonObject status =
        JsonParser.parseString(watch.state()).getAsJsonObject().getAsJsonObject("status");
    assertEquals(devices, status.get("device").getAsString());
    assertEquals(sentence, status.get("sentence").getAsString());
  }

  @Test
  void aDeviceWhoseShareWentToOthersIsGone() {
    try (Watch watch = watch(List.of(ONE, JAVA, TWO, JAVA))) {
      assertStatus("opencl:0 (One), cpu (Java), opencl:1 (Two) and cpu (Java)", "", watch);
      watch.shareMoved(new EngineException("it smokes"), TWO, List.of(JAVA), 7);
      assertStatus(
          "opencl:0 (One), cpu (Java) and cpu (Java)",
          "opencl:1 (Two) failed: it smokes; its share goes to cpu (Java), nothing is lost",
          watch);
      watch.shareMoved(new EngineException("cpu (Java) is full"), JAVA, List.of(ONE, JAVA), 9);
      assertStatus(
          "opencl:0 (One) and cpu (Java)",
          "cpu (Java) is full; its share goes to opencl:0 (One) and cpu (Java), nothing is lost",
          watch);
    }
  }

  @Test
  void aDeviceThatIsReplacedIsGone() {
    try (Watch watch = watch(List.of(ONE))) {
      watch.fellBack(new EngineException("it smokes"), JAVA, 7);
      assertStatus("cpu (Java)", "it smokes; going on from step 7 on cpu (Java)", watch);
    }
  }
}
