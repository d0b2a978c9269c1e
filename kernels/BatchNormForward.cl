typedef struct This_s{
   __global float *input;
   __global float *parameters;
   __global float *output;
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
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart( __global int* passes, int row, int batch, int chunk){
   int count = batch * org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row);
   int chunks = passes[(row + 30)];
   int start = (((count + chunks) - 1) / chunks) * chunk;
   if (start>count){
      start = count;
   }
   return(start);
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement( __global int* passes, int row, int channel, int number){
   int plane = org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row);
   int image = number / plane;
   return((((((image * passes[(row + 1)]) + channel) * plane) + number) - (image * plane)));
}
float org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchVariance( __global float* partials,  __global int* passes, int row, int batch, int channel, float mean){
   float sum = 0.0f;
   int at = passes[(row + 31)] + channel;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      {
         int count = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1)) - org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk);
         float off = partials[(at + passes[(row + 1)])] - mean;
         sum = sum + (partials[at] + (((float)count * off) * off));
         at = at + passes[(row + 32)];
      }
   }
   return((sum / (float)(batch * org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row))));
}
float org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchMean( __global float* partials,  __global int* passes, int row, int batch, int channel){
   float sum = 0.0f;
   int at = passes[(row + 31)] + channel;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      {
         int count = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1)) - org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk);
         sum = sum + ((float)count * partials[(at + passes[(row + 1)])]);
         at = at + passes[(row + 32)];
      }
   }
   return((sum / (float)(batch * org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row))));
}
void org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchNormForward(This *this,  __global float* input,  __global float* parameters,  __global float* output,  __global float* partials,  __global int* passes, int row, int batch){
   int channels = passes[(row + 1)];
   int workUnits = channels * passes[(row + 30)];
   int statistics = passes[(row + 53)];
   for (int workUnit = get_group_id(0); workUnit<workUnits; workUnit = workUnit + get_num_groups(0)){
      int channel = workUnit % channels;
      int chunk = workUnit / channels;
      int to = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1));
      float mean = 0.0f;
      float variance = 0.0f;
      if (statistics==-1){
         mean = parameters[(passes[(row + 54)] + channel)];
         variance = parameters[(passes[(row + 55)] + channel)];
      } else {
         mean = org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchMean(partials, passes, row, batch, channel);
         variance = org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchVariance(partials, passes, row, batch, channel, mean);
      }
      float scale = parameters[(passes[(row + 13)] + channel)] / sqrt((variance + 1.0E-5f));
      float shift = parameters[(passes[(row + 14)] + channel)];
      for (int i = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk) + get_local_id(0); i<to; i+=128){
         {
            int at = org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement(passes, row, channel, i);
            float value = ((input[(passes[(row + 11)] + at)] - mean) * scale) + shift;
            if (value<0.0f && passes[(row + 15)]==1){
               value = 0.0f;
            }
            output[passes[(row + 12)] + at]  = value;
         }
      }
      if (statistics!=-1 && batch>0 && chunk==0 && get_local_id(0)==0){
         output[statistics + channel]  = mean;
         output[(statistics + channels) + channel]  = variance;
      }
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *parameters, 
   __global float *output, 
   __global float *partials, 
   __global int *passes, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->parameters = parameters;
   this->output = output;
   this->partials = partials;
   this->passes = passes;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchNormForward(this, this->input, this->parameters, this->output, this->partials, this->passes, 0, this->batch);
      return;
   }
}
