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
float org_aparanet_engine_opencl_ConvolutionBackwardFilter__biasElement( __global float* dOutput,  __global int* pass, int row, int batch, int filter){
   int outPlane = pass[(row + 5)] * pass[(row + 6)];
   float sum = 0.0f;
   for (int image = 0; image<batch; image++){
      {
         int start = pass[(row + 12)] + (((image * pass[(row + 4)]) + filter) * outPlane);
         float imageSum = 0.0f;
         for (int i = 0; i<outPlane; i++){
            imageSum = imageSum + dOutput[(start + i)];
         }
         sum = sum + imageSum;
      }
   }
   return(sum);
}
float org_aparanet_engine_opencl_ConvolutionBackwardFilter__filterElement( __global float* input,  __global float* dOutput,  __global int* pass, int row, int batch, int filter, int position){
   int channels = pass[(row + 1)];
   int height = pass[(row + 2)];
   int width = pass[(row + 3)];
   int filters = pass[(row + 4)];
   int outHeight = pass[(row + 5)];
   int outWidth = pass[(row + 6)];
   int filterWidth = pass[(row + 8)];
   int stride = pass[(row + 9)];
   int filterPlane = pass[(row + 7)] * filterWidth;
   int channel = position / filterPlane;
   int top = ((position % filterPlane) / filterWidth) - pass[(row + 10)];
   int left = (position % filterWidth) - pass[(row + 10)];
   float sum = 0.0f;
   for (int image = 0; image<batch; image++){
      int plane = pass[(row + 11)] + ((((image * channels) + channel) * height) * width);
      int outPlane = pass[(row + 12)] + ((((image * filters) + filter) * outHeight) * outWidth);
      for (int outY = 0; outY<outHeight; outY++){
         int y = (outY * stride) + top;
         if (y>=0 && y<height){
            float rowSum = 0.0f;
            for (int outX = 0; outX<outWidth; outX++){
               int x = (outX * stride) + left;
               if (x>=0 && x<width){
                  rowSum = rowSum + (dOutput[((outPlane + (outY * outWidth)) + outX)] * input[((plane + (y * width)) + x)]);
               }
            }
            sum = sum + rowSum;
         }
      }
   }
   return(sum);
}
void org_aparanet_engine_opencl_ConvolutionBackwardFilter__convolutionBackwardFilter( __global float* input,  __global float* dOutput,  __global float* dParameters,  __global int* pass, int row, int batch, int item, int items){
   int filterSize = (pass[(row + 1)] * pass[(row + 7)]) * pass[(row + 8)];
   int weights = pass[(row + 4)] * filterSize;
   int count = weights;
   if (pass[(row + 14)]!=-1){
      count = count + pass[(row + 4)];
   }
   for (int element = item; element<count; element = element + items){
      if (element<weights){
         dParameters[pass[(row + 13)] + element]  = org_aparanet_engine_opencl_ConvolutionBackwardFilter__filterElement(input, dOutput, pass, row, batch, (element / filterSize), (element % filterSize));
      } else {
         dParameters[(pass[(row + 14)] + element) - weights]  = org_aparanet_engine_opencl_ConvolutionBackwardFilter__biasElement(dOutput, pass, row, batch, (element - weights));
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
      org_aparanet_engine_opencl_ConvolutionBackwardFilter__convolutionBackwardFilter(this->input, this->dOutput, this->dParameters, this->pass, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
