typedef struct This_s{
   __global float *partials;
   __global float *parameters;
   __global float *dParameters;
   __global int *passes;
   float learningRate;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_ParameterUpdate__parameterUpdate( __global float* partials,  __global float* parameters,  __global float* dParameters,  __global int* passes, int firstRow, float learningRate, int item, int items){
   int row = firstRow;
   int more = 1;
   while (more==1){
      {
         int first = passes[(row + 13)];
         for (int element = item; element<passes[(row + 22)]; element = element + items){
            {
               float gradient = 0.0f;
               for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
                  gradient = gradient + partials[((passes[(row + 31)] + (chunk * passes[(row + 32)])) + element)];
               }
               dParameters[first + element]  = gradient;
               parameters[first + element]  = parameters[first + element] - (learningRate * gradient);
            }
         }
         more = passes[(row + 33)];
         row+=50;
      }
   }
   return;
}
__kernel void run(
   __global float *partials, 
   __global float *parameters, 
   __global float *dParameters, 
   __global int *passes, 
   float learningRate, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->partials = partials;
   this->parameters = parameters;
   this->dParameters = dParameters;
   this->passes = passes;
   this->learningRate = learningRate;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_ParameterUpdate__parameterUpdate(this->partials, this->parameters, this->dParameters, this->passes, 0, this->learningRate, get_global_id(0), get_global_size(0));
      return;
   }
}
