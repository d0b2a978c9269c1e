typedef struct This_s{
   __global int *passes;
   int batch;
   __global float *activations;
   __global float *dActivations;
   __global float *dLogits;
   __global float *parameters;
   __global float *logits;
   __global float *partials;
   __local float *slab;
   __local float *leftSlab;
   int decoupled;
   float learningRate;
   float weightDecay;
   int moments;
   float momentum;
   __global float *firstMoments;
   int nesterov;
   float beta2;
   __global float *secondMoments;
   float firstCorrection;
   float secondCorrection;
   __global float *squares;
   float clipNorm;
   __global int *status;
   __global float *dParameters;
   int parameterCount;
   int nextGeneration;
   __global char  *images0;
   __global char  *images1;
   __global char  *images2;
   __global char  *images3;
   __global char  *staged;
   __global int *indices;
   int chunkImages;
   int imageSize;
   __global int *keys;
   int activationCount;
   int step;
   int generation;
   int momentGeneration;
   int firstPass;
   int training;
   int lastPass;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
int org_aparanet_engine_opencl_ProductOperands__pooled(This *this, int row){
   int pooled = 0;
   if (this->passes[(row + 0)]==0 && this->passes[(row + 18)]!=-1){
      pooled = 1;
   }
   return(pooled);
}
int org_aparanet_engine_opencl_ConvolutionBackwardFilter__taps( __global int* passes, int row){
   return(((passes[(row + 1)] * passes[(row + 7)]) * passes[(row + 8)]));
}
float org_aparanet_engine_opencl_ConvolutionForward__activation( __global float* parameters,  __global int* passes, int row, int filter, float sum){
   float value = sum;
   if (passes[(row + 14)]!=-1){
      value = value + parameters[(passes[(row + 14)] + filter)];
   }
   if (value<0.0f && passes[(row + 15)]==1){
      value = 0.0f;
   }
   return(value);
}
float org_aparanet_engine_opencl_TrainingKernel__elementOf( __global float* array, int index){
   return(array[index]);
}
int org_aparanet_engine_opencl_Taps__tapColumn(int tap, int bits){
   return((tap & ((1 << bits) - 1)));
}
int org_aparanet_engine_opencl_Taps__tapRow(int tap, int bits){
   return(((tap >> bits) & ((1 << bits) - 1)));
}
int org_aparanet_engine_opencl_Taps__tapChannel(int tap, int bits){
   return((tap >> (2 * bits)));
}
int org_aparanet_engine_opencl_ProductOperands__positionX(This *this, int row, int inImage){
   int width = this->passes[(row + 45)];
   int x = inImage % width;
   if (org_aparanet_engine_opencl_ProductOperands__pooled(this, row)==1){
      x = (((inImage % (2 * width)) / 4) * 2) + (inImage % 2);
   }
   return(x);
}
int org_aparanet_engine_opencl_ProductOperands__positionY(This *this, int row, int inImage){
   int width = this->passes[(row + 45)];
   int y = inImage / width;
   if (org_aparanet_engine_opencl_ProductOperands__pooled(this, row)==1){
      y = ((inImage / (2 * width)) * 2) + ((inImage % 4) / 2);
   }
   return(y);
}
int org_aparanet_engine_opencl_ConvolutionBackwardFilter__partialTarget( __global int* passes, int row, int chunk, int column){
   int target = -1;
   if (column<passes[(row + 22)]){
      target = passes[(row + 31)] + (chunk * passes[(row + 32)]);
      int taps = org_aparanet_engine_opencl_ConvolutionBackwardFilter__taps(passes, row);
      if (column==taps){
         target = target + (passes[(row + 21)] * taps);
      } else {
         target = target + column;
      }
   }
   return(target);
}
int org_aparanet_engine_opencl_ConvolutionBackwardData__inputTarget( __global int* passes, int row, int columns, int position){
   int target = -1;
   if (position<columns){
      int plane = passes[(row + 22)];
      target = (passes[(row + 11)] + (((position / plane) * passes[(row + 1)]) * plane)) + (position % plane);
   }
   return(target);
}
int org_aparanet_engine_opencl_ProductOperands__columns(This *this, int row){
   int columns = this->passes[(row + 22)];
   if (this->passes[(row + 0)]!=2){
      columns = columns * this->batch;
   }
   return(columns);
}
int org_aparanet_engine_opencl_ConvolutionForward__outputTarget( __global int* passes, int row, int columns, int chunk, int position){
   int target = -1;
   if (position<columns){
      int perImage = passes[(row + 22)];
      int inImage = position % perImage;
      if (passes[(row + 18)]!=-1){
         perImage = perImage / 4;
         inImage = inImage / 4;
      }
      target = (((position / passes[(row + 22)]) * passes[(row + 4)]) * perImage) + inImage;
      if (passes[(row + 30)]>1){
         target = target + (passes[(row + 31)] + (chunk * passes[(row + 32)]));
      } else {
         target = target + passes[(row + 12)];
      }
   }
   return(target);
}
void org_aparanet_engine_opencl_ConvolutionBackwardFilter__storePartial( __global float* partials,  __global int* passes, int row, int filter, int column, int target, float sum){
   if (target>=0 && filter<passes[(row + 21)]){
      int step = org_aparanet_engine_opencl_ConvolutionBackwardFilter__taps(passes, row);
      if (column==step){
         step = 1;
      }
      partials[target + (filter * step)]  = sum;
   }
   return;
}
void org_aparanet_engine_opencl_ConvolutionBackwardData__storeInputGradient( __global float* input,  __global float* dInput,  __global int* passes, int row, int channel, int target, float sum){
   if (target>=0 && channel<passes[(row + 21)]){
      int at = target + (channel * passes[(row + 22)]);
      float gradient = sum;
      if (passes[(row + 16)]==1 && input[at]<=0.0f){
         gradient = 0.0f;
      }
      dInput[at]  = gradient;
   }
   return;
}
void org_aparanet_engine_opencl_ConvolutionForward__storeOutput( __global float* parameters,  __global float* output,  __global float* partials,  __global int* passes, int row, int filter, int target, float sum){
   if (target>=0 && filter<passes[(row + 21)]){
      int at = target + (filter * passes[(row + 22)]);
      if (passes[(row + 30)]>1){
         partials[at]  = sum;
      } else {
         output[at]  = org_aparanet_engine_opencl_ConvolutionForward__activation(parameters, passes, row, filter, sum);
      }
   }
   return;
}
void org_aparanet_engine_opencl_ConvolutionForward__storePooledOutput( __global float* parameters,  __global float* output,  __global int* passes, int row, int filter, int target, float s0, float s1, float s2, float s3){
   if (target>=0 && filter<passes[(row + 21)]){
      float largest = s0;
      float which = 0.0f;
      if (s1>largest || s1!=s1){
         largest = s1;
         which = 1.0f;
      }
      if (s2>largest || s2!=s2){
         largest = s2;
         which = 2.0f;
      }
      if (s3>largest || s3!=s3){
         largest = s3;
         which = 3.0f;
      }
      int at = target + (filter * (passes[(row + 22)] / 4));
      output[at]  = org_aparanet_engine_opencl_ConvolutionForward__activation(parameters, passes, row, filter, largest);
      output[(at - passes[(row + 12)]) + passes[(row + 18)]]  = which;
   }
   return;
}
int org_aparanet_engine_opencl_BlockProduct__blockRows(This *this, int row){
   int rows = 8;
   if (this->passes[(row + 0)]==2){
      rows = 4;
   }
   return(rows);
}
int org_aparanet_engine_opencl_ChannelSums__channelPlane( __global int* passes, int row){
   return((passes[(row + 2)] * passes[(row + 3)]));
}
int org_aparanet_engine_opencl_TrainingKernel__largest(This *this, int index){
   return((int)this->activations[index]);
}
float org_aparanet_engine_opencl_TrainingKernel__rightElement(This *this, int source, int index){
   float element = 0.0f;
   if (source==1){
      element = this->activations[index];
   }
   if (source==2){
      element = org_aparanet_engine_opencl_TrainingKernel__elementOf(this->dActivations, index);
   }
   if (source==3){
      element = this->dLogits[index];
   }
   return(element);
}
int org_aparanet_engine_opencl_ProductOperands__quotient(This *this, int dividend, int divisor){
   int quotient = dividend;
   if (divisor>1){
      quotient = -2;
      if (dividend>=0 && (dividend % divisor)==0){
         quotient = dividend / divisor;
      }
   }
   return(quotient);
}
int org_aparanet_engine_opencl_ProductOperands__positionBase(This *this, int row, int position){
   int image = position / (this->passes[(row + 44)] * this->passes[(row + 45)]);
   return((this->passes[(row + 38)] + (image * this->passes[(row + 39)])));
}
int org_aparanet_engine_opencl_ProductOperands__inImage(This *this, int row, int position){
   return((position % (this->passes[(row + 44)] * this->passes[(row + 45)])));
}
int org_aparanet_engine_opencl_ProductOperands__depth(This *this, int row){
   int depth = this->passes[(row + 23)];
   if (this->passes[(row + 0)]==2){
      depth = depth * this->batch;
   }
   return(depth);
}
float org_aparanet_engine_opencl_TrainingKernel__leftElement(This *this, int source, int index){
   float element = 0.0f;
   if (source==0){
      element = this->parameters[index];
   }
   if (source==2){
      element = org_aparanet_engine_opencl_TrainingKernel__elementOf(this->dActivations, index);
   }
   if (source==3){
      element = this->dLogits[index];
   }
   return(element);
}
int org_aparanet_engine_opencl_TileProduct__filterBase(This *this, int row, int k){
   int tap = this->passes[(this->passes[(row + 24)] + k)];
   int bits = this->passes[(row + 27)];
   return((((this->passes[(row + 13)] + (org_aparanet_engine_opencl_Taps__tapChannel(tap, bits) * this->passes[(row + 37)])) + (org_aparanet_engine_opencl_Taps__tapRow(tap, bits) * this->passes[(row + 8)])) + org_aparanet_engine_opencl_Taps__tapColumn(tap, bits)));
}
int org_aparanet_engine_opencl_TileProduct__gradientCorner(This *this, int row, int inImage){
   int corner = -1;
   if (this->passes[(row + 18)]!=-1){
      corner = ((org_aparanet_engine_opencl_ProductOperands__positionY(this, row, inImage) % 2) * 2) + (org_aparanet_engine_opencl_ProductOperands__positionX(this, row, inImage) % 2);
   }
   return(corner);
}
int org_aparanet_engine_opencl_TileProduct__gradientBase(This *this, int row, int position, int inImage){
   int image = position / this->passes[(row + 23)];
   int base = this->passes[(row + 12)] + ((image * this->passes[(row + 21)]) * this->passes[(row + 35)]);
   if (this->passes[(row + 18)]==-1){
      base = base + inImage;
   } else {
      int y = org_aparanet_engine_opencl_ProductOperands__positionY(this, row, inImage) / 2;
      int x = org_aparanet_engine_opencl_ProductOperands__positionX(this, row, inImage) / 2;
      if (y<this->passes[(row + 19)] && x<this->passes[(row + 20)]){
         base = base + ((y * this->passes[(row + 20)]) + x);
      } else {
         base = -1;
      }
   }
   return(base);
}
int org_aparanet_engine_opencl_TrainingKernel__target(This *this, int row, int chunk, int column){
   int operation = this->passes[(row + 0)];
   int target = -1;
   if (operation==0){
      target = org_aparanet_engine_opencl_ConvolutionForward__outputTarget(this->passes, row, org_aparanet_engine_opencl_ProductOperands__columns(this, row), chunk, column);
   }
   if (operation==1){
      target = org_aparanet_engine_opencl_ConvolutionBackwardData__inputTarget(this->passes, row, org_aparanet_engine_opencl_ProductOperands__columns(this, row), column);
   }
   if (operation==2){
      target = org_aparanet_engine_opencl_ConvolutionBackwardFilter__partialTarget(this->passes, row, chunk, column);
   }
   return(target);
}
void org_aparanet_engine_opencl_TrainingKernel__store(This *this, int row, int m, int column, int target, float sum){
   int operation = this->passes[(row + 0)];
   if (operation==0 && this->passes[(row + 17)]==1){
      org_aparanet_engine_opencl_ConvolutionForward__storeOutput(this->parameters, this->logits, this->partials, this->passes, row, m, target, sum);
   }
   if (operation==0 && this->passes[(row + 17)]==0){
      org_aparanet_engine_opencl_ConvolutionForward__storeOutput(this->parameters, this->activations, this->partials, this->passes, row, m, target, sum);
   }
   if (operation==1){
      org_aparanet_engine_opencl_ConvolutionBackwardData__storeInputGradient(this->activations, this->dActivations, this->passes, row, m, target, sum);
   }
   if (operation==2){
      org_aparanet_engine_opencl_ConvolutionBackwardFilter__storePartial(this->partials, this->passes, row, m, column, target, sum);
   }
   return;
}
void org_aparanet_engine_opencl_TrainingKernel__storePooled(This *this, int row, int m, int target, float s0, float s1, float s2, float s3){
   org_aparanet_engine_opencl_ConvolutionForward__storePooledOutput(this->parameters, this->activations, this->passes, row, m, target, s0, s1, s2, s3);
   return;
}
int org_aparanet_engine_opencl_TileProduct__columnOf(This *this, int pooled, int first, int place, int itemsAcross){
   int column = first + place;
   if (pooled==1){
      column = (first + ((place % itemsAcross) * 4)) + (place / itemsAcross);
   }
   return(column);
}
int org_aparanet_engine_opencl_TileProduct__tilesAcross(This *this, int row){
   int tileColumns = this->passes[(row + 26)] * 4;
   return((((org_aparanet_engine_opencl_ProductOperands__columns(this, row) + tileColumns) - 1) / tileColumns));
}
int org_aparanet_engine_opencl_TileProduct__tilesDown(This *this, int row){
   int tileRows = this->passes[(row + 28)];
   return((((this->passes[(row + 21)] + tileRows) - 1) / tileRows));
}
int org_aparanet_engine_opencl_BlockProduct__blocksDown(This *this, int row){
   return((((this->passes[(row + 21)] + org_aparanet_engine_opencl_BlockProduct__blockRows(this, row)) - 1) / org_aparanet_engine_opencl_BlockProduct__blockRows(this, row)));
}
int org_aparanet_engine_opencl_BlockProduct__blocksAcross(This *this, int row){
   return((((org_aparanet_engine_opencl_ProductOperands__columns(this, row) + 4) - 1) / 4));
}
int org_aparanet_engine_opencl_ChannelSums__itemElements(int first, int to){
   int count = 0;
   if (to>first){
      count = (((to - first) + 128) - 1) / 128;
   }
   return(count);
}
int org_aparanet_engine_opencl_ChannelSums__chunkStart( __global int* passes, int row, int batch, int chunk){
   int count = batch * org_aparanet_engine_opencl_ChannelSums__channelPlane(passes, row);
   int chunks = passes[(row + 30)];
   int start = (((count + chunks) - 1) / chunks) * chunk;
   if (start>count){
      start = count;
   }
   return(start);
}
void org_aparanet_engine_opencl_TileProduct__loadRightByPositions(This *this, int row, int from, int tileColumns, int base, int top, int left){
   int taps = this->passes[(row + 24)] + from;
   int bits = this->passes[(row + 27)];
   int mask = (1 << bits) - 1;
   int direction = this->passes[(row + 48)];
   int divisor = this->passes[(row + 49)];
   int height = this->passes[(row + 41)];
   int width = this->passes[(row + 42)];
   int source = this->passes[(row + 36)];
   int toMaxima = this->passes[(row + 43)];
   int step = 128 / tileColumns;
   int at = get_local_id(0);
   for (int k = at / tileColumns; k<32; k = k + step){
      {
         int tap = this->passes[(taps + k)];
         int y = top + (direction * ((tap >> bits) & mask));
         int x = left + (direction * (tap & mask));
         int corner = -1;
         if (divisor>1){
            y = org_aparanet_engine_opencl_ProductOperands__quotient(this, y, divisor);
            x = org_aparanet_engine_opencl_ProductOperands__quotient(this, x, divisor);
         }
         if (toMaxima!=-1){
            corner = ((y & 1) * 2) + (x & 1);
            y = y >> 1;
            x = x >> 1;
         }
         float value = 0.0f;
         if ((((y | x) | ((height - 1) - y)) | ((width - 1) - x))>=0){
            int index = (base + ((((tap >> (2 * bits)) * height) + y) * width)) + x;
            value = org_aparanet_engine_opencl_TrainingKernel__rightElement(this, source, index);
            if (corner>=0 && org_aparanet_engine_opencl_TrainingKernel__largest(this, (index + toMaxima))!=corner){
               value = 0.0f;
            }
         }
         this->slab[at]  = value;
         at+=128;
      }
   }
   return;
}
void org_aparanet_engine_opencl_TileProduct__loadRightByTaps(This *this, int row, int from, int firstColumn, int tileColumns){
   int k = get_local_id(0) % 32;
   int position = min((from + k), (org_aparanet_engine_opencl_ProductOperands__depth(this, row) - 1));
   int inImage = org_aparanet_engine_opencl_ProductOperands__inImage(this, row, position);
   int base = org_aparanet_engine_opencl_ProductOperands__positionBase(this, row, position);
   int top = (org_aparanet_engine_opencl_ProductOperands__positionY(this, row, inImage) * this->passes[(row + 46)]) + this->passes[(row + 47)];
   int left = (org_aparanet_engine_opencl_ProductOperands__positionX(this, row, inImage) * this->passes[(row + 46)]) + this->passes[(row + 47)];
   int taps = this->passes[(row + 24)];
   int lastTap = this->passes[(row + 25)] - 1;
   int bits = this->passes[(row + 27)];
   int mask = (1 << bits) - 1;
   int height = this->passes[(row + 41)];
   int width = this->passes[(row + 42)];
   int at = (k * tileColumns) - firstColumn;
   int end = firstColumn + tileColumns;
   for (int c = firstColumn + (get_local_id(0) / 32); c<end; c+=4){
      {
         int tap = this->passes[(taps + min(c, lastTap))];
         int y = top + ((tap >> bits) & mask);
         int x = left + (tap & mask);
         float value = 0.0f;
         if ((((y | x) | ((height - 1) - y)) | ((width - 1) - x))>=0){
            value = org_aparanet_engine_opencl_TrainingKernel__rightElement(this, 1, ((base + ((((tap >> (2 * bits)) * height) + y) * width)) + x));
         }
         if (c>lastTap){
            value = 1.0f;
         }
         this->slab[at + c]  = value;
      }
   }
   return;
}
void org_aparanet_engine_opencl_TileProduct__loadLeft(This *this, int row, int from, int firstRow, int tileRows){
   int k = get_local_id(0) % 32;
   int lastRow = this->passes[(row + 21)] - 1;
   int stride = this->passes[(row + 35)];
   int source = this->passes[(row + 34)];
   int toMaxima = this->passes[(row + 18)] - this->passes[(row + 12)];
   int base = -1;
   int corner = -1;
   if ((from + k)<org_aparanet_engine_opencl_ProductOperands__depth(this, row)){
      if (this->passes[(row + 0)]==2){
         {
            int inImage = org_aparanet_engine_opencl_ProductOperands__inImage(this, row, (from + k));
            base = org_aparanet_engine_opencl_TileProduct__gradientBase(this, row, (from + k), inImage);
            corner = org_aparanet_engine_opencl_TileProduct__gradientCorner(this, row, inImage);
         }
      } else {
         base = org_aparanet_engine_opencl_TileProduct__filterBase(this, row, (from + k));
      }
   }
   int at = k * (tileRows + 1);
   for (int m = get_local_id(0) / 32; m<tileRows; m+=4){
      {
         float value = 0.0f;
         if (base>=0){
            int index = base + (min((firstRow + m), lastRow) * stride);
            value = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, source, index);
            if (corner>=0 && org_aparanet_engine_opencl_TrainingKernel__largest(this, (index + toMaxima))!=corner){
               value = 0.0f;
            }
         }
         this->leftSlab[at + m]  = value;
      }
   }
   return;
}
float org_aparanet_engine_opencl_ProductOperands__right(This *this, int source, int line, int x, int width, int corner, int toMaxima){
   float value = 0.0f;
   if (line==-2){
      value = 1.0f;
   }
   if (line>=0 && x>=0 && x<width){
      value = org_aparanet_engine_opencl_TrainingKernel__rightElement(this, source, (line + x));
      if (corner>=0 && org_aparanet_engine_opencl_TrainingKernel__largest(this, ((line + x) + toMaxima))!=corner){
         value = 0.0f;
      }
   }
   return(value);
}
int org_aparanet_engine_opencl_ProductOperands__line(This *this, int base, int channel, int y, int height, int width){
   int line = -1;
   if (y>=0 && y<height){
      line = base + (((channel * height) + y) * width);
   }
   return(line);
}
float org_aparanet_engine_opencl_ProductOperands__left(This *this, int source, int index, int corner, int toMaxima){
   float value = 0.0f;
   if (index>=0){
      value = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, source, index);
      if (corner>=0 && org_aparanet_engine_opencl_TrainingKernel__largest(this, (index + toMaxima))!=corner){
         value = 0.0f;
      }
   }
   return(value);
}
int org_aparanet_engine_opencl_ChannelSums__channelElement( __global int* passes, int row, int channel, int number){
   int plane = org_aparanet_engine_opencl_ChannelSums__channelPlane(passes, row);
   int image = number / plane;
   return((((((image * passes[(row + 1)]) + channel) * plane) + number) - (image * plane)));
}
float org_aparanet_engine_opencl_OptimizerRules__moved(This *this, int at, float value, float clippedGradient){
   float kept = value;
   float gradient = clippedGradient;
   if (this->decoupled==1){
      kept = value - ((this->learningRate * this->weightDecay) * value);
   } else {
      gradient = clippedGradient + (this->weightDecay * value);
   }
   float step = gradient;
   if (this->moments==1){
      float first = (this->momentum * this->firstMoments[at]) + gradient;
      this->firstMoments[at]  = first;
      step = first;
      if (this->nesterov==1){
         step = gradient + (this->momentum * first);
      }
   }
   if (this->moments==2){
      float first = (this->momentum * this->firstMoments[at]) + ((1.0f - this->momentum) * gradient);
      float second = (this->beta2 * this->secondMoments[at]) + (((1.0f - this->beta2) * gradient) * gradient);
      this->firstMoments[at]  = first;
      this->secondMoments[at]  = second;
      step = (first * this->firstCorrection) / (sqrt((second * this->secondCorrection)) + 1.0E-8f);
   }
   return((kept - (this->learningRate * step)));
}
float org_aparanet_engine_opencl_OptimizerRules__chunkSum( __global float* partials,  __global int* passes, int row, int element){
   float sum = 0.0f;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      sum = sum + partials[((passes[(row + 31)] + (chunk * passes[(row + 32)])) + element)];
   }
   return(sum);
}
float org_aparanet_engine_opencl_OptimizerRules__clipFactor(This *this, int items){
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
int org_aparanet_model_DropoutMask__hash(int key, int element){
   int mixed = (element * -1640531535) ^ key;
   mixed = (mixed ^ (((unsigned int)mixed) >> 16)) * -2048144789;
   mixed = (mixed ^ (((unsigned int)mixed) >> 13)) * -1028477387;
   return((mixed ^ (((unsigned int)mixed) >> 16)));
}
void org_aparanet_engine_opencl_MatrixProduct__storeSums(This *this, int row, int unit){
   int item = get_local_id(0);
   int sharers = this->passes[(row + 29)];
   int tileRows = this->passes[(row + 28)];
   int rows = org_aparanet_engine_opencl_BlockProduct__blockRows(this, row);
   int m = 0;
   int column = 0;
   int chunk = 0;
   int step = 1;
   if (tileRows==0){
      {
         int block = (unit * (128 / sharers)) + (item / sharers);
         int across = org_aparanet_engine_opencl_BlockProduct__blocksAcross(this, row);
         int down = org_aparanet_engine_opencl_BlockProduct__blocksDown(this, row);
         column = (block % across) * 4;
         m = ((block / across) % down) * rows;
         chunk = block / (across * down);
      }
   } else {
      int itemsAcross = this->passes[(row + 26)];
      int down = org_aparanet_engine_opencl_TileProduct__tilesDown(this, row);
      int across = org_aparanet_engine_opencl_TileProduct__tilesAcross(this, row);
      rows = 8;
      m = ((unit % down) * tileRows) + ((item / itemsAcross) * 8);
      column = org_aparanet_engine_opencl_TileProduct__columnOf(this, org_aparanet_engine_opencl_ProductOperands__pooled(this, row), ((((unit / down) % across) * itemsAcross) * 4), (item % itemsAcross), itemsAcross);
      chunk = unit / (down * across);
      step = itemsAcross;
      if (((item / itemsAcross) * 8)>=tileRows){
         chunk = this->passes[(row + 30)];
      }
   }
   int sharer = item % sharers;
   if (chunk<this->passes[(row + 30)]){
      if (org_aparanet_engine_opencl_ProductOperands__pooled(this, row)==1){
         int target = org_aparanet_engine_opencl_TrainingKernel__target(this, row, 0, column);
         for (int r = 0; r<rows; r++){
            {
               int at = item + ((r * 4) * 128);
               org_aparanet_engine_opencl_TrainingKernel__storePooled(this, row, (m + r), target, this->slab[at], this->slab[(at + 128)], this->slab[(at + 256)], this->slab[(at + 384)]);
            }
         }
      } else {
         int c = sharer / rows;
         int r = sharer % rows;
         for (int target = org_aparanet_engine_opencl_TrainingKernel__target(this, row, chunk, (column + (c * step))); c<4; ){
            float sum = 0.0f;
            int at = ((((r * 4) + c) * 128) + item) - sharer;
            for (int i = 0; i<sharers; i++){
               sum = sum + this->slab[(at + ((i + sharer) & (sharers - 1)))];
            }
            org_aparanet_engine_opencl_TrainingKernel__store(this, row, (m + r), (column + (c * step)), target, sum);
            r = r + sharers;
            
            if (r>=rows){
               c = c + (r / rows);
               r = r % rows;
               target = org_aparanet_engine_opencl_TrainingKernel__target(this, row, chunk, (column + (c * step)));
            }
         }
      }
   }
   return;
}
void org_aparanet_engine_opencl_ChannelSums__storeNormSums(This *this,  __global float* input,  __global float* partials,  __global int* passes, int row, int batch, int unit){
   int channels = passes[(row + 1)];
   int channel = unit % channels;
   int chunk = unit / channels;
   int from = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, chunk);
   int to = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, (chunk + 1));
   int backward = passes[(row + 0)] - 3;
   if (get_local_id(0)==0){
      float sum = 0.0f;
      for (int item = 0; item<128; item++){
         {
            int weight = 1;
            if (backward==0){
               weight = org_aparanet_engine_opencl_ChannelSums__itemElements((from + item), to);
            }
            sum = sum + ((float)weight * this->slab[(128 + item)]);
         }
      }
      float mean = sum / (float)max(1, (to - from));
      float products = 0.0f;
      for (int item = 0; item<128; item++){
         float off = this->slab[(128 + item)] - mean;
         products = products + this->slab[item];
         if (backward==0){
            products = products + (((float)org_aparanet_engine_opencl_ChannelSums__itemElements((from + item), to) * off) * off);
         }
      }
      if (backward==0){
         sum = mean;
      }
      if (backward==1){
         products = products / sqrt((input[((passes[(row + 53)] + channels) + channel)] + 1.0E-5f));
      }
      int at = (passes[(row + 31)] + (chunk * passes[(row + 32)])) + channel;
      partials[at]  = products;
      partials[at + channels]  = sum;
   }
   return;
}
void org_aparanet_engine_opencl_TileProduct__tile(This *this, int row, int unit){
   int item = get_local_id(0);
   int operation = this->passes[(row + 0)];
   int tileRows = this->passes[(row + 28)];
   int itemsAcross = this->passes[(row + 26)];
   int tileColumns = itemsAcross * 4;
   int leftWidth = tileRows + 1;
   int down = org_aparanet_engine_opencl_TileProduct__tilesDown(this, row);
   int across = org_aparanet_engine_opencl_TileProduct__tilesAcross(this, row);
   int firstRow = (unit % down) * tileRows;
   int firstColumn = ((unit / down) % across) * tileColumns;
   int chunk = unit / (down * across);
   int chunks = this->passes[(row + 30)];
   int slabs = ((org_aparanet_engine_opencl_ProductOperands__depth(this, row) + 32) - 1) / 32;
   int to = ((slabs * (chunk + 1)) / chunks) * 32;
   int pooled = org_aparanet_engine_opencl_ProductOperands__pooled(this, row);
   int itemRow = (item / itemsAcross) * 8;
   int itemColumn = item % itemsAcross;
   int base = 0;
   int top = 0;
   int left = 0;
   if (operation!=2){
      int column = org_aparanet_engine_opencl_TileProduct__columnOf(this, pooled, firstColumn, (item % tileColumns), itemsAcross);
      column = min(column, (org_aparanet_engine_opencl_ProductOperands__columns(this, row) - 1));
      int inImage = org_aparanet_engine_opencl_ProductOperands__inImage(this, row, column);
      base = org_aparanet_engine_opencl_ProductOperands__positionBase(this, row, column);
      top = (org_aparanet_engine_opencl_ProductOperands__positionY(this, row, inImage) * this->passes[(row + 46)]) + this->passes[(row + 47)];
      left = (org_aparanet_engine_opencl_ProductOperands__positionX(this, row, inImage) * this->passes[(row + 46)]) + this->passes[(row + 47)];
   }
   float s00 = 0.0f;
   float s01 = 0.0f;
   float s02 = 0.0f;
   float s03 = 0.0f;
   float s10 = 0.0f;
   float s11 = 0.0f;
   float s12 = 0.0f;
   float s13 = 0.0f;
   float s20 = 0.0f;
   float s21 = 0.0f;
   float s22 = 0.0f;
   float s23 = 0.0f;
   float s30 = 0.0f;
   float s31 = 0.0f;
   float s32 = 0.0f;
   float s33 = 0.0f;
   float s40 = 0.0f;
   float s41 = 0.0f;
   float s42 = 0.0f;
   float s43 = 0.0f;
   float s50 = 0.0f;
   float s51 = 0.0f;
   float s52 = 0.0f;
   float s53 = 0.0f;
   float s60 = 0.0f;
   float s61 = 0.0f;
   float s62 = 0.0f;
   float s63 = 0.0f;
   float s70 = 0.0f;
   float s71 = 0.0f;
   float s72 = 0.0f;
   float s73 = 0.0f;
   for (int from = ((slabs * chunk) / chunks) * 32; from<to; from+=32){
      org_aparanet_engine_opencl_TileProduct__loadLeft(this, row, from, firstRow, tileRows);
      if (operation==2){
         org_aparanet_engine_opencl_TileProduct__loadRightByTaps(this, row, from, firstColumn, tileColumns);
      } else {
         org_aparanet_engine_opencl_TileProduct__loadRightByPositions(this, row, from, tileColumns, base, top, left);
      }
      barrier(CLK_LOCAL_MEM_FENCE);
      if (itemRow<tileRows){
         int a = itemRow;
         int b = itemColumn;
         for (int k = 0; k<32; k+=2){
            {
               float b0 = this->slab[b];
               float b1 = this->slab[(b + itemsAcross)];
               float b2 = this->slab[(b + (2 * itemsAcross))];
               float b3 = this->slab[(b + (3 * itemsAcross))];
               float a0 = this->leftSlab[a];
               float a1 = this->leftSlab[(a + 1)];
               float a2 = this->leftSlab[(a + 2)];
               float a3 = this->leftSlab[(a + 3)];
               float a4 = this->leftSlab[(a + 4)];
               float a5 = this->leftSlab[(a + 5)];
               float a6 = this->leftSlab[(a + 6)];
               float a7 = this->leftSlab[(a + 7)];
               s00 = s00 + (a0 * b0);
               s01 = s01 + (a0 * b1);
               s02 = s02 + (a0 * b2);
               s03 = s03 + (a0 * b3);
               s10 = s10 + (a1 * b0);
               s11 = s11 + (a1 * b1);
               s12 = s12 + (a1 * b2);
               s13 = s13 + (a1 * b3);
               s20 = s20 + (a2 * b0);
               s21 = s21 + (a2 * b1);
               s22 = s22 + (a2 * b2);
               s23 = s23 + (a2 * b3);
               s30 = s30 + (a3 * b0);
               s31 = s31 + (a3 * b1);
               s32 = s32 + (a3 * b2);
               s33 = s33 + (a3 * b3);
               s40 = s40 + (a4 * b0);
               s41 = s41 + (a4 * b1);
               s42 = s42 + (a4 * b2);
               s43 = s43 + (a4 * b3);
               s50 = s50 + (a5 * b0);
               s51 = s51 + (a5 * b1);
               s52 = s52 + (a5 * b2);
               s53 = s53 + (a5 * b3);
               s60 = s60 + (a6 * b0);
               s61 = s61 + (a6 * b1);
               s62 = s62 + (a6 * b2);
               s63 = s63 + (a6 * b3);
               s70 = s70 + (a7 * b0);
               s71 = s71 + (a7 * b1);
               s72 = s72 + (a7 * b2);
               s73 = s73 + (a7 * b3);
               a = a + leftWidth;
               b = b + tileColumns;
               b0 = this->slab[b];
               b1 = this->slab[(b + itemsAcross)];
               b2 = this->slab[(b + (2 * itemsAcross))];
               b3 = this->slab[(b + (3 * itemsAcross))];
               a0 = this->leftSlab[a];
               a1 = this->leftSlab[(a + 1)];
               a2 = this->leftSlab[(a + 2)];
               a3 = this->leftSlab[(a + 3)];
               a4 = this->leftSlab[(a + 4)];
               a5 = this->leftSlab[(a + 5)];
               a6 = this->leftSlab[(a + 6)];
               a7 = this->leftSlab[(a + 7)];
               s00 = s00 + (a0 * b0);
               s01 = s01 + (a0 * b1);
               s02 = s02 + (a0 * b2);
               s03 = s03 + (a0 * b3);
               s10 = s10 + (a1 * b0);
               s11 = s11 + (a1 * b1);
               s12 = s12 + (a1 * b2);
               s13 = s13 + (a1 * b3);
               s20 = s20 + (a2 * b0);
               s21 = s21 + (a2 * b1);
               s22 = s22 + (a2 * b2);
               s23 = s23 + (a2 * b3);
               s30 = s30 + (a3 * b0);
               s31 = s31 + (a3 * b1);
               s32 = s32 + (a3 * b2);
               s33 = s33 + (a3 * b3);
               s40 = s40 + (a4 * b0);
               s41 = s41 + (a4 * b1);
               s42 = s42 + (a4 * b2);
               s43 = s43 + (a4 * b3);
               s50 = s50 + (a5 * b0);
               s51 = s51 + (a5 * b1);
               s52 = s52 + (a5 * b2);
               s53 = s53 + (a5 * b3);
               s60 = s60 + (a6 * b0);
               s61 = s61 + (a6 * b1);
               s62 = s62 + (a6 * b2);
               s63 = s63 + (a6 * b3);
               s70 = s70 + (a7 * b0);
               s71 = s71 + (a7 * b1);
               s72 = s72 + (a7 * b2);
               s73 = s73 + (a7 * b3);
               a = a + leftWidth;
               b = b + tileColumns;
            }
         }
      }
      barrier(CLK_LOCAL_MEM_FENCE);
   }
   this->slab[item]  = s00;
   this->slab[item + 128]  = s01;
   this->slab[item + 256]  = s02;
   this->slab[item + 384]  = s03;
   this->slab[item + 512]  = s10;
   this->slab[item + 640]  = s11;
   this->slab[item + 768]  = s12;
   this->slab[item + 896]  = s13;
   this->slab[item + 1024]  = s20;
   this->slab[item + 1152]  = s21;
   this->slab[item + 1280]  = s22;
   this->slab[item + 1408]  = s23;
   this->slab[item + 1536]  = s30;
   this->slab[item + 1664]  = s31;
   this->slab[item + 1792]  = s32;
   this->slab[item + 1920]  = s33;
   this->slab[item + 2048]  = s40;
   this->slab[item + 2176]  = s41;
   this->slab[item + 2304]  = s42;
   this->slab[item + 2432]  = s43;
   this->slab[item + 2560]  = s50;
   this->slab[item + 2688]  = s51;
   this->slab[item + 2816]  = s52;
   this->slab[item + 2944]  = s53;
   this->slab[item + 3072]  = s60;
   this->slab[item + 3200]  = s61;
   this->slab[item + 3328]  = s62;
   this->slab[item + 3456]  = s63;
   this->slab[item + 3584]  = s70;
   this->slab[item + 3712]  = s71;
   this->slab[item + 3840]  = s72;
   this->slab[item + 3968]  = s73;
   return;
}
void org_aparanet_engine_opencl_BlockProduct__positionBlock(This *this, int row, int unit){
   int sharers = this->passes[(row + 29)];
   int across = org_aparanet_engine_opencl_BlockProduct__blocksAcross(this, row);
   int block = (unit * (128 / sharers)) + (get_local_id(0) / sharers);
   int column = (block % across) * 4;
   int m = (block / across) * 8;
   int lastRow = this->passes[(row + 21)] - 1;
   int channels = this->passes[(row + 40)];
   int lastColumn = org_aparanet_engine_opencl_ProductOperands__columns(this, row) - 1;
   if (m>lastRow){
      channels = 0;
   }
   int windowHeight = this->passes[(row + 7)];
   int windowWidth = this->passes[(row + 8)];
   int direction = this->passes[(row + 48)];
   int divisor = this->passes[(row + 49)];
   int height = this->passes[(row + 41)];
   int width = this->passes[(row + 42)];
   int source = this->passes[(row + 36)];
   int toMaxima = this->passes[(row + 43)];
   int leftStride = this->passes[(row + 35)];
   int leftChannel = this->passes[(row + 37)];
   int weight = this->passes[(row + 13)];
   int w0 = weight + (min(m, lastRow) * leftStride);
   int w1 = weight + (min((m + 1), lastRow) * leftStride);
   int w2 = weight + (min((m + 2), lastRow) * leftStride);
   int w3 = weight + (min((m + 3), lastRow) * leftStride);
   int w4 = weight + (min((m + 4), lastRow) * leftStride);
   int w5 = weight + (min((m + 5), lastRow) * leftStride);
   int w6 = weight + (min((m + 6), lastRow) * leftStride);
   int w7 = weight + (min((m + 7), lastRow) * leftStride);
   int step = this->passes[(row + 46)];
   int origin = this->passes[(row + 47)];
   int c0 = min(column, lastColumn);
   int base0 = org_aparanet_engine_opencl_ProductOperands__positionBase(this, row, c0);
   int top0 = (org_aparanet_engine_opencl_ProductOperands__positionY(this, row, org_aparanet_engine_opencl_ProductOperands__inImage(this, row, c0)) * step) + origin;
   int left0 = (org_aparanet_engine_opencl_ProductOperands__positionX(this, row, org_aparanet_engine_opencl_ProductOperands__inImage(this, row, c0)) * step) + origin;
   int c1 = min((column + 1), lastColumn);
   int base1 = org_aparanet_engine_opencl_ProductOperands__positionBase(this, row, c1);
   int top1 = (org_aparanet_engine_opencl_ProductOperands__positionY(this, row, org_aparanet_engine_opencl_ProductOperands__inImage(this, row, c1)) * step) + origin;
   int left1 = (org_aparanet_engine_opencl_ProductOperands__positionX(this, row, org_aparanet_engine_opencl_ProductOperands__inImage(this, row, c1)) * step) + origin;
   int c2 = min((column + 2), lastColumn);
   int base2 = org_aparanet_engine_opencl_ProductOperands__positionBase(this, row, c2);
   int top2 = (org_aparanet_engine_opencl_ProductOperands__positionY(this, row, org_aparanet_engine_opencl_ProductOperands__inImage(this, row, c2)) * step) + origin;
   int left2 = (org_aparanet_engine_opencl_ProductOperands__positionX(this, row, org_aparanet_engine_opencl_ProductOperands__inImage(this, row, c2)) * step) + origin;
   int c3 = min((column + 3), lastColumn);
   int base3 = org_aparanet_engine_opencl_ProductOperands__positionBase(this, row, c3);
   int top3 = (org_aparanet_engine_opencl_ProductOperands__positionY(this, row, org_aparanet_engine_opencl_ProductOperands__inImage(this, row, c3)) * step) + origin;
   int left3 = (org_aparanet_engine_opencl_ProductOperands__positionX(this, row, org_aparanet_engine_opencl_ProductOperands__inImage(this, row, c3)) * step) + origin;
   float s00 = 0.0f;
   float s01 = 0.0f;
   float s02 = 0.0f;
   float s03 = 0.0f;
   float s10 = 0.0f;
   float s11 = 0.0f;
   float s12 = 0.0f;
   float s13 = 0.0f;
   float s20 = 0.0f;
   float s21 = 0.0f;
   float s22 = 0.0f;
   float s23 = 0.0f;
   float s30 = 0.0f;
   float s31 = 0.0f;
   float s32 = 0.0f;
   float s33 = 0.0f;
   float s40 = 0.0f;
   float s41 = 0.0f;
   float s42 = 0.0f;
   float s43 = 0.0f;
   float s50 = 0.0f;
   float s51 = 0.0f;
   float s52 = 0.0f;
   float s53 = 0.0f;
   float s60 = 0.0f;
   float s61 = 0.0f;
   float s62 = 0.0f;
   float s63 = 0.0f;
   float s70 = 0.0f;
   float s71 = 0.0f;
   float s72 = 0.0f;
   float s73 = 0.0f;
   for (int channel = get_local_id(0) % sharers; channel<channels; channel = channel + sharers){
      for (int i = 0; i<windowHeight; i++){
         int y0 = org_aparanet_engine_opencl_ProductOperands__quotient(this, (top0 + (direction * i)), divisor);
         int y1 = org_aparanet_engine_opencl_ProductOperands__quotient(this, (top1 + (direction * i)), divisor);
         int y2 = org_aparanet_engine_opencl_ProductOperands__quotient(this, (top2 + (direction * i)), divisor);
         int y3 = org_aparanet_engine_opencl_ProductOperands__quotient(this, (top3 + (direction * i)), divisor);
         int corner0 = -1;
         int corner1 = -1;
         int corner2 = -1;
         int corner3 = -1;
         if (toMaxima!=-1){
            corner0 = (y0 & 1) * 2;
            y0 = y0 >> 1;
            corner1 = (y1 & 1) * 2;
            y1 = y1 >> 1;
            corner2 = (y2 & 1) * 2;
            y2 = y2 >> 1;
            corner3 = (y3 & 1) * 2;
            y3 = y3 >> 1;
         }
         int line0 = org_aparanet_engine_opencl_ProductOperands__line(this, base0, channel, y0, height, width);
         int line1 = org_aparanet_engine_opencl_ProductOperands__line(this, base1, channel, y1, height, width);
         int line2 = org_aparanet_engine_opencl_ProductOperands__line(this, base2, channel, y2, height, width);
         int line3 = org_aparanet_engine_opencl_ProductOperands__line(this, base3, channel, y3, height, width);
         int w = (channel * leftChannel) + (i * windowWidth);
         for (int j = 0; j<windowWidth; j++){
            {
               int x0 = org_aparanet_engine_opencl_ProductOperands__quotient(this, (left0 + (direction * j)), divisor);
               int x1 = org_aparanet_engine_opencl_ProductOperands__quotient(this, (left1 + (direction * j)), divisor);
               int x2 = org_aparanet_engine_opencl_ProductOperands__quotient(this, (left2 + (direction * j)), divisor);
               int x3 = org_aparanet_engine_opencl_ProductOperands__quotient(this, (left3 + (direction * j)), divisor);
               int at0 = corner0;
               int at1 = corner1;
               int at2 = corner2;
               int at3 = corner3;
               if (toMaxima!=-1){
                  at0 = at0 + (x0 & 1);
                  x0 = x0 >> 1;
                  at1 = at1 + (x1 & 1);
                  x1 = x1 >> 1;
                  at2 = at2 + (x2 & 1);
                  x2 = x2 >> 1;
                  at3 = at3 + (x3 & 1);
                  x3 = x3 >> 1;
               }
               float b0 = org_aparanet_engine_opencl_ProductOperands__right(this, source, line0, x0, width, at0, toMaxima);
               float b1 = org_aparanet_engine_opencl_ProductOperands__right(this, source, line1, x1, width, at1, toMaxima);
               float b2 = org_aparanet_engine_opencl_ProductOperands__right(this, source, line2, x2, width, at2, toMaxima);
               float b3 = org_aparanet_engine_opencl_ProductOperands__right(this, source, line3, x3, width, at3, toMaxima);
               float a0 = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, 0, (w0 + w));
               float a1 = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, 0, (w1 + w));
               float a2 = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, 0, (w2 + w));
               float a3 = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, 0, (w3 + w));
               float a4 = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, 0, (w4 + w));
               float a5 = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, 0, (w5 + w));
               float a6 = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, 0, (w6 + w));
               float a7 = org_aparanet_engine_opencl_TrainingKernel__leftElement(this, 0, (w7 + w));
               s00 = s00 + (a0 * b0);
               s01 = s01 + (a0 * b1);
               s02 = s02 + (a0 * b2);
               s03 = s03 + (a0 * b3);
               s10 = s10 + (a1 * b0);
               s11 = s11 + (a1 * b1);
               s12 = s12 + (a1 * b2);
               s13 = s13 + (a1 * b3);
               s20 = s20 + (a2 * b0);
               s21 = s21 + (a2 * b1);
               s22 = s22 + (a2 * b2);
               s23 = s23 + (a2 * b3);
               s30 = s30 + (a3 * b0);
               s31 = s31 + (a3 * b1);
               s32 = s32 + (a3 * b2);
               s33 = s33 + (a3 * b3);
               s40 = s40 + (a4 * b0);
               s41 = s41 + (a4 * b1);
               s42 = s42 + (a4 * b2);
               s43 = s43 + (a4 * b3);
               s50 = s50 + (a5 * b0);
               s51 = s51 + (a5 * b1);
               s52 = s52 + (a5 * b2);
               s53 = s53 + (a5 * b3);
               s60 = s60 + (a6 * b0);
               s61 = s61 + (a6 * b1);
               s62 = s62 + (a6 * b2);
               s63 = s63 + (a6 * b3);
               s70 = s70 + (a7 * b0);
               s71 = s71 + (a7 * b1);
               s72 = s72 + (a7 * b2);
               s73 = s73 + (a7 * b3);
               w++;
            }
         }
      }
   }
   int own = get_local_id(0);
   this->slab[own]  = s00;
   this->slab[own + 128]  = s01;
   this->slab[own + 256]  = s02;
   this->slab[own + 384]  = s03;
   this->slab[own + 512]  = s10;
   this->slab[own + 640]  = s11;
   this->slab[own + 768]  = s12;
   this->slab[own + 896]  = s13;
   this->slab[own + 1024]  = s20;
   this->slab[own + 1152]  = s21;
   this->slab[own + 1280]  = s22;
   this->slab[own + 1408]  = s23;
   this->slab[own + 1536]  = s30;
   this->slab[own + 1664]  = s31;
   this->slab[own + 1792]  = s32;
   this->slab[own + 1920]  = s33;
   this->slab[own + 2048]  = s40;
   this->slab[own + 2176]  = s41;
   this->slab[own + 2304]  = s42;
   this->slab[own + 2432]  = s43;
   this->slab[own + 2560]  = s50;
   this->slab[own + 2688]  = s51;
   this->slab[own + 2816]  = s52;
   this->slab[own + 2944]  = s53;
   this->slab[own + 3072]  = s60;
   this->slab[own + 3200]  = s61;
   this->slab[own + 3328]  = s62;
   this->slab[own + 3456]  = s63;
   this->slab[own + 3584]  = s70;
   this->slab[own + 3712]  = s71;
   this->slab[own + 3840]  = s72;
   this->slab[own + 3968]  = s73;
   return;
}
void org_aparanet_engine_opencl_BlockProduct__filterBlock(This *this, int row, int unit){
   int sharers = this->passes[(row + 29)];
   int across = org_aparanet_engine_opencl_BlockProduct__blocksAcross(this, row);
   int down = org_aparanet_engine_opencl_BlockProduct__blocksDown(this, row);
   int block = (unit * (128 / sharers)) + (get_local_id(0) / sharers);
   int column = (block % across) * 4;
   int m = ((block / across) % down) * 4;
   int chunk = block / (across * down);
   int chunks = this->passes[(row + 30)];
   int filters = this->passes[(row + 21)];
   int gridHeight = this->passes[(row + 44)];
   int gridWidth = this->passes[(row + 45)];
   int step = this->passes[(row + 46)];
   int lines = this->batch * gridHeight;
   int leftStep = 1;
   int rightStep = step;
   int xEnd = this->passes[(row + 42)];
   if ((gridHeight * gridWidth)==1){
      lines = 1;
      gridWidth = this->batch;
      leftStep = filters;
      rightStep = this->passes[(row + 39)];
      xEnd = this->batch * rightStep;
   }
   int to = 0;
   if (chunk<chunks){
      to = (lines * (chunk + 1)) / chunks;
   }
   int origin = this->passes[(row + 47)];
   int height = this->passes[(row + 41)];
   int width = this->passes[(row + 42)];
   int leftSource = this->passes[(row + 34)];
   int leftStride = this->passes[(row + 35)];
   int maxima = this->passes[(row + 18)];
   int toMaxima = maxima - this->passes[(row + 12)];
   int leftWidth = gridWidth;
   int linesWithGradient = gridHeight;
   if (maxima!=-1){
      leftWidth = this->passes[(row + 20)];
      gridWidth = 2 * leftWidth;
      linesWithGradient = 2 * this->passes[(row + 19)];
   }
   int bits = this->passes[(row + 27)];
   int taps = this->passes[(row + 24)];
   int lastTap = this->passes[(row + 25)] - 1;
   int lastRow = filters - 1;
   int m0 = min(m, lastRow) * leftStride;
   int m1 = min((m + 1), lastRow) * leftStride;
   int m2 = min((m + 2), lastRow) * leftStride;
   int m3 = min((m + 3), lastRow) * leftStride;
   int tap0 = this->passes[(taps + min(column, lastTap))];
   int tap1 = this->passes[(taps + min((column + 1), lastTap))];
   int tap2 = this->passes[(taps + min((column + 2), lastTap))];
   int tap3 = this->passes[(taps + min((column + 3), lastTap))];
   int channel0 = org_aparanet_engine_opencl_Taps__tapChannel(tap0, bits);
   int channel1 = org_aparanet_engine_opencl_Taps__tapChannel(tap1, bits);
   int channel2 = org_aparanet_engine_opencl_Taps__tapChannel(tap2, bits);
   int channel3 = org_aparanet_engine_opencl_Taps__tapChannel(tap3, bits);
   int i0 = org_aparanet_engine_opencl_Taps__tapRow(tap0, bits) + origin;
   int i1 = org_aparanet_engine_opencl_Taps__tapRow(tap1, bits) + origin;
   int i2 = org_aparanet_engine_opencl_Taps__tapRow(tap2, bits) + origin;
   int i3 = org_aparanet_engine_opencl_Taps__tapRow(tap3, bits) + origin;
   int j0 = org_aparanet_engine_opencl_Taps__tapColumn(tap0, bits) + origin;
   int j1 = org_aparanet_engine_opencl_Taps__tapColumn(tap1, bits) + origin;
   int j2 = org_aparanet_engine_opencl_Taps__tapColumn(tap2, bits) + origin;
   int j3 = org_aparanet_engine_opencl_Taps__tapColumn(tap3, bits) + origin;
   float s00 = 0.0f;
   float s01 = 0.0f;
   float s02 = 0.0f;
   float s03 = 0.0f;
   float s10 = 0.0f;
   float s11 = 0.0f;
   float s12 = 0.0f;
   float s13 = 0.0f;
   float s20 = 0.0f;
   float s21 = 0.0f;
   float s22 = 0.0f;
   float s23 = 0.0f;
   float s30 = 0.0f;
   float s31 = 0.0f;
   float s32 = 0.0f;
   float s33 = 0.0f;
   for (int line = ((lines * chunk) / chunks) + (get_local_id(0) % sharers); line<to; line = line + sharers){
      int image = line / gridHeight;
      int y = line % gridHeight;
      int base = this->passes[(row + 38)] + (image * this->passes[(row + 39)]);
      int line0 = org_aparanet_engine_opencl_ProductOperands__line(this, base, channel0, ((y * step) + i0), height, width);
      if (column>lastTap){
         line0 = -2;
      }
      int line1 = org_aparanet_engine_opencl_ProductOperands__line(this, base, channel1, ((y * step) + i1), height, width);
      if ((column + 1)>lastTap){
         line1 = -2;
      }
      int line2 = org_aparanet_engine_opencl_ProductOperands__line(this, base, channel2, ((y * step) + i2), height, width);
      if ((column + 2)>lastTap){
         line2 = -2;
      }
      int line3 = org_aparanet_engine_opencl_ProductOperands__line(this, base, channel3, ((y * step) + i3), height, width);
      if ((column + 3)>lastTap){
         line3 = -2;
      }
      int gradients = this->passes[(row + 12)] + ((image * filters) * leftStride);
      int corner = -1;
      int end = gridWidth;
      if (y>=linesWithGradient){
         end = 0;
      }
      if (maxima==-1){
         gradients = gradients + (y * leftWidth);
      } else {
         gradients = gradients + ((y >> 1) * leftWidth);
         corner = (y & 1) * 2;
      }
      for (int x = 0; x<end; x++){
         {
            int at = gradients + (x * leftStep);
            int place = -1;
            if (maxima!=-1){
               at = gradients + (x >> 1);
               place = corner + (x & 1);
            }
            float a0 = org_aparanet_engine_opencl_ProductOperands__left(this, leftSource, (at + m0), place, toMaxima);
            float a1 = org_aparanet_engine_opencl_ProductOperands__left(this, leftSource, (at + m1), place, toMaxima);
            float a2 = org_aparanet_engine_opencl_ProductOperands__left(this, leftSource, (at + m2), place, toMaxima);
            float a3 = org_aparanet_engine_opencl_ProductOperands__left(this, leftSource, (at + m3), place, toMaxima);
            float b0 = org_aparanet_engine_opencl_ProductOperands__right(this, 1, line0, ((x * rightStep) + j0), xEnd, -1, 0);
            float b1 = org_aparanet_engine_opencl_ProductOperands__right(this, 1, line1, ((x * rightStep) + j1), xEnd, -1, 0);
            float b2 = org_aparanet_engine_opencl_ProductOperands__right(this, 1, line2, ((x * rightStep) + j2), xEnd, -1, 0);
            float b3 = org_aparanet_engine_opencl_ProductOperands__right(this, 1, line3, ((x * rightStep) + j3), xEnd, -1, 0);
            s00 = s00 + (a0 * b0);
            s01 = s01 + (a0 * b1);
            s02 = s02 + (a0 * b2);
            s03 = s03 + (a0 * b3);
            s10 = s10 + (a1 * b0);
            s11 = s11 + (a1 * b1);
            s12 = s12 + (a1 * b2);
            s13 = s13 + (a1 * b3);
            s20 = s20 + (a2 * b0);
            s21 = s21 + (a2 * b1);
            s22 = s22 + (a2 * b2);
            s23 = s23 + (a2 * b3);
            s30 = s30 + (a3 * b0);
            s31 = s31 + (a3 * b1);
            s32 = s32 + (a3 * b2);
            s33 = s33 + (a3 * b3);
         }
      }
   }
   int own = get_local_id(0);
   this->slab[own]  = s00;
   this->slab[own + 128]  = s01;
   this->slab[own + 256]  = s02;
   this->slab[own + 384]  = s03;
   this->slab[own + 512]  = s10;
   this->slab[own + 640]  = s11;
   this->slab[own + 768]  = s12;
   this->slab[own + 896]  = s13;
   this->slab[own + 1024]  = s20;
   this->slab[own + 1152]  = s21;
   this->slab[own + 1280]  = s22;
   this->slab[own + 1408]  = s23;
   this->slab[own + 1536]  = s30;
   this->slab[own + 1664]  = s31;
   this->slab[own + 1792]  = s32;
   this->slab[own + 1920]  = s33;
   return;
}
void org_aparanet_engine_opencl_ChannelSums__normSums(This *this,  __global float* input,  __global float* dOutput,  __global int* passes, int row, int batch, int unit){
   int channels = passes[(row + 1)];
   int channel = unit % channels;
   int chunk = unit / channels;
   int first = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, chunk) + get_local_id(0);
   int to = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, (chunk + 1));
   int backward = passes[(row + 0)] - 3;
   float mean = 0.0f;
   if (backward==1){
      mean = input[(passes[(row + 53)] + channel)];
   } else {
      for (int i = first; i<to; i+=128){
         mean = mean + input[(passes[(row + 11)] + org_aparanet_engine_opencl_ChannelSums__channelElement(passes, row, channel, i))];
      }
      mean = mean / (float)max(1, org_aparanet_engine_opencl_ChannelSums__itemElements(first, to));
   }
   float products = 0.0f;
   float sum = mean;
   if (backward==1){
      sum = 0.0f;
   }
   for (int i = first; i<to; i+=128){
      {
         int at = org_aparanet_engine_opencl_ChannelSums__channelElement(passes, row, channel, i);
         float off = input[(passes[(row + 11)] + at)] - mean;
         float other = off;
         if (backward==1){
            other = dOutput[(passes[(row + 12)] + at)];
            sum = sum + other;
         }
         products = products + (other * off);
      }
   }
   this->slab[get_local_id(0)]  = products;
   this->slab[128 + get_local_id(0)]  = sum;
   return;
}
int org_aparanet_engine_opencl_MatrixProduct__units(This *this, int row){
   int units = 0;
   if (this->passes[(row + 28)]==0){
      {
         int blocksOfGroup = 128 / this->passes[(row + 29)];
         int blocks = (org_aparanet_engine_opencl_BlockProduct__blocksDown(this, row) * org_aparanet_engine_opencl_BlockProduct__blocksAcross(this, row)) * this->passes[(row + 30)];
         units = ((blocks + blocksOfGroup) - 1) / blocksOfGroup;
      }
   } else {
      units = (org_aparanet_engine_opencl_TileProduct__tilesDown(this, row) * org_aparanet_engine_opencl_TileProduct__tilesAcross(this, row)) * this->passes[(row + 30)];
   }
   return(units);
}
int org_aparanet_engine_opencl_ChannelSums__normUnits( __global int* passes, int row){
   return((passes[(row + 1)] * passes[(row + 30)]));
}
void org_aparanet_engine_opencl_RunningStatistics__moveStatistics( __global float* statistics,  __global float* parameters,  __global int* passes, int firstRow, int batch, int item, int items){
   int row = firstRow;
   int more = 1;
   while (more==1){
      {
         int channels = 0;
         if (passes[(row + 54)]!=-1){
            channels = passes[(row + 1)];
         }
         int count = (batch * passes[(row + 2)]) * passes[(row + 3)];
         float sample = 1.0f;
         if (count>1){
            sample = (float)count / ((float)count - 1.0f);
         }
         for (int channel = item; channel<channels; channel = channel + items){
            {
               int from = passes[(row + 53)] + channel;
               int mean = passes[(row + 54)] + channel;
               int variance = passes[(row + 55)] + channel;
               parameters[mean]  = parameters[mean] + (0.1f * (statistics[from] - parameters[mean]));
               parameters[variance]  = parameters[variance] + (0.1f * ((sample * statistics[(from + channels)]) - parameters[variance]));
            }
         }
         more = passes[(row + 33)];
         row+=59;
      }
   }
   return;
}
void org_aparanet_engine_opencl_OptimizerRules__parameterUpdate(This *this,  __global float* partials,  __global float* parameters,  __global float* dParameters,  __global int* passes, int firstRow, int item, int items){
   int clipped = passes[(firstRow + 58)];
   float factor = 1.0f;
   if (clipped==1){
      factor = org_aparanet_engine_opencl_OptimizerRules__clipFactor(this, items);
   }
   int row = firstRow;
   int more = 1;
   while (more==1){
      {
         int first = passes[(row + 13)];
         for (int element = item; element<passes[(row + 22)]; element = element + items){
            {
               int at = first + element;
               float gradient = 0.0f;
               if (clipped==1){
                  gradient = dParameters[at];
               } else {
                  gradient = org_aparanet_engine_opencl_OptimizerRules__chunkSum(partials, passes, row, element);
                  dParameters[at]  = gradient;
               }
               parameters[at]  = org_aparanet_engine_opencl_OptimizerRules__moved(this, at, parameters[at], (factor * gradient));
            }
         }
         more = passes[(row + 33)];
         row+=59;
      }
   }
   return;
}
float org_aparanet_engine_opencl_ChannelSums__batchVariance( __global float* partials,  __global int* passes, int row, int batch, int channel, float mean){
   float sum = 0.0f;
   int at = passes[(row + 31)] + channel;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      {
         int count = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, (chunk + 1)) - org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, chunk);
         float off = partials[(at + passes[(row + 1)])] - mean;
         sum = sum + (partials[at] + (((float)count * off) * off));
         at = at + passes[(row + 32)];
      }
   }
   return((sum / (float)(batch * org_aparanet_engine_opencl_ChannelSums__channelPlane(passes, row))));
}
float org_aparanet_engine_opencl_ChannelSums__batchMean( __global float* partials,  __global int* passes, int row, int batch, int channel){
   float sum = 0.0f;
   int at = passes[(row + 31)] + channel;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      {
         int count = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, (chunk + 1)) - org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, chunk);
         sum = sum + ((float)count * partials[(at + passes[(row + 1)])]);
         at = at + passes[(row + 32)];
      }
   }
   return((sum / (float)(batch * org_aparanet_engine_opencl_ChannelSums__channelPlane(passes, row))));
}
float org_aparanet_engine_opencl_DropoutForward__dropoutFactor( __global int* passes, int row, int key, int element){
   float factor = 0.0f;
   if (org_aparanet_model_DropoutMask__hash(key, element)>=passes[(row + 56)]){
      factor = 1.6777216E7f / (float)passes[(row + 57)];
   }
   return(factor);
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
void org_aparanet_engine_opencl_TrainingKernel__storeSums(This *this, int row, int unit){
   if (this->passes[(row + 0)]>2){
      org_aparanet_engine_opencl_ChannelSums__storeNormSums(this, this->activations, this->partials, this->passes, row, this->batch, unit);
   } else {
      org_aparanet_engine_opencl_MatrixProduct__storeSums(this, row, unit);
   }
   return;
}
void org_aparanet_engine_opencl_TrainingKernel__part(This *this, int row, int unit){
   int tiles = this->passes[(row + 28)];
   int operation = this->passes[(row + 0)];
   if (operation>2){
      org_aparanet_engine_opencl_ChannelSums__normSums(this, this->activations, this->dActivations, this->passes, row, this->batch, unit);
   }
   if (tiles==0 && operation==2){
      org_aparanet_engine_opencl_BlockProduct__filterBlock(this, row, unit);
   }
   if (tiles==0 && operation<2){
      org_aparanet_engine_opencl_BlockProduct__positionBlock(this, row, unit);
   }
   if (tiles!=0){
      org_aparanet_engine_opencl_TileProduct__tile(this, row, unit);
   }
   return;
}
int org_aparanet_engine_opencl_TrainingKernel__units(This *this, int row){
   int units = 0;
   if (this->passes[(row + 0)]>2){
      units = org_aparanet_engine_opencl_ChannelSums__normUnits(this->passes, row);
   } else {
      units = org_aparanet_engine_opencl_MatrixProduct__units(this, row);
   }
   return(units);
}
void org_aparanet_engine_opencl_TrainingKernel__update(This *this, int row, int item, int items){
   if (this->status[2]==1){
      org_aparanet_engine_opencl_OptimizerRules__parameterUpdate(this, this->partials, this->parameters, this->dParameters, this->passes, row, item, items);
      org_aparanet_engine_opencl_RunningStatistics__moveStatistics(this->activations, this->parameters, this->passes, row, this->batch, item, items);
   }
   if (item==0 && this->status[2]==1){
      this->parameters[this->parameterCount]  = (float)this->nextGeneration;
      this->status[1]  = this->nextGeneration;
   }
   if (item==0 && this->status[2]==1 && this->moments>0){
      this->firstMoments[this->parameterCount]  = (float)this->nextGeneration;
   }
   if (item==0 && this->status[2]==1 && this->moments>1){
      this->secondMoments[this->parameterCount]  = (float)this->nextGeneration;
   }
   return;
}
void org_aparanet_engine_opencl_OptimizerRules__squareSums(This *this, int item, int items){
   for (int piece = item; piece<128; piece = piece + items){
      {
         float sum = 0.0f;
         for (int other = piece; other<items; other+=128){
            sum = sum + this->squares[other];
         }
         this->squares[items + piece]  = sum;
      }
   }
   return;
}
void org_aparanet_engine_opencl_OptimizerRules__gradientSquares(This *this,  __global float* partials,  __global float* dParameters,  __global int* passes, int firstRow, int item, int items){
   float sum = 0.0f;
   int row = firstRow;
   int more = 1;
   while (more==1){
      {
         int first = passes[(row + 13)];
         for (int element = item; element<passes[(row + 22)]; element = element + items){
            {
               float gradient = org_aparanet_engine_opencl_OptimizerRules__chunkSum(partials, passes, row, element);
               dParameters[first + element]  = gradient;
               sum = sum + (gradient * gradient);
            }
         }
         more = passes[(row + 33)];
         row+=59;
      }
   }
   this->squares[item]  = sum;
   return;
}
void org_aparanet_engine_opencl_ChannelSums__batchNormBackward(This *this,  __global float* input,  __global float* parameters,  __global float* dOutput,  __global float* dInput,  __global float* partials,  __global int* passes, int row, int batch){
   int channels = passes[(row + 1)];
   int units = channels * passes[(row + 30)];
   int count = batch * org_aparanet_engine_opencl_ChannelSums__channelPlane(passes, row);
   for (int unit = get_group_id(0); unit<units; unit = unit + get_num_groups(0)){
      int channel = unit % channels;
      int chunk = unit / channels;
      int to = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, (chunk + 1));
      float mean = input[(passes[(row + 53)] + channel)];
      float variance = input[((passes[(row + 53)] + channels) + channel)];
      float inverse = 1.0f / sqrt((variance + 1.0E-5f));
      float scale = parameters[(passes[(row + 13)] + channel)] * inverse;
      float slope = (org_aparanet_engine_opencl_OptimizerRules__chunkSum(partials, passes, row, channel) / (float)count) * inverse;
      float shift = org_aparanet_engine_opencl_OptimizerRules__chunkSum(partials, passes, row, (channels + channel)) / (float)count;
      for (int i = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, chunk) + get_local_id(0); i<to; i+=128){
         {
            int at = org_aparanet_engine_opencl_ChannelSums__channelElement(passes, row, channel, i);
            float value = input[(passes[(row + 11)] + at)];
            float gradient = scale * ((dOutput[(passes[(row + 12)] + at)] - shift) - ((value - mean) * slope));
            if (passes[(row + 16)]==1 && value<=0.0f){
               gradient = 0.0f;
            }
            dInput[passes[(row + 11)] + at]  = gradient;
         }
      }
   }
   return;
}
void org_aparanet_engine_opencl_ChannelSums__batchNormForward(This *this,  __global float* input,  __global float* parameters,  __global float* output,  __global float* partials,  __global int* passes, int row, int batch){
   int channels = passes[(row + 1)];
   int units = channels * passes[(row + 30)];
   int statistics = passes[(row + 53)];
   for (int unit = get_group_id(0); unit<units; unit = unit + get_num_groups(0)){
      int channel = unit % channels;
      int chunk = unit / channels;
      int to = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, (chunk + 1));
      float mean = 0.0f;
      float variance = 0.0f;
      if (statistics==-1){
         mean = parameters[(passes[(row + 54)] + channel)];
         variance = parameters[(passes[(row + 55)] + channel)];
      } else {
         mean = org_aparanet_engine_opencl_ChannelSums__batchMean(partials, passes, row, batch, channel);
         variance = org_aparanet_engine_opencl_ChannelSums__batchVariance(partials, passes, row, batch, channel, mean);
      }
      float scale = parameters[(passes[(row + 13)] + channel)] / sqrt((variance + 1.0E-5f));
      float shift = parameters[(passes[(row + 14)] + channel)];
      for (int i = org_aparanet_engine_opencl_ChannelSums__chunkStart(passes, row, batch, chunk) + get_local_id(0); i<to; i+=128){
         {
            int at = org_aparanet_engine_opencl_ChannelSums__channelElement(passes, row, channel, i);
            float value = ((input[(passes[(row + 11)] + at)] - mean) * scale) + shift;
            if (value<0.0f && passes[(row + 15)]==1){
               value = 0.0f;
            }
            output[passes[(row + 12)] + at]  = value;
         }
      }
      if (statistics!=-1 && batch>0 && chunk==0 && get_local_id(0)==0){
         output[statistics + channel]  = mean;
         output[(statistics + channels) + channel]  = variance;
      }
   }
   return;
}
void org_aparanet_engine_opencl_ResidualBackward__residualBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         int at = passes[(row + 11)] + element;
         float gradient = dOutput[(passes[(row + 12)] + element)];
         if (passes[(row + 52)]==1){
            gradient = gradient + dInput[at];
         }
         if (passes[(row + 16)]==1 && input[at]<=0.0f){
            gradient = 0.0f;
         }
         dInput[at]  = gradient;
      }
   }
   return;
}
void org_aparanet_engine_opencl_ResidualForward__residualForward( __global float* input,  __global float* skipped,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         float value = input[(passes[(row + 11)] + element)] + skipped[(passes[(row + 51)] + element)];
         if (value<0.0f && passes[(row + 15)]==1){
            value = 0.0f;
         }
         output[passes[(row + 12)] + element]  = value;
      }
   }
   return;
}
void org_aparanet_engine_opencl_DropoutBackward__dropoutBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* keys,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   int key = keys[passes[(row + 50)]];
   for (int element = item; element<count; element = element + items){
      {
         float gradient = dOutput[(passes[(row + 12)] + element)] * org_aparanet_engine_opencl_DropoutForward__dropoutFactor(passes, row, key, element);
         if (passes[(row + 16)]==1 && input[(passes[(row + 11)] + element)]<=0.0f){
            gradient = 0.0f;
         }
         dInput[passes[(row + 11)] + element]  = gradient;
      }
   }
   return;
}
void org_aparanet_engine_opencl_DropoutForward__dropoutForward( __global float* input,  __global float* output,  __global int* keys,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   int key = keys[passes[(row + 50)]];
   for (int element = item; element<count; element = element + items){
      output[passes[(row + 12)] + element]  = input[(passes[(row + 11)] + element)] * org_aparanet_engine_opencl_DropoutForward__dropoutFactor(passes, row, key, element);
   }
   return;
}
void org_aparanet_engine_opencl_AveragePoolBackward__averagePoolBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int height = passes[(row + 2)];
   int width = passes[(row + 3)];
   int outHeight = passes[(row + 5)];
   int outWidth = passes[(row + 6)];
   int windowHeight = passes[(row + 7)];
   int windowWidth = passes[(row + 8)];
   int stride = passes[(row + 9)];
   int count = ((batch * passes[(row + 1)]) * height) * width;
   for (int element = item; element<count; element = element + items){
      {
         int outPlane = passes[(row + 12)] + (((element / (height * width)) * outHeight) * outWidth);
         int y = (element / width) % height;
         int x = element % width;
         float sum = 0.0f;
         for (int outY = y / stride; outY>=0 && ((outY * stride) + windowHeight)>y; outY--){
            if (outY<outHeight){
               for (int outX = x / stride; outX>=0 && ((outX * stride) + windowWidth)>x; outX--){
                  if (outX<outWidth){
                     sum = sum + dOutput[((outPlane + (outY * outWidth)) + outX)];
                  }
               }
            }
         }
         if (passes[(row + 16)]==1 && input[(passes[(row + 11)] + element)]<=0.0f){
            sum = 0.0f;
         }
         dInput[passes[(row + 11)] + element]  = sum / (float)(windowHeight * windowWidth);
      }
   }
   return;
}
void org_aparanet_engine_opencl_AveragePoolForward__averagePoolForward( __global float* input,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
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
void org_aparanet_engine_opencl_ReluBackward__reluBackward( __global float* output,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         float gradient = 0.0f;
         if (output[(passes[(row + 12)] + element)]>0.0f){
            gradient = dOutput[(passes[(row + 12)] + element)];
         }
         dInput[passes[(row + 11)] + element]  = gradient;
      }
   }
   return;
}
void org_aparanet_engine_opencl_ReluForward__reluForward( __global float* input,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         float value = input[(passes[(row + 11)] + element)];
         if (value<0.0f){
            value = 0.0f;
         }
         output[passes[(row + 12)] + element]  = value;
      }
   }
   return;
}
void org_aparanet_engine_opencl_MaxPoolBackward__maxPoolBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int height = passes[(row + 2)];
   int width = passes[(row + 3)];
   int outHeight = passes[(row + 5)];
   int outWidth = passes[(row + 6)];
   int size = passes[(row + 7)];
   int stride = passes[(row + 9)];
   int count = ((batch * passes[(row + 1)]) * height) * width;
   for (int element = item; element<count; element = element + items){
      {
         int plane = element / (height * width);
         int inputPlane = passes[(row + 11)] + ((plane * height) * width);
         int outPlane = passes[(row + 12)] + ((plane * outHeight) * outWidth);
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
         if (passes[(row + 16)]==1 && input[(passes[(row + 11)] + element)]<=0.0f){
            sum = 0.0f;
         }
         dInput[passes[(row + 11)] + element]  = sum;
      }
   }
   return;
}
void org_aparanet_engine_opencl_MaxPoolForward__maxPoolForward( __global float* input,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int height = passes[(row + 2)];
   int width = passes[(row + 3)];
   int outHeight = passes[(row + 5)];
   int outWidth = passes[(row + 6)];
   int size = passes[(row + 7)];
   int stride = passes[(row + 9)];
   int count = ((batch * passes[(row + 1)]) * outHeight) * outWidth;
   for (int element = item; element<count; element = element + items){
      {
         int plane = passes[(row + 11)] + (((element / (outHeight * outWidth)) * height) * width);
         int top = ((element / outWidth) % outHeight) * stride;
         int left = (element % outWidth) * stride;
         output[passes[(row + 12)] + element]  = input[org_aparanet_engine_opencl_MaxPoolForward__firstMaximum(input, ((plane + (top * width)) + left), width, size)];
      }
   }
   return;
}
void org_aparanet_engine_opencl_FinishOutputs__finishOutputs( __global float* partials,  __global float* parameters,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int plane = passes[(row + 22)];
   int filters = passes[(row + 21)];
   for (int element = item; element<((batch * filters) * plane); element = element + items){
      {
         float sum = 0.0f;
         for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
            sum = sum + partials[((passes[(row + 31)] + (chunk * passes[(row + 32)])) + element)];
         }
         output[passes[(row + 12)] + element]  = org_aparanet_engine_opencl_ConvolutionForward__activation(parameters, passes, row, ((element / plane) % filters), sum);
      }
   }
   return;
}
void org_aparanet_engine_opencl_GatherImages__gatherImages( __global char* images0,  __global char* images1,  __global char* images2,  __global char* images3,  __global char* staged,  __global int* indices,  __global float* output, int chunkImages, int size, int batch, int item, int items){
   for (int element = item; element<(batch * size); element = element + items){
      {
         int image = indices[(element / size)];
         int chunk = image / chunkImages;
         int at = ((image % chunkImages) * size) + (element % size);
         int pixel = 0;
         if (image>=0 && chunk==0){
            pixel = images0[at];
         }
         if (chunk==1){
            pixel = images1[at];
         }
         if (chunk==2){
            pixel = images2[at];
         }
         if (chunk==3){
            pixel = images3[at];
         }
         if (image<0){
            pixel = staged[(((-1 - image) * size) + (element % size))];
         }
         output[element]  = (float)(pixel & 255) / 255.0f;
      }
   }
   return;
}
void org_aparanet_engine_opencl_MatrixProduct__products(This *this, int row){
   int first = org_aparanet_engine_opencl_TrainingKernel__units(this, row);
   int all = first;
   if (this->passes[(row + 33)]==1){
      all = all + org_aparanet_engine_opencl_TrainingKernel__units(this, (row + 59));
   }
   for (int unit = get_group_id(0); unit<all; unit = unit + get_num_groups(0)){
      {
         int own = row;
         int unitOfOwn = unit;
         if (unit>=first){
            own = row + 59;
            unitOfOwn = unit - first;
         }
         org_aparanet_engine_opencl_TrainingKernel__part(this, own, unitOfOwn);
         barrier(CLK_LOCAL_MEM_FENCE);
         org_aparanet_engine_opencl_TrainingKernel__storeSums(this, own, unitOfOwn);
         barrier(CLK_LOCAL_MEM_FENCE);
      }
   }
   return;
}
void org_aparanet_engine_opencl_TrainingKernel__others(This *this, int operation, int row, int item, int items){
   if (operation==5){
      org_aparanet_engine_opencl_GatherImages__gatherImages(this->images0, this->images1, this->images2, this->images3, this->staged, this->indices, this->activations, this->chunkImages, this->imageSize, this->batch, item, items);
   }
   if (operation==6){
      org_aparanet_engine_opencl_FinishOutputs__finishOutputs(this->partials, this->parameters, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==7){
      org_aparanet_engine_opencl_MaxPoolForward__maxPoolForward(this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==8){
      org_aparanet_engine_opencl_MaxPoolBackward__maxPoolBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==9){
      org_aparanet_engine_opencl_ReluForward__reluForward(this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==10){
      org_aparanet_engine_opencl_ReluBackward__reluBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==11){
      org_aparanet_engine_opencl_AveragePoolForward__averagePoolForward(this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==12){
      org_aparanet_engine_opencl_AveragePoolBackward__averagePoolBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==13){
      org_aparanet_engine_opencl_DropoutForward__dropoutForward(this->activations, this->activations, this->keys, this->passes, row, this->batch, item, items);
   }
   if (operation==14){
      org_aparanet_engine_opencl_DropoutBackward__dropoutBackward(this->activations, this->dActivations, this->dActivations, this->keys, this->passes, row, this->batch, item, items);
   }
   if (operation==15){
      org_aparanet_engine_opencl_ResidualForward__residualForward(this->activations, this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==16){
      org_aparanet_engine_opencl_ResidualBackward__residualBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==17){
      org_aparanet_engine_opencl_ChannelSums__batchNormForward(this, this->activations, this->parameters, this->activations, this->partials, this->passes, row, this->batch);
   }
   if (operation==18){
      org_aparanet_engine_opencl_ChannelSums__batchNormBackward(this, this->activations, this->parameters, this->dActivations, this->dActivations, this->partials, this->passes, row, this->batch);
   }
   if (operation==19){
      org_aparanet_engine_opencl_OptimizerRules__gradientSquares(this, this->partials, this->dParameters, this->passes, row, item, items);
   }
   if (operation==20){
      org_aparanet_engine_opencl_OptimizerRules__squareSums(this, item, items);
   }
   if (operation==21){
      org_aparanet_engine_opencl_TrainingKernel__update(this, row, item, items);
   }
   return;
}
void org_aparanet_engine_opencl_TrainingKernel__leaveMarks(This *this){
   this->activations[this->activationCount]  = (float)this->step;
   this->status[0]  = this->step;
   this->status[1]  = (int)this->parameters[this->parameterCount];
   return;
}
void org_aparanet_engine_opencl_TrainingKernel__checkMarks(This *this){
   this->status[2]  = 0;
   if ((int)this->activations[this->activationCount]==this->step && (int)this->parameters[this->parameterCount]==this->generation){
      this->status[2]  = 1;
   }
   if (this->moments>0 && (int)this->firstMoments[this->parameterCount]!=this->momentGeneration){
      this->status[2]  = 0;
   }
   if (this->moments>1 && (int)this->secondMoments[this->parameterCount]!=this->momentGeneration){
      this->status[2]  = 0;
   }
   this->dParameters[this->parameterCount]  = (float)this->step;
   return;
}
__kernel void run(
   __global int *passes, 
   int batch, 
   __global float *activations, 
   __global float *dActivations, 
   __global float *dLogits, 
   __global float *parameters, 
   __global float *logits, 
   __global float *partials, 
   __local float *slab, 
   __local float *leftSlab, 
   int decoupled, 
   float learningRate, 
   float weightDecay, 
   int moments, 
   float momentum, 
   __global float *firstMoments, 
   int nesterov, 
   float beta2, 
   __global float *secondMoments, 
   float firstCorrection, 
   float secondCorrection, 
   __global float *squares, 
   float clipNorm, 
   __global int *status, 
   __global float *dParameters, 
   int parameterCount, 
   int nextGeneration, 
   __global char  *images0, 
   __global char  *images1, 
   __global char  *images2, 
   __global char  *images3, 
   __global char  *staged, 
   __global int *indices, 
   int chunkImages, 
   int imageSize, 
   __global int *keys, 
   int activationCount, 
   int step, 
   int generation, 
   int momentGeneration, 
   int firstPass, 
   int training, 
   int lastPass, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->passes = passes;
   this->batch = batch;
   this->activations = activations;
   this->dActivations = dActivations;
   this->dLogits = dLogits;
   this->parameters = parameters;
   this->logits = logits;
   this->partials = partials;
   this->slab = slab;
   this->leftSlab = leftSlab;
   this->decoupled = decoupled;
   this->learningRate = learningRate;
   this->weightDecay = weightDecay;
   this->moments = moments;
   this->momentum = momentum;
   this->firstMoments = firstMoments;
   this->nesterov = nesterov;
   this->beta2 = beta2;
   this->secondMoments = secondMoments;
   this->firstCorrection = firstCorrection;
   this->secondCorrection = secondCorrection;
   this->squares = squares;
   this->clipNorm = clipNorm;
   this->status = status;
   this->dParameters = dParameters;
   this->parameterCount = parameterCount;
   this->nextGeneration = nextGeneration;
   this->images0 = images0;
   this->images1 = images1;
   this->images2 = images2;
   this->images3 = images3;
   this->staged = staged;
   this->indices = indices;
   this->chunkImages = chunkImages;
   this->imageSize = imageSize;
   this->keys = keys;
   this->activationCount = activationCount;
   this->step = step;
   this->generation = generation;
   this->momentGeneration = momentGeneration;
   this->firstPass = firstPass;
   this->training = training;
   this->lastPass = lastPass;
   this->passid = passid;
   {
      int row = this->passes[(this->firstPass + get_pass_id(this))];
      int operation = this->passes[(row + 0)];
      if (this->training==1 && get_pass_id(this)==0 && get_global_id(0)==0){
         org_aparanet_engine_opencl_TrainingKernel__checkMarks(this);
      }
      if (this->training==0 && get_pass_id(this)==this->lastPass && get_global_id(0)==0){
         org_aparanet_engine_opencl_TrainingKernel__leaveMarks(this);
      }
      if (operation>4){
         org_aparanet_engine_opencl_TrainingKernel__others(this, operation, row, get_global_id(0), get_global_size(0));
      }
      if (operation<=4){
         org_aparanet_engine_opencl_MatrixProduct__products(this, row);
      }
      return;
   }
}
