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
int org_aparanet_engine_opencl_kernel_MaxPoolForward__inside(int first){
   int inside = first;
   if (first<0){
      inside = 0;
   }
   return(inside);
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
void org_aparanet_engine_opencl_kernel_MaxPoolBackward__maxPoolBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int height = passes[(row + 2)];
   int width = passes[(row + 3)];
   int outHeight = passes[(row + 5)];
   int outWidth = passes[(row + 6)];
   int size = passes[(row + 7)];
   int stride = passes[(row + 9)];
   int padding = passes[(row + 10)];
   int count = ((batch * passes[(row + 1)]) * height) * width;
   for (int element = item; element<count; element = element + items){
      {
         int plane = element / (height * width);
         int inputPlane = passes[(row + 11)] + ((plane * height) * width);
         int outPlane = passes[(row + 12)] + ((plane * outHeight) * outWidth);
         int y = (element / width) % height;
         int x = element % width;
         float sum = 0.0f;
         int lastY = (y + padding) / stride;
         if (lastY>=outHeight){
            lastY = outHeight - 1;
         }
         int lastX = (x + padding) / stride;
         if (lastX>=outWidth){
            lastX = outWidth - 1;
         }
         for (int outY = lastY; outY>=0 && (((outY * stride) - padding) + size)>y; outY--){
            for (int outX = lastX; outX>=0 && (((outX * stride) - padding) + size)>x; outX--){
               int top = (outY * stride) - padding;
               int left = (outX * stride) - padding;
               if (org_aparanet_engine_opencl_kernel_MaxPoolForward__firstMaximum(input, inputPlane, height, width, top, left, size)==((inputPlane + (y * width)) + x)){
                  sum = sum + dOutput[((outPlane + (outY * outWidth)) + outX)];
               }
            }
         }
         org_aparanet_engine_opencl_kernel_InputGradient__storeGradient(input, dInput, passes, row, element, sum);
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
      org_aparanet_engine_opencl_kernel_MaxPoolBackward__maxPoolBackward(this->input, this->dOutput, this->dInput, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
