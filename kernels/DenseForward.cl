typedef struct This_s{
   __global float *input;
   __global float *parameters;
   __global float *output;
   __global int *pass;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_DenseForward__denseForward( __global float* input,  __global float* parameters,  __global float* output,  __global int* pass, int row, int batch, int item, int items){
   int inputs = pass[(row + 1)];
   int outputs = pass[(row + 4)];
   int count = batch * outputs;
   for (int element = item; element<count; element = element + items){
      {
         int features = pass[(row + 11)] + ((element / outputs) * inputs);
         int weights = pass[(row + 13)] + ((element % outputs) * inputs);
         float sum = 0.0f;
         for (int i = 0; i<inputs; i++){
            sum = sum + (input[(features + i)] * parameters[(weights + i)]);
         }
         output[pass[(row + 12)] + element]  = sum + parameters[(pass[(row + 14)] + (element % outputs))];
      }
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *parameters, 
   __global float *output, 
   __global int *pass, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->parameters = parameters;
   this->output = output;
   this->pass = pass;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_DenseForward__denseForward(this->input, this->parameters, this->output, this->pass, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
