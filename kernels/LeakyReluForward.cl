typedef struct This_s{
   __global float *input;
   __global float *output;
   __global int *passes;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_kernel_LeakyReluForward__leakyReluForward( __global float* input,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   int whole = 1073741824;
   float slope = (float)passes[(row + 65)] / (float)whole;
   for (int element = item; element<count; element = element + items){
      {
         float value = input[(passes[(row + 11)] + element)];
         float result = slope * value;
         if (value>0.0f){
            result = value;
         }
         output[passes[(row + 12)] + element]  = result;
      }
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *output, 
   __global int *passes, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->output = output;
   this->passes = passes;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_LeakyReluForward__leakyReluForward(this->input, this->output, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
