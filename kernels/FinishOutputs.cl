typedef struct This_s{
   __global float *partials;
   __global float *parameters;
   __global float *output;
   __global int *passes;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
float org_aparanet_engine_opencl_kernel_ConvolutionForward__activation( __global float* parameters,  __global int* passes, int row, int filter, float sum){
   float value = sum;
   if (passes[(row + 14)]!=-1){
      value = value + parameters[(passes[(row + 14)] + filter)];
   }
   if (value<0.0f && passes[(row + 15)]==1){
      value = 0.0f;
   }
   return(value);
}
float org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum( __global float* partials,  __global int* passes, int row, int element){
   float sum = 0.0f;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      sum = sum + partials[((passes[(row + 31)] + (chunk * passes[(row + 32)])) + element)];
   }
   return(sum);
}
void org_aparanet_engine_opencl_kernel_FinishOutputs__finishOutput( __global float* partials,  __global float* parameters,  __global float* output,  __global int* passes, int row, int element){
   float sum = org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum(partials, passes, row, element);
   int filter = (element / passes[(row + 22)]) % passes[(row + 21)];
   output[passes[(row + 12)] + element]  = org_aparanet_engine_opencl_kernel_ConvolutionForward__activation(parameters, passes, row, filter, sum);
   return;
}
void org_aparanet_engine_opencl_kernel_FinishOutputs__finishOutputs( __global float* partials,  __global float* parameters,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int outputs = (batch * passes[(row + 21)]) * passes[(row + 22)];
   for (int element = item; element<outputs; element = element + items){
      org_aparanet_engine_opencl_kernel_FinishOutputs__finishOutput(partials, parameters, output, passes, row, element);
   }
   return;
}
__kernel void run(
   __global float *partials, 
   __global float *parameters, 
   __global float *output, 
   __global int *passes, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->partials = partials;
   this->parameters = parameters;
   this->output = output;
   this->passes = passes;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_FinishOutputs__finishOutputs(this->partials, this->parameters, this->output, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
