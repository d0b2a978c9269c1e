typedef struct This_s{
   int rule;
   float momentum;
   __global float *firstMoments;
   float beta2;
   __global float *secondMoments;
   float firstCorrection;
   float secondCorrection;
   __global float *squares;
   float clipNorm;
   float learningRate;
   float weightDecay;
   int headFrom;
   float headRate;
   float headDecay;
   __global float *partials;
   __global float *parameters;
   __global float *dParameters;
   __global int *passes;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
float org_aparanet_engine_opencl_kernel_UpdateFunctions__moved(This *this, int at, float value, float clippedGradient, float rate, float decay){
   float kept = value;
   float gradient = clippedGradient;
   if (this->rule==4){
      kept = value - ((rate * decay) * value);
   } else {
      gradient = clippedGradient + (decay * value);
   }
   float step = gradient;
   if (this->rule>=3){
      {
         float first = (this->momentum * this->firstMoments[at]) + ((1.0f - this->momentum) * gradient);
         float second = (this->beta2 * this->secondMoments[at]) + (((1.0f - this->beta2) * gradient) * gradient);
         this->firstMoments[at]  = first;
         this->secondMoments[at]  = second;
         step = (first * this->firstCorrection) / (sqrt((second * this->secondCorrection)) + 1.0E-8f);
      }
   } else {
      if (this->rule>=1){
         float first = (this->momentum * this->firstMoments[at]) + gradient;
         this->firstMoments[at]  = first;
         step = first;
         if (this->rule==2){
            step = gradient + (this->momentum * first);
         }
      }
   }
   return((kept - (rate * step)));
}
float org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum( __global float* partials,  __global int* passes, int row, int element){
   float sum = 0.0f;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      sum = sum + partials[((passes[(row + 31)] + (chunk * passes[(row + 32)])) + element)];
   }
   return(sum);
}
float org_aparanet_engine_opencl_kernel_UpdateFunctions__clipFactor(This *this, int items){
   float sum = 0.0f;
   for (int piece = 0; piece<128; piece++){
      sum = sum + this->squares[(items + piece)];
   }
   float factor = this->clipNorm / (sqrt(sum) + 1.0E-6f);
   if (factor>1.0f){
      factor = 1.0f;
   }
   return(factor);
}
void org_aparanet_engine_opencl_kernel_UpdateFunctions__parameterUpdate(This *this,  __global float* partials,  __global float* parameters,  __global float* dParameters,  __global int* passes, int firstRow, int item, int items){
   int clipped = passes[(firstRow + 58)];
   float factor = 1.0f;
   if (clipped==1){
      factor = org_aparanet_engine_opencl_kernel_UpdateFunctions__clipFactor(this, items);
   }
   int row = firstRow;
   int more = 1;
   while (more==1){
      {
         int first = passes[(row + 13)];
         float rate = this->learningRate;
         float decay = this->weightDecay;
         if (first>=this->headFrom){
            rate = this->headRate;
            decay = this->headDecay;
         }
         for (int element = item; element<passes[(row + 22)]; element = element + items){
            {
               int at = first + element;
               float gradient = 0.0f;
               if (clipped==1){
                  gradient = dParameters[at];
               } else {
                  gradient = org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum(partials, passes, row, element);
                  dParameters[at]  = gradient;
               }
               parameters[at]  = org_aparanet_engine_opencl_kernel_UpdateFunctions__moved(this, at, parameters[at], (factor * gradient), rate, decay);
            }
         }
         more = passes[(row + 33)];
         row+=66;
      }
   }
   return;
}
__kernel void run(
   int rule, 
   float momentum, 
   __global float *firstMoments, 
   float beta2, 
   __global float *secondMoments, 
   float firstCorrection, 
   float secondCorrection, 
   __global float *squares, 
   float clipNorm, 
   float learningRate, 
   float weightDecay, 
   int headFrom, 
   float headRate, 
   float headDecay, 
   __global float *partials, 
   __global float *parameters, 
   __global float *dParameters, 
   __global int *passes, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->rule = rule;
   this->momentum = momentum;
   this->firstMoments = firstMoments;
   this->beta2 = beta2;
   this->secondMoments = secondMoments;
   this->firstCorrection = firstCorrection;
   this->secondCorrection = secondCorrection;
   this->squares = squares;
   this->clipNorm = clipNorm;
   this->learningRate = learningRate;
   this->weightDecay = weightDecay;
   this->headFrom = headFrom;
   this->headRate = headRate;
   this->headDecay = headDecay;
   this->partials = partials;
   this->parameters = parameters;
   this->dParameters = dParameters;
   this->passes = passes;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_UpdateFunctions__parameterUpdate(this, this->partials, this->parameters, this->dParameters, this->passes, 0, get_global_id(0), get_global_size(0));
      return;
   }
}
