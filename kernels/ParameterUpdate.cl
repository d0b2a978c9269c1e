typedef struct This_s{
   __global float *parameters;
   __global float *dParameters;
   int count;
   float learningRate;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_ParameterUpdate__parameterUpdate( __global float* parameters,  __global float* dParameters, int count, float learningRate, int item, int items){
   for (int element = item; element<count; element = element + items){
      parameters[element]  = parameters[element] - (learningRate * dParameters[element]);
   }
   return;
}
__kernel void run(
   __global float *parameters, 
   __global float *dParameters, 
   int count, 
   float learningRate, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->parameters = parameters;
   this->dParameters = dParameters;
   this->count = count;
   this->learningRate = learningRate;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_ParameterUpdate__parameterUpdate(this->parameters, this->dParameters, this->count, this->learningRate, get_global_id(0), get_global_size(0));
      return;
   }
}
