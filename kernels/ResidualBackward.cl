typedef struct This_s{
   __global float *input;
   __global float *dOutput;
   __global float *dInput;
   __global int *passes;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_ResidualBackward__residualBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         int at = passes[(row + 11)] + element;
         float gradient = dOutput[(passes[(row + 12)] + element)];
         if (passes[(row + 52)]==1){
            gradient = gradient + dInput[at];
         }
         if (passes[(row + 16)]==1 && input[at]<=0.0f){
            gradient = 0.0f;
         }
         dInput[at]  = gradient;
      }
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *dOutput, 
   __global float *dInput, 
   __global int *passes, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->dOutput = dOutput;
   this->dInput = dInput;
   this->passes = passes;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_ResidualBackward__residualBackward(this->input, this->dOutput, this->dInput, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
