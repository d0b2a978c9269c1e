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
int org_aparanet_engine_opencl_kernel_MaxPoolForward__inside(int first){
   int inside = first;
   if (first<0){
      inside = 0;
   }
   return(inside);
}
int org_aparanet_engine_opencl_kernel_MaxPoolForward__firstMaximum( __global float* input, int plane, int height, int width, int top, int left, int size){
   int firstRow = org_aparanet_engine_opencl_kernel_MaxPoolForward__inside(top);
   int firstColumn = org_aparanet_engine_opencl_kernel_MaxPoolForward__inside(left);
   int maximumAt = (plane + (firstRow * width)) + firstColumn;
   float maximum = input[maximumAt];
   for (int y = firstRow; y<(top + size) && y<height; y++){
      for (int x = firstColumn; x<(left + size) && x<width; x++){
         float value = input[((plane + (y * width)) + x)];
         if (value>maximum || value!=value){
            maximum = value;
            maximumAt = (plane + (y * width)) + x;
         }
      }
   }
   return(maximumAt);
}
void org_aparanet_engine_opencl_kernel_MaxPoolForward__maxPoolForward( __global float* input,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int height = passes[(row + 2)];
   int width = passes[(row + 3)];
   int outHeight = passes[(row + 5)];
   int outWidth = passes[(row + 6)];
   int size = passes[(row + 7)];
   int stride = passes[(row + 9)];
   int padding = passes[(row + 10)];
   int count = ((batch * passes[(row + 1)]) * outHeight) * outWidth;
   for (int element = item; element<count; element = element + items){
      {
         int plane = passes[(row + 11)] + (((element / (outHeight * outWidth)) * height) * width);
         int top = (((element / outWidth) % outHeight) * stride) - padding;
         int left = ((element % outWidth) * stride) - padding;
         output[passes[(row + 12)] + element]  = input[org_aparanet_engine_opencl_kernel_MaxPoolForward__firstMaximum(input, plane, height, width, top, left, size)];
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
      org_aparanet_engine_opencl_kernel_MaxPoolForward__maxPoolForward(this->input, this->output, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
