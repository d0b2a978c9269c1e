typedef struct This_s{
   __global float *input;
   __global float *dOutput;
   __global float *dParameters;
   __global int *pass;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_DenseBackwardWeights__denseBackwardWeights( __global float* input,  __global float* dOutput,  __global float* dParameters,  __global int* pass, int row, int batch, int item, int items){
   int inputs = pass[(row + 1)];
   int outputs = pass[(row + 4)];
   int weights = outputs * inputs;
   for (int element = item; element<(weights + outputs); element = element + items){
      float sum = 0.0f;
      if (element<weights){
         {
            int gradients = pass[(row + 12)] + (element / inputs);
            int features = pass[(row + 11)] + (element % inputs);
            for (int n = 0; n<batch; n++){
               sum = sum + (dOutput[(gradients + (n * outputs))] * input[(features + (n * inputs))]);
            }
            dParameters[pass[(row + 13)] + element]  = sum;
         }
      } else {
         for (int n = 0; n<batch; n++){
            sum = sum + dOutput[(((pass[(row + 12)] + (n * outputs)) + element) - weights)];
         }
         dParameters[(pass[(row + 14)] + element) - weights]  = sum;
      }
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *dOutput, 
   __global float *dParameters, 
   __global int *pass, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->dOutput = dOutput;
   this->dParameters = dParameters;
   this->pass = pass;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_DenseBackwardWeights__denseBackwardWeights(this->input, this->dOutput, this->dParameters, this->pass, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
