typedef struct This_s{
   __global float *output;
   __global float *dOutput;
   __global float *dInput;
   __global int *passes;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_ReluBackward__reluBackward( __global float* output,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         float gradient = 0.0f;
         if (output[(passes[(row + 12)] + element)]>0.0f){
            gradient = dOutput[(passes[(row + 12)] + element)];
         }
         dInput[passes[(row + 11)] + element]  = gradient;
      }
   }
   return;
}
__kernel void run(
   __global float *output, 
   __global float *dOutput, 
   __global float *dInput, 
   __global int *passes, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->output = output;
   this->dOutput = dOutput;
   this->dInput = dInput;
   this->passes = passes;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_ReluBackward__reluBackward(this->output, this->dOutput, this->dInput, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
