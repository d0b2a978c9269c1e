typedef struct This_s{
   __local float *slab;
   __global int *passes;
   __global float *input;
   __global float *dOutput;
   int batch;
   __global float *partials;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane( __global int* passes, int row){
   return((passes[(row + 2)] * passes[(row + 3)]));
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__itemElements(int first, int to){
   int count = 0;
   if (to>first){
      count = (((to - first) + 128) - 1) / 128;
   }
   return(count);
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
void org_aparanet_engine_opencl_kernel_BatchNormFunctions__storeNormSums(This *this,  __global float* input,  __global float* partials,  __global int* passes, int row, int batch, int workUnit){
   int channels = passes[(row + 1)];
   int channel = workUnit % channels;
   int chunk = workUnit / channels;
   int from = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk);
   int to = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1));
   int backward = passes[(row + 0)] - 3;
   if (get_local_id(0)==0){
      float sum = 0.0f;
      for (int item = 0; item<128; item++){
         {
            int weight = 1;
            if (backward==0){
               weight = org_aparanet_engine_opencl_kernel_BatchNormFunctions__itemElements((from + item), to);
            }
            sum = sum + ((float)weight * this->slab[(128 + item)]);
         }
      }
      float mean = sum / (float)max(1, (to - from));
      float products = 0.0f;
      for (int item = 0; item<128; item++){
         float off = this->slab[(128 + item)] - mean;
         products = products + this->slab[item];
         if (backward==0){
            products = products + (((float)org_aparanet_engine_opencl_kernel_BatchNormFunctions__itemElements((from + item), to) * off) * off);
         }
      }
      if (backward==0){
         sum = mean;
      }
      if (backward==1){
         products = products / sqrt((input[((passes[(row + 53)] + channels) + channel)] + 1.0E-5f));
      }
      int at = (passes[(row + 31)] + (chunk * passes[(row + 32)])) + channel;
      partials[at]  = products;
      partials[at + channels]  = sum;
   }
   return;
}
void org_aparanet_engine_opencl_kernel_BatchNormFunctions__normSums(This *this,  __global float* input,  __global float* dOutput,  __global int* passes, int row, int batch, int workUnit){
   int channels = passes[(row + 1)];
   int channel = workUnit % channels;
   int chunk = workUnit / channels;
   int first = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk) + get_local_id(0);
   int to = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1));
   int backward = passes[(row + 0)] - 3;
   float mean = 0.0f;
   if (backward==1){
      mean = input[(passes[(row + 53)] + channel)];
   } else {
      for (int i = first; i<to; i+=128){
         mean = mean + input[(passes[(row + 11)] + org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement(passes, row, channel, i))];
      }
      mean = mean / (float)max(1, org_aparanet_engine_opencl_kernel_BatchNormFunctions__itemElements(first, to));
   }
   float products = 0.0f;
   float sum = mean;
   if (backward==1){
      sum = 0.0f;
   }
   for (int i = first; i<to; i+=128){
      {
         int at = org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement(passes, row, channel, i);
         float off = input[(passes[(row + 11)] + at)] - mean;
         float other = off;
         if (backward==1){
            other = dOutput[(passes[(row + 12)] + at)];
            sum = sum + other;
         }
         products = products + (other * off);
      }
   }
   this->slab[get_local_id(0)]  = products;
   this->slab[128 + get_local_id(0)]  = sum;
   return;
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__normWorkUnits( __global int* passes, int row){
   return((passes[(row + 1)] * passes[(row + 30)]));
}
__kernel void run(
   __local float *slab, 
   __global int *passes, 
   __global float *input, 
   __global float *dOutput, 
   int batch, 
   __global float *partials, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->slab = slab;
   this->passes = passes;
   this->input = input;
   this->dOutput = dOutput;
   this->batch = batch;
   this->partials = partials;
   this->passid = passid;
   {
      for (int workUnit = get_group_id(0); workUnit<org_aparanet_engine_opencl_kernel_BatchNormFunctions__normWorkUnits(this->passes, 0); workUnit = workUnit + get_num_groups(0)){
         org_aparanet_engine_opencl_kernel_BatchNormFunctions__normSums(this, this->input, this->dOutput, this->passes, 0, this->batch, workUnit);
         barrier(CLK_LOCAL_MEM_FENCE);
         org_aparanet_engine_opencl_kernel_BatchNormFunctions__storeNormSums(this, this->input, this->partials, this->passes, 0, this->batch, workUnit);
         barrier(CLK_LOCAL_MEM_FENCE);
      }
      return;
   }
}
