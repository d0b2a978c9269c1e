typedef struct This_s{
   __global float *dOutput;
   __global float *parameters;
   __global float *dInput;
   __global int *pass;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_DenseBackwardData__denseBackwardData( __global float* dOutput,  __global float* parameters,  __global float* dInput,  __global int* pass, int row, int batch, int item, int items){
   int inputs = pass[(row + 1)];
   int outputs = pass[(row + 4)];
   int count = batch * inputs;
   for (int element = item; element<count; element = element + items){
      {
         int gradients = pass[(row + 12)] + ((element / inputs) * outputs);
         int weights = pass[(row + 13)] + (element % inputs);
         float sum = 0.0f;
         for (int o = 0; o<outputs; o++){
            sum = sum + (dOutput[(gradients + o)] * parameters[(weights + (o * inputs))]);
         }
         dInput[pass[(row + 11)] + element]  = sum;
      }
   }
   return;
}
__kernel void run(
   __global float *dOutput, 
   __global float *parameters, 
   __global float *dInput, 
   __global int *pass, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->dOutput = dOutput;
   this->parameters = parameters;
   this->dInput = dInput;
   this->pass = pass;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_DenseBackwardData__denseBackwardData(this->dOutput, this->parameters, this->dInput, this->pass, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
