package org.aparanet.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.aparanet.model.safetensors.Dtype;
import org.aparanet.model.safetensors.Safetensors;
import org.aparanet.model.safetensors.SafetensorsException;
import org.aparanet.model.safetensors.StateDict;
import org.aparanet.model.safetensors.TensorEntry;

/** Runs over the seeds of its resource folder; with JAZZER_FUZZ=1 in the environment it fuzzes. */
class SafetensorsFuzzTest {
  private static final long ALLOCATED_AT_MOST = 1L << 20;
  private static final long ALLOCATED_PER_BYTE = 2_000;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  @FuzzTest(maxDuration = "60s")
  void anyBytesAreReadOrRefusedInOneSentence(byte[] bytes) {
    long limit = ALLOCATED_AT_MOST + ALLOCATED_PER_BYTE * bytes.length;
    if (allocatedByReading(bytes) >= limit) { // the first time may have loaded classes
      long allocated = allocatedByReading(bytes);
      assertTrue(
          allocated < limit,
          allocated + " bytes allocated for an input of " + bytes.length + " bytes");
    }
  }

  private static long allocatedByReading(byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    read(bytes);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void read(byte[] bytes) {
    try (Safetensors file = Safetensors.of("fuzz", ByteBuffer.wrap(bytes))) {
      long data = 0;
      for (TensorEntry tensor : file.tensors().values()) {
        data += tensor.end() - tensor.begin();
        if (tensor.dtype() == Dtype.F32) {
          assertEquals(tensor.elements(), file.floats(tensor.name()).length);
        } else if (tensor.dtype() == Dtype.F64) {
          assertEquals(tensor.elements(), file.doubles(tensor.name()).length);
        }
      }
      assertTrue(data <= bytes.length - Long.BYTES, "tensors overlap");
      Model model = ModelFile.read(file);
      long counters =
          file.tensors().keySet().stream().filter(name -> name.endsWith(StateDict.COUNTER)).count();
      assertEquals(file.tensors().size() - counters, model.network().tensors().size());
    } catch (SafetensorsException | ModelFileException e) {
      assertTrue(e.getMessage().startsWith("fuzz: "), e.getMessage());
      assertTrue(e.getMessage().length() < 1_000, e.getMessage());
    }
  }
}
