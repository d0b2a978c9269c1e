typedef struct This_s{
   __global float *squares;
   __global float *partials;
   __global float *dParameters;
   __global int *passes;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
float org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum( __global float* partials,  __global int* passes, int row, int element){
   float sum = 0.0f;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      sum = sum + partials[((passes[(row + 31)] + (chunk * passes[(row + 32)])) + element)];
   }
   return(sum);
}
void org_aparanet_engine_opencl_kernel_UpdateFunctions__gradientSquares(This *this,  __global float* partials,  __global float* dParameters,  __global int* passes, int firstRow, int item, int items){
   float sum = 0.0f;
   int row = firstRow;
   int more = 1;
   while (more==1){
      {
         int first = passes[(row + 13)];
         for (int element = item; element<passes[(row + 22)]; element = element + items){
            {
               float gradient = org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum(partials, passes, row, element);
               dParameters[first + element]  = gradient;
               sum = sum + (gradient * gradient);
            }
         }
         more = passes[(row + 33)];
         row+=66;
      }
   }
   this->squares[item]  = sum;
   return;
}
__kernel void run(
   __global float *squares, 
   __global float *partials, 
   __global float *dParameters, 
   __global int *passes, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->squares = squares;
   this->partials = partials;
   this->dParameters = dParameters;
   this->passes = passes;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_UpdateFunctions__gradientSquares(this, this->partials, this->dParameters, this->passes, 0, get_global_id(0), get_global_size(0));
      return;
   }
}
