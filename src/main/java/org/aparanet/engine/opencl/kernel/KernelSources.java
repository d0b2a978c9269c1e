package org.aparanet.engine.opencl.kernel;

import com.aparapi.Kernel;
import com.aparapi.internal.exception.AparapiException;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import java.util.List;
import java.util.function.Supplier;

/** OpenCL C of the kernels, generated without an OpenCL device. */
public final class KernelSources {
  private static final List<Supplier<? extends Kernel>> KERNELS =
      List.of(
          GatherImages::new,
          CopyFloats::new,
          ConvolutionForward::new,
          ConvolutionBackwardData::new,
          ConvolutionBackwardFilter::new,
          MaxPoolForward::new,
          MaxPoolBackward::new,
          ReluForward::new,
          ReluBackward::new,
          LeakyReluForward::new,
          LeakyReluBackward::new,
          FinishOutputs::new,
          SoftmaxLoss::new,
          BatchNormStatistics::new,
          BatchNormForward::new,
          BatchNormSums::new,
          BatchNormBackward::new,
          AveragePoolForward::new,
          AveragePoolBackward::new,
          DropoutForward::new,
          DropoutBackward::new,
          ResidualForward::new,
          ResidualBackward::new,
          GradientSquares::new,
          SquareSums::new,
          ParameterUpdate::new,
          RunningStatistics::new,
          TrainingKernel::new);

  private KernelSources() {}

  /** Names of the kernels, in the order of a training step. */
  public static List<String> names() {
    return KERNELS.stream().map(kernel -> kernel.get().getClass().getSimpleName()).toList();
  }

  /**
   * OpenCL C of a kernel, as Aparapi generates it.
   *
   * @param name one of {@link #names()}, in upper or lower case
   * @throws IllegalArgumentException if there is no kernel of that name, with those that there are
   */
  public static String source(String name) {
    for (Supplier<? extends Kernel> supplier : KERNELS) {
      Kernel kernel = supplier.get();
      if (kernel.getClass().getSimpleName().equalsIgnoreCase(name)) {
        try {
          return KernelWriter.writeToString(
                  ClassModel.createClassModel(kernel.getClass()).getEntrypoint("run", kernel))
              .stripTrailing()
              .concat("\n");
        } catch (AparapiException e) {
          throw new IllegalStateException(name + " cannot be written as OpenCL", e);
        }
      }
    }
    throw new IllegalArgumentException(
        "\"" + name + "\" is no kernel; there are " + String.join(", ", names()));
  }
}
