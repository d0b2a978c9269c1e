typedef struct This_s{
   __global float *input;
   __global float *parameters;
   __global float *dOutput;
   __global float *dInput;
   __global float *partials;
   __global int *passes;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane( __global int* passes, int row){
   return((passes[(row + 2)] * passes[(row + 3)]));
}
void org_aparanet_engine_opencl_kernel_InputGradient__storeGradient( __global float* input,  __global float* dInput,  __global int* passes, int row, int element, float gradient){
   int place = passes[(row + 11)] + element;
   int corner = passes[(row + 61)];
   int width = passes[(row + 63)];
   int largest = 0;
   if (corner!=-1){
      corner = corner + ((4 * element) - (2 * (element % width)));
      largest = (int)input[(passes[(row + 62)] + element)];
      place = (corner + (((largest / 2) * 2) * width)) + (largest % 2);
   }
   float value = gradient;
   if (passes[(row + 52)]==1){
      value = value + dInput[place];
   }
   if (passes[(row + 16)]==1 && input[(passes[(row + 11)] + element)]<=0.0f){
      value = 0.0f;
   }
   if (corner==-1){
      dInput[place]  = value;
   } else {
      float g0 = 0.0f;
      float g1 = 0.0f;
      float g2 = 0.0f;
      float g3 = 0.0f;
      if (largest==0){
         g0 = value;
      }
      if (largest==1){
         g1 = value;
      }
      if (largest==2){
         g2 = value;
      }
      if (largest==3){
         g3 = value;
      }
      dInput[corner]  = g0;
      dInput[corner + 1]  = g1;
      dInput[corner + (2 * width)]  = g2;
      dInput[(corner + (2 * width)) + 1]  = g3;
   }
   return;
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement( __global int* passes, int row, int channel, int number){
   int plane = org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row);
   int image = number / plane;
   return((((((image * passes[(row + 1)]) + channel) * plane) + number) - (image * plane)));
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart( __global int* passes, int row, int batch, int chunk){
   int count = batch * org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row);
   int chunks = passes[(row + 30)];
   int start = (((count + chunks) - 1) / chunks) * chunk;
   if (start>count){
      start = count;
   }
   return(start);
}
float org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum( __global float* partials,  __global int* passes, int row, int element){
   float sum = 0.0f;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      sum = sum + partials[((passes[(row + 31)] + (chunk * passes[(row + 32)])) + element)];
   }
   return(sum);
}
void org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchNormBackward(This *this,  __global float* input,  __global float* parameters,  __global float* dOutput,  __global float* dInput,  __global float* partials,  __global int* passes, int row, int batch){
   int channels = passes[(row + 1)];
   int workUnits = channels * passes[(row + 30)];
   int count = batch * org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row);
   for (int workUnit = get_group_id(0); workUnit<workUnits; workUnit = workUnit + get_num_groups(0)){
      int channel = workUnit % channels;
      int chunk = workUnit / channels;
      int to = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1));
      float mean = input[(passes[(row + 53)] + channel)];
      float variance = input[((passes[(row + 53)] + channels) + channel)];
      float inverse = 1.0f / sqrt((variance + 1.0E-5f));
      float scale = parameters[(passes[(row + 13)] + channel)] * inverse;
      float slope = (org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum(partials, passes, row, channel) / (float)count) * inverse;
      float shift = org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum(partials, passes, row, (channels + channel)) / (float)count;
      for (int i = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk) + get_local_id(0); i<to; i+=128){
         {
            int at = org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement(passes, row, channel, i);
            float value = input[(passes[(row + 11)] + at)];
            float gradient = scale * ((dOutput[(passes[(row + 12)] + at)] - shift) - ((value - mean) * slope));
            org_aparanet_engine_opencl_kernel_InputGradient__storeGradient(input, dInput, passes, row, at, gradient);
         }
      }
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *parameters, 
   __global float *dOutput, 
   __global float *dInput, 
   __global float *partials, 
   __global int *passes, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->parameters = parameters;
   this->dOutput = dOutput;
   this->dInput = dInput;
   this->partials = partials;
   this->passes = passes;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchNormBackward(this, this->input, this->parameters, this->dOutput, this->dInput, this->partials, this->passes, 0, this->batch);
      return;
   }
}
