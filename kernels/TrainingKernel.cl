typedef struct This_s{
   __global int *status;
   __global float *activations;
   int activationCount;
   int step;
   __global float *parameters;
   int parameterCount;
   int generation;
   __global float *dParameters;
   float learningRate;
   int nextGeneration;
   __global float *dLogits;
   __global int *passes;
   int batch;
   __global float *dActivations;
   __global char  *images;
   __global int *indices;
   int imageSize;
   __global float *logits;
   int firstPass;
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
int org_aparanet_engine_opencl_MaxPoolForward__firstMaximum( __global float* input, int start, int width, int size){
   int maximumAt = start;
   float maximum = input[start];
   for (int i = 0; i<size; i++){
      for (int j = 0; j<size; j++){
         float value = input[((start + (i * width)) + j)];
         if (value>maximum || value!=value){
            maximum = value;
            maximumAt = (start + (i * width)) + j;
         }
      }
   }
   return(maximumAt);
}
void org_aparanet_engine_opencl_ParameterUpdate__parameterUpdate( __global float* parameters,  __global float* dParameters, int count, float learningRate, int item, int items){
   for (int element = item; element<count; element = element + items){
      parameters[element]  = parameters[element] - (learningRate * dParameters[element]);
   }
   return;
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
void org_aparanet_engine_opencl_MaxPoolBackward__maxPoolBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* pass, int row, int batch, int item, int items){
   int height = pass[(row + 2)];
   int width = pass[(row + 3)];
   int outHeight = pass[(row + 5)];
   int outWidth = pass[(row + 6)];
   int size = pass[(row + 7)];
   int stride = pass[(row + 9)];
   int count = ((batch * pass[(row + 1)]) * height) * width;
   for (int element = item; element<count; element = element + items){
      {
         int plane = element / (height * width);
         int inputPlane = pass[(row + 11)] + ((plane * height) * width);
         int outPlane = pass[(row + 12)] + ((plane * outHeight) * outWidth);
         int y = (element / width) % height;
         int x = element % width;
         float sum = 0.0f;
         for (int outY = y / stride; outY>=0 && ((outY * stride) + size)>y; outY--){
            if (outY<outHeight){
               for (int outX = x / stride; outX>=0 && ((outX * stride) + size)>x; outX--){
                  if (outX<outWidth){
                     int start = (inputPlane + ((outY * stride) * width)) + (outX * stride);
                     if (org_aparanet_engine_opencl_MaxPoolForward__firstMaximum(input, start, width, size)==((inputPlane + (y * width)) + x)){
                        sum = sum + dOutput[((outPlane + (outY * outWidth)) + outX)];
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
void org_aparanet_engine_opencl_ReluBackward__reluBackward( __global float* output,  __global float* dOutput,  __global float* dInput,  __global int* pass, int row, int batch, int item, int items){
   int count = ((batch * pass[(row + 1)]) * pass[(row + 2)]) * pass[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         float gradient = 0.0f;
         if (output[(pass[(row + 12)] + element)]>0.0f){
            gradient = dOutput[(pass[(row + 12)] + element)];
         }
         dInput[pass[(row + 11)] + element]  = gradient;
      }
   }
   return;
}
void org_aparanet_engine_opencl_DenseBackwardData__denseBackwardData( __global float* dOutput,  __global float* parameters,  __global float* dInput,  __global int* pass, int row, int batch, int item, int items){
   int inputs = pass[(row + 1)];
   int outputs = pass[(row + 4)];
   int count = batch * inputs;
   for (int element = item; element<count; element = element + items){
      {
         int gradients = pass[(row + 12)] + ((element / inputs) * outputs);
         int weights = pass[(row + 13)] + (element % inputs);
         float sum = 0.0f;
         for (int o = 0; o<outputs; o++){
            sum = sum + (dOutput[(gradients + o)] * parameters[(weights + (o * inputs))]);
         }
         dInput[pass[(row + 11)] + element]  = sum;
      }
   }
   return;
}
void org_aparanet_engine_opencl_DenseBackwardWeights__denseBackwardWeights( __global float* input,  __global float* dOutput,  __global float* dParameters,  __global int* pass, int row, int batch, int item, int items){
   int inputs = pass[(row + 1)];
   int outputs = pass[(row + 4)];
   int weights = outputs * inputs;
   for (int element = item; element<(weights + outputs); element = element + items){
      float sum = 0.0f;
      if (element<weights){
         {
            int gradients = pass[(row + 12)] + (element / inputs);
            int features = pass[(row + 11)] + (element % inputs);
            for (int n = 0; n<batch; n++){
               sum = sum + (dOutput[(gradients + (n * outputs))] * input[(features + (n * inputs))]);
            }
            dParameters[pass[(row + 13)] + element]  = sum;
         }
      } else {
         for (int n = 0; n<batch; n++){
            sum = sum + dOutput[(((pass[(row + 12)] + (n * outputs)) + element) - weights)];
         }
         dParameters[(pass[(row + 14)] + element) - weights]  = sum;
      }
   }
   return;
}
void org_aparanet_engine_opencl_TrainingKernel__checkMarks(This *this){
   this->status[2]  = 0;
   if ((int)this->activations[this->activationCount]==this->step && (int)this->parameters[this->parameterCount]==this->generation){
      this->status[2]  = 1;
   }
   return;
}
void org_aparanet_engine_opencl_DenseForward__denseForward( __global float* input,  __global float* parameters,  __global float* output,  __global int* pass, int row, int batch, int item, int items){
   int inputs = pass[(row + 1)];
   int outputs = pass[(row + 4)];
   int count = batch * outputs;
   for (int element = item; element<count; element = element + items){
      {
         int features = pass[(row + 11)] + ((element / outputs) * inputs);
         int weights = pass[(row + 13)] + ((element % outputs) * inputs);
         float sum = 0.0f;
         for (int i = 0; i<inputs; i++){
            sum = sum + (input[(features + i)] * parameters[(weights + i)]);
         }
         output[pass[(row + 12)] + element]  = sum + parameters[(pass[(row + 14)] + (element % outputs))];
      }
   }
   return;
}
void org_aparanet_engine_opencl_ReluForward__reluForward( __global float* input,  __global float* output,  __global int* pass, int row, int batch, int item, int items){
   int count = ((batch * pass[(row + 1)]) * pass[(row + 2)]) * pass[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         float value = input[(pass[(row + 11)] + element)];
         if (value<0.0f){
            value = 0.0f;
         }
         output[pass[(row + 12)] + element]  = value;
      }
   }
   return;
}
void org_aparanet_engine_opencl_MaxPoolForward__maxPoolForward( __global float* input,  __global float* output,  __global int* pass, int row, int batch, int item, int items){
   int height = pass[(row + 2)];
   int width = pass[(row + 3)];
   int outHeight = pass[(row + 5)];
   int outWidth = pass[(row + 6)];
   int size = pass[(row + 7)];
   int stride = pass[(row + 9)];
   int count = ((batch * pass[(row + 1)]) * outHeight) * outWidth;
   for (int element = item; element<count; element = element + items){
      {
         int plane = pass[(row + 11)] + (((element / (outHeight * outWidth)) * height) * width);
         int top = ((element / outWidth) % outHeight) * stride;
         int left = (element % outWidth) * stride;
         output[pass[(row + 12)] + element]  = input[org_aparanet_engine_opencl_MaxPoolForward__firstMaximum(input, ((plane + (top * width)) + left), width, size)];
      }
   }
   return;
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
void org_aparanet_engine_opencl_GatherImages__gatherImages( __global char* images,  __global int* indices,  __global float* output, int size, int batch, int item, int items){
   for (int element = item; element<(batch * size); element = element + items){
      output[element]  = (float)(images[((indices[(element / size)] * size) + (element % size))] & 255) / 255.0f;
   }
   return;
}
void org_aparanet_engine_opencl_TrainingKernel__update(This *this, int item, int items){
   if (this->status[2]==1){
      org_aparanet_engine_opencl_ParameterUpdate__parameterUpdate(this->parameters, this->dParameters, this->parameterCount, this->learningRate, item, items);
   }
   if (item==0 && this->status[2]==1){
      this->parameters[this->parameterCount]  = (float)this->nextGeneration;
      this->status[1]  = this->nextGeneration;
   }
   return;
}
void org_aparanet_engine_opencl_TrainingKernel__backward(This *this, int operation, int row, int item, int items){
   if (operation==6){
      org_aparanet_engine_opencl_DenseBackwardWeights__denseBackwardWeights(this->activations, this->dLogits, this->dParameters, this->passes, row, this->batch, item, items);
   }
   if (operation==6 && item==0){
      this->dParameters[this->parameterCount]  = (float)this->step;
      org_aparanet_engine_opencl_TrainingKernel__checkMarks(this);
   }
   if (operation==7){
      org_aparanet_engine_opencl_DenseBackwardData__denseBackwardData(this->dLogits, this->parameters, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==8){
      org_aparanet_engine_opencl_DenseBackwardWeights__denseBackwardWeights(this->activations, this->dActivations, this->dParameters, this->passes, row, this->batch, item, items);
   }
   if (operation==9){
      org_aparanet_engine_opencl_DenseBackwardData__denseBackwardData(this->dActivations, this->parameters, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==10){
      org_aparanet_engine_opencl_ReluBackward__reluBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==11){
      org_aparanet_engine_opencl_MaxPoolBackward__maxPoolBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==12){
      org_aparanet_engine_opencl_ConvolutionBackwardFilter__convolutionBackwardFilter(this->activations, this->dActivations, this->dParameters, this->passes, row, this->batch, item, items);
   }
   if (operation==13){
      org_aparanet_engine_opencl_ConvolutionBackwardData__convolutionBackwardData(this->dActivations, this->parameters, this->dActivations, this->passes, row, this->batch, item, items);
   }
   return;
}
void org_aparanet_engine_opencl_TrainingKernel__forward(This *this, int operation, int row, int item, int items){
   if (operation==0){
      org_aparanet_engine_opencl_GatherImages__gatherImages(this->images, this->indices, this->activations, this->imageSize, this->batch, item, items);
   }
   if (operation==1){
      org_aparanet_engine_opencl_ConvolutionForward__convolutionForward(this->activations, this->parameters, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==2){
      org_aparanet_engine_opencl_MaxPoolForward__maxPoolForward(this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==3){
      org_aparanet_engine_opencl_ReluForward__reluForward(this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==4){
      org_aparanet_engine_opencl_DenseForward__denseForward(this->activations, this->parameters, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==5){
      org_aparanet_engine_opencl_DenseForward__denseForward(this->activations, this->parameters, this->logits, this->passes, row, this->batch, item, items);
   }
   if (operation==5 && item==0){
      this->activations[this->activationCount]  = (float)this->step;
      this->status[0]  = this->step;
      this->status[1]  = (int)this->parameters[this->parameterCount];
   }
   return;
}
__kernel void run(
   __global int *status, 
   __global float *activations, 
   int activationCount, 
   int step, 
   __global float *parameters, 
   int parameterCount, 
   int generation, 
   __global float *dParameters, 
   float learningRate, 
   int nextGeneration, 
   __global float *dLogits, 
   __global int *passes, 
   int batch, 
   __global float *dActivations, 
   __global char  *images, 
   __global int *indices, 
   int imageSize, 
   __global float *logits, 
   int firstPass, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->status = status;
   this->activations = activations;
   this->activationCount = activationCount;
   this->step = step;
   this->parameters = parameters;
   this->parameterCount = parameterCount;
   this->generation = generation;
   this->dParameters = dParameters;
   this->learningRate = learningRate;
   this->nextGeneration = nextGeneration;
   this->dLogits = dLogits;
   this->passes = passes;
   this->batch = batch;
   this->dActivations = dActivations;
   this->images = images;
   this->indices = indices;
   this->imageSize = imageSize;
   this->logits = logits;
   this->firstPass = firstPass;
   this->passid = passid;
   {
      int row = (this->firstPass + get_pass_id(this)) * 15;
      int operation = this->passes[(row + 0)];
      if (operation<6){
         org_aparanet_engine_opencl_TrainingKernel__forward(this, operation, row, get_global_id(0), get_global_size(0));
      } else {
         if (operation<14){
            org_aparanet_engine_opencl_TrainingKernel__backward(this, operation, row, get_global_id(0), get_global_size(0));
         } else {
            org_aparanet_engine_opencl_TrainingKernel__update(this, get_global_id(0), get_global_size(0));
         }
      }
      return;
   }
}
