typedef struct This_s{
   __global float *input;
   __global float *output;
   __global int *pass;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_ReluForward__reluForward( __global float* input,  __global float* output,  __global int* pass, int row, int batch, int item, int items){
   int count = ((batch * pass[(row + 1)]) * pass[(row + 2)]) * pass[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         float value = input[(pass[(row + 11)] + element)];
         if (value<0.0f){
            value = 0.0f;
         }
         output[pass[(row + 12)] + element]  = value;
      }
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *output, 
   __global int *pass, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->output = output;
   this->pass = pass;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_ReluForward__reluForward(this->input, this->output, this->pass, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
