typedef struct This_s{
   __global float *dOutput;
   __global float *parameters;
   __global float *dInput;
   __global int *pass;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_ConvolutionBackwardData__convolutionBackwardData( __global float* dOutput,  __global float* parameters,  __global float* dInput,  __global int* pass, int row, int batch, int item, int items){
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
   int filterPlane = filterHeight * filterWidth;
   int plane = height * width;
   int count = (batch * channels) * plane;
   for (int element = item; element<count; element = element + items){
      {
         int image = element / (channels * plane);
         int channel = (element / plane) % channels;
         int bottom = ((element / width) % height) + padding;
         int right = (element % width) + padding;
         float sum = 0.0f;
         for (int filter = 0; filter<filters; filter++){
            int outPlane = pass[(row + 12)] + ((((image * filters) + filter) * outHeight) * outWidth);
            int weights = pass[(row + 13)] + (((filter * channels) + channel) * filterPlane);
            for (int i = 0; i<filterHeight; i++){
               int y = (bottom - i) / stride;
               if (bottom>=i && (y * stride)==(bottom - i) && y<outHeight){
                  for (int j = 0; j<filterWidth; j++){
                     int x = (right - j) / stride;
                     if (right>=j && (x * stride)==(right - j) && x<outWidth){
                        sum = sum + (dOutput[((outPlane + (y * outWidth)) + x)] * parameters[((weights + (i * filterWidth)) + j)]);
                     }
                  }
               }
            }
         }
         dInput[pass[(row + 11)] + element]  = sum;
      }
   }
   return;
}
__kernel void run(
   __global float *dOutput, 
   __global float *parameters, 
   __global float *dInput, 
   __global int *pass, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->dOutput = dOutput;
   this->parameters = parameters;
   this->dInput = dInput;
   this->pass = pass;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_ConvolutionBackwardData__convolutionBackwardData(this->dOutput, this->parameters, this->dInput, this->pass, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
