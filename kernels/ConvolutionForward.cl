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
void org_aparanet_engine_opencl_ConvolutionForward__convolutionForward( __global float* input,  __global float* parameters,  __global float* output,  __global int* pass, int row, int batch, int item, int items){
   int channels = pass[(row + 1)];
   int height = pass[(row + 2)];
   int width = pass[(row + 3)];
   int filters = pass[(row + 4)];
   int outHeight = pass[(row + 5)];
   int outWidth = pass[(row + 6)];
   int filterHeight = pass[(row + 7)];
   int filterWidth = pass[(row + 8)];
   int stride = pass[(row + 9)];
   int padding = pass[(row + 10)];
   int bias = pass[(row + 14)];
   int filterSize = (channels * filterHeight) * filterWidth;
   int outPlane = outHeight * outWidth;
   int count = (batch * filters) * outPlane;
   for (int element = item; element<count; element = element + items){
      {
         int image = element / (filters * outPlane);
         int filter = (element / outPlane) % filters;
         int top = (((element / outWidth) % outHeight) * stride) - padding;
         int left = ((element % outWidth) * stride) - padding;
         float sum = 0.0f;
         if (bias!=-1){
            sum = parameters[(bias + filter)];
         }
         for (int channel = 0; channel<channels; channel++){
            int plane = pass[(row + 11)] + ((((image * channels) + channel) * height) * width);
            int weights = (pass[(row + 13)] + (filter * filterSize)) + ((channel * filterHeight) * filterWidth);
            for (int i = 0; i<filterHeight; i++){
               int y = top + i;
               if (y>=0 && y<height){
                  for (int j = 0; j<filterWidth; j++){
                     int x = left + j;
                     if (x>=0 && x<width){
                        sum = sum + (input[((plane + (y * width)) + x)] * parameters[((weights + (i * filterWidth)) + j)]);
                     }
                  }
               }
            }
         }
         output[pass[(row + 12)] + element]  = sum;
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
      org_aparanet_engine_opencl_ConvolutionForward__convolutionForward(this->input, this->parameters, this->output, this->pass, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
