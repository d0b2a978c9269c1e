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
void org_aparanet_engine_opencl_kernel_InputGradient__storeGradient( __global float* input,  __global float* dInput,  __global int* passes, int row, int element, float gradient){
   int place = passes[(row + 11)] + element;
   int corner = passes[(row + 61)];
   int width = passes[(row + 63)];
   int largest = 0;
   if (corner!=-1){
      corner = corner + ((4 * element) - (2 * (element % width)));
      largest = (int)input[(passes[(row + 62)] + element)];
      place = (corner + (((largest / 2) * 2) * width)) + (largest % 2);
   }
   float value = gradient;
   if (passes[(row + 52)]==1){
      value = value + dInput[place];
   }
   if (passes[(row + 16)]==1 && input[(passes[(row + 11)] + element)]<=0.0f){
      value = 0.0f;
   }
   if (corner==-1){
      dInput[place]  = value;
   } else {
      float g0 = 0.0f;
      float g1 = 0.0f;
      float g2 = 0.0f;
      float g3 = 0.0f;
      if (largest==0){
         g0 = value;
      }
      if (largest==1){
         g1 = value;
      }
      if (largest==2){
         g2 = value;
      }
      if (largest==3){
         g3 = value;
      }
      dInput[corner]  = g0;
      dInput[corner + 1]  = g1;
      dInput[corner + (2 * width)]  = g2;
      dInput[(corner + (2 * width)) + 1]  = g3;
   }
   return;
}
void org_aparanet_engine_opencl_kernel_LeakyReluBackward__leakyReluBackward( __global float* output,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   int whole = 1073741824;
   float slope = (float)passes[(row + 65)] / (float)whole;
   for (int element = item; element<count; element = element + items){
      {
         float gradient = slope * dOutput[(passes[(row + 12)] + element)];
         if (output[(passes[(row + 12)] + element)]>0.0f){
            gradient = dOutput[(passes[(row + 12)] + element)];
         }
         org_aparanet_engine_opencl_kernel_InputGradient__storeGradient(output, dInput, passes, row, element, gradient);
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
      org_aparanet_engine_opencl_kernel_LeakyReluBackward__leakyReluBackward(this->output, this->dOutput, this->dInput, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
