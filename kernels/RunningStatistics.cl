typedef struct This_s{
   __global float *statistics;
   __global float *parameters;
   __global int *passes;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_kernel_RunningStatistics__moveStatistics( __global float* statistics,  __global float* parameters,  __global int* passes, int firstRow, int batch, int item, int items){
   int row = firstRow;
   int more = 1;
   while (more==1){
      {
         int channels = 0;
         if (passes[(row + 54)]!=-1){
            channels = passes[(row + 1)];
         }
         int count = (batch * passes[(row + 2)]) * passes[(row + 3)];
         float sample = 1.0f;
         if (count>1){
            sample = (float)count / ((float)count - 1.0f);
         }
         for (int channel = item; channel<channels; channel = channel + items){
            {
               int from = passes[(row + 53)] + channel;
               int mean = passes[(row + 54)] + channel;
               int variance = passes[(row + 55)] + channel;
               parameters[mean]  = parameters[mean] + (0.1f * (statistics[from] - parameters[mean]));
               parameters[variance]  = parameters[variance] + (0.1f * ((sample * statistics[(from + channels)]) - parameters[variance]));
            }
         }
         more = passes[(row + 33)];
         row+=66;
      }
   }
   return;
}
__kernel void run(
   __global float *statistics, 
   __global float *parameters, 
   __global int *passes, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->statistics = statistics;
   this->parameters = parameters;
   this->passes = passes;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_RunningStatistics__moveStatistics(this->statistics, this->parameters, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
