typedef struct This_s{
   __global float *input;
   __global float *output;
   int from;
   int batch;
   int size;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_kernel_CopyFloats__copyFloats( __global float* input,  __global float* output, int from, int count, int item, int items){
   for (int i = item; i<count; i = i + items){
      output[i]  = input[(from + i)];
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *output, 
   int from, 
   int batch, 
   int size, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->output = output;
   this->from = from;
   this->batch = batch;
   this->size = size;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_CopyFloats__copyFloats(this->input, this->output, this->from, (this->batch * this->size), get_global_id(0), get_global_size(0));
      return;
   }
}
