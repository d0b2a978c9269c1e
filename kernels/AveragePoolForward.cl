typedef struct This_s{
   __global float *input;
   __global float *output;
   __global int *passes;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_kernel_AveragePoolForward__averagePoolForward( __global float* input,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int height = passes[(row + 2)];
   int width = passes[(row + 3)];
   int outHeight = passes[(row + 5)];
   int outWidth = passes[(row + 6)];
   int windowHeight = passes[(row + 7)];
   int windowWidth = passes[(row + 8)];
   int stride = passes[(row + 9)];
   int count = ((batch * passes[(row + 1)]) * outHeight) * outWidth;
   for (int element = item; element<count; element = element + items){
      {
         int plane = passes[(row + 11)] + (((element / (outHeight * outWidth)) * height) * width);
         int top = ((element / outWidth) % outHeight) * stride;
         int start = (plane + (top * width)) + ((element % outWidth) * stride);
         float sum = 0.0f;
         for (int i = 0; i<windowHeight; i++){
            for (int j = 0; j<windowWidth; j++){
               sum = sum + input[((start + (i * width)) + j)];
            }
         }
         output[passes[(row + 12)] + element]  = sum / (float)(windowHeight * windowWidth);
      }
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *output, 
   __global int *passes, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->output = output;
   this->passes = passes;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_AveragePoolForward__averagePoolForward(this->input, this->output, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
