typedef struct This_s{
   __global int *passes;
   __global float *activations;
   __global float *dActivations;
   __global float *dLogits;
   int batch;
   __local float *slab;
   __global float *parameters;
   __global float *logits;
   __global float *partials;
   __local float *leftSlab;
   int rule;
   float momentum;
   __global float *firstMoments;
   float beta2;
   __global float *secondMoments;
   float firstCorrection;
   float secondCorrection;
   __global float *squares;
   float clipNorm;
   float smoothing;
   float learningRate;
   float weightDecay;
   int headFrom;
   float headRate;
   float headDecay;
   __global float *losses;
   __global int *labels;
   int lossesAt;
   int mostImages;
   __global int *status;
   __global float *dParameters;
   int parameterCount;
   int generation;
   int whole;
   int step;
   int nextBatch;
   int activationCount;
   __global char  *images0;
   __global char  *images1;
   __global char  *images2;
   __global char  *images3;
   __global char  *staged;
   __global int *indices;
   __global float *normalization;
   int chunkImages;
   int imageSize;
   int imagePlane;
   __global float *floats;
   __global int *keys;
   int gathered;
   int momentGeneration;
   int firstPass;
   int training;
   int lastPass;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
float org_aparanet_engine_opencl_kernel_TrainingKernel__elementOf( __global float* array, int index){
   return(array[index]);
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
float org_aparanet_engine_opencl_kernel_ConvolutionForward__activation( __global float* parameters,  __global int* passes, int row, int filter, float sum){
   float value = sum;
   if (passes[(row + 14)]!=-1){
      value = value + parameters[(passes[(row + 14)] + filter)];
   }
   if (value<0.0f && passes[(row + 15)]==1){
      value = 0.0f;
   }
   return(value);
}
int org_aparanet_engine_opencl_kernel_ProductOperands__pooled(This *this, int row){
   int pooled = 0;
   if (this->passes[(row + 0)]==0 && this->passes[(row + 18)]!=-1){
      pooled = 1;
   }
   return(pooled);
}
float org_aparanet_engine_opencl_kernel_TrainingKernel__rightElement(This *this, int source, int index){
   float element = 0.0f;
   if (source==1){
      element = this->activations[index];
   }
   if (source==2){
      element = org_aparanet_engine_opencl_kernel_TrainingKernel__elementOf(this->dActivations, index);
   }
   if (source==3){
      element = org_aparanet_engine_opencl_kernel_TrainingKernel__elementOf(this->dLogits, index);
   }
   return(element);
}
int org_aparanet_engine_opencl_kernel_Taps__tapChannel(int tap, int bits){
   return((tap >> (2 * bits)));
}
int org_aparanet_engine_opencl_kernel_ProductOperands__inside(This *this, int place, int length, int divisor){
   int inside = 0;
   if (place>=0 && place<(length * divisor)){
      inside = 1;
   }
   if (divisor>1 && (place % divisor)!=0){
      inside = 0;
   }
   return(inside);
}
int org_aparanet_engine_opencl_kernel_Taps__tapColumn(int tap, int bits){
   return((tap & ((1 << bits) - 1)));
}
int org_aparanet_engine_opencl_kernel_Taps__tapRow(int tap, int bits){
   return(((tap >> bits) & ((1 << bits) - 1)));
}
void org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__storePartial( __global float* partials,  __global int* passes, int row, int filter, int column, int target, float sum){
   if (target>=0 && filter<passes[(row + 21)]){
      int step = passes[(row + 25)];
      if (column==step){
         step = 1;
      }
      partials[target + (filter * step)]  = sum;
   }
   return;
}
void org_aparanet_engine_opencl_kernel_ConvolutionBackwardData__storeInputGradient( __global float* input,  __global float* dInput,  __global int* passes, int row, int channel, int target, float sum){
   if (target>=0 && channel<passes[(row + 21)]){
      int element = target + (channel * passes[(row + 22)]);
      org_aparanet_engine_opencl_kernel_InputGradient__storeGradient(input, dInput, passes, row, element, sum);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_ConvolutionForward__storeOutput( __global float* parameters,  __global float* output,  __global float* partials,  __global int* passes, int row, int filter, int target, float sum){
   if (target>=0 && filter<passes[(row + 21)]){
      int at = target + (filter * passes[(row + 22)]);
      if (passes[(row + 30)]>1){
         partials[at]  = sum;
      } else {
         output[at]  = org_aparanet_engine_opencl_kernel_ConvolutionForward__activation(parameters, passes, row, filter, sum);
      }
   }
   return;
}
int org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__partialTarget( __global int* passes, int row, int chunk, int column){
   int target = -1;
   if (column<passes[(row + 22)]){
      target = passes[(row + 31)] + (chunk * passes[(row + 32)]);
      int taps = passes[(row + 25)];
      if (column==taps){
         target = target + (passes[(row + 21)] * taps);
      } else {
         target = target + column;
      }
   }
   return(target);
}
int org_aparanet_engine_opencl_kernel_ConvolutionBackwardData__inputTarget( __global int* passes, int row, int columns, int position){
   int target = -1;
   if (position<columns){
      int plane = passes[(row + 22)];
      target = (((position / plane) * passes[(row + 1)]) * plane) + (position % plane);
   }
   return(target);
}
int org_aparanet_engine_opencl_kernel_ProductOperands__columns(This *this, int row){
   int columns = this->passes[(row + 22)];
   if (this->passes[(row + 0)]!=2){
      columns = columns * this->batch;
   }
   return(columns);
}
int org_aparanet_engine_opencl_kernel_ConvolutionForward__outputTarget( __global int* passes, int row, int columns, int chunk, int position){
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
void org_aparanet_engine_opencl_kernel_ConvolutionForward__storePooledOutput( __global float* parameters,  __global float* output,  __global int* passes, int row, int filter, int target, float s0, float s1, float s2, float s3){
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
      output[at]  = org_aparanet_engine_opencl_kernel_ConvolutionForward__activation(parameters, passes, row, filter, largest);
      output[(at - passes[(row + 12)]) + passes[(row + 18)]]  = which;
   }
   return;
}
int org_aparanet_engine_opencl_kernel_ProductOperands__positionX(This *this, int row, int inImage){
   int width = this->passes[(row + 45)];
   int x = inImage % width;
   if (org_aparanet_engine_opencl_kernel_ProductOperands__pooled(this, row)==1){
      x = (((inImage % (2 * width)) / 4) * 2) + (inImage % 2);
   }
   return(x);
}
int org_aparanet_engine_opencl_kernel_ProductOperands__positionY(This *this, int row, int inImage){
   int width = this->passes[(row + 45)];
   int y = inImage / width;
   if (org_aparanet_engine_opencl_kernel_ProductOperands__pooled(this, row)==1){
      y = ((inImage / (2 * width)) * 2) + ((inImage % 4) / 2);
   }
   return(y);
}
void org_aparanet_engine_opencl_kernel_TileProduct__tapColumns(This *this,  __global float* source, int row, int firstColumn, int base, int seen){
   int itemsAcross = this->passes[(row + 26)];
   int table = this->passes[(row + 59)];
   int c = get_local_id(0) / 16;
   int odd = c & 1;
   int at = (((get_local_id(0) % 16) * 258) + (c * 32)) + odd;
   int column = (firstColumn + (c * itemsAcross)) + odd;
   int towards = 1 - (2 * odd);
   for (int loaded = 0; loaded<itemsAcross; loaded+=4){
      {
         int tap0 = this->passes[(table + column)];
         int tap1 = this->passes[((table + column) + towards)];
         int tap2 = this->passes[((table + column) + 2)];
         int tap3 = this->passes[(((table + column) + 2) + towards)];
         float v0 = 0.0f;
         float v1 = 0.0f;
         float v2 = 0.0f;
         float v3 = 0.0f;
         if ((seen << (tap0 & 31))<0){
            v0 = source[(base + (tap0 >> 5))];
         }
         if ((seen << (tap1 & 31))<0){
            v1 = source[(base + (tap1 >> 5))];
         }
         if ((seen << (tap2 & 31))<0){
            v2 = source[(base + (tap2 >> 5))];
         }
         if ((seen << (tap3 & 31))<0){
            v3 = source[(base + (tap3 >> 5))];
         }
         this->slab[at]  = v0;
         this->slab[at + towards]  = v1;
         this->slab[at + 2]  = v2;
         this->slab[(at + 2) + towards]  = v3;
         at+=4;
         column+=4;
      }
   }
   int bias = (this->passes[(row + 25)] - firstColumn) - (c * itemsAcross);
   if (bias>=0 && bias<itemsAcross){
      this->slab[(((get_local_id(0) % 16) * 258) + (c * 32)) + bias]  = 1.0f;
   }
   return;
}
float org_aparanet_engine_opencl_kernel_ProductOperands__seenElement(This *this, int row, int tap, int base, int top, int left){
   int bits = this->passes[(row + 27)];
   int direction = this->passes[(row + 48)];
   int divisor = this->passes[(row + 49)];
   int height = this->passes[(row + 41)];
   int width = this->passes[(row + 42)];
   int y = top + (direction * org_aparanet_engine_opencl_kernel_Taps__tapRow(tap, bits));
   int x = left + (direction * org_aparanet_engine_opencl_kernel_Taps__tapColumn(tap, bits));
   int inside = org_aparanet_engine_opencl_kernel_ProductOperands__inside(this, y, height, divisor) * org_aparanet_engine_opencl_kernel_ProductOperands__inside(this, x, width, divisor);
   float value = 0.0f;
   if (inside==1){
      value = org_aparanet_engine_opencl_kernel_TrainingKernel__rightElement(this, this->passes[(row + 36)], ((base + (((org_aparanet_engine_opencl_kernel_Taps__tapChannel(tap, bits) * height) + (y / divisor)) * width)) + (x / divisor)));
   }
   return(value);
}
int org_aparanet_engine_opencl_kernel_BlockProduct__blockRows(This *this, int row){
   int rows = 8;
   if (this->passes[(row + 0)]==2){
      rows = 4;
   }
   return(rows);
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane( __global int* passes, int row){
   return((passes[(row + 2)] * passes[(row + 3)]));
}
float org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum( __global float* partials,  __global int* passes, int row, int element){
   float sum = 0.0f;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      sum = sum + partials[((passes[(row + 31)] + (chunk * passes[(row + 32)])) + element)];
   }
   return(sum);
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__store(This *this, int row, int m, int column, int target, float sum){
   int operation = this->passes[(row + 0)];
   if (operation==0 && this->passes[(row + 17)]==1){
      org_aparanet_engine_opencl_kernel_ConvolutionForward__storeOutput(this->parameters, this->logits, this->partials, this->passes, row, m, target, sum);
   }
   if (operation==0 && this->passes[(row + 17)]==0){
      org_aparanet_engine_opencl_kernel_ConvolutionForward__storeOutput(this->parameters, this->activations, this->partials, this->passes, row, m, target, sum);
   }
   if (operation==1){
      org_aparanet_engine_opencl_kernel_ConvolutionBackwardData__storeInputGradient(this->activations, this->dActivations, this->passes, row, m, target, sum);
   }
   if (operation==2){
      org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__storePartial(this->partials, this->passes, row, m, column, target, sum);
   }
   return;
}
int org_aparanet_engine_opencl_kernel_TrainingKernel__target(This *this, int row, int chunk, int column){
   int operation = this->passes[(row + 0)];
   int target = -1;
   if (operation==0){
      target = org_aparanet_engine_opencl_kernel_ConvolutionForward__outputTarget(this->passes, row, org_aparanet_engine_opencl_kernel_ProductOperands__columns(this, row), chunk, column);
   }
   if (operation==1){
      target = org_aparanet_engine_opencl_kernel_ConvolutionBackwardData__inputTarget(this->passes, row, org_aparanet_engine_opencl_kernel_ProductOperands__columns(this, row), column);
   }
   if (operation==2){
      target = org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__partialTarget(this->passes, row, chunk, column);
   }
   return(target);
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__storePooled(This *this, int row, int m, int target, float s0, float s1, float s2, float s3){
   org_aparanet_engine_opencl_kernel_ConvolutionForward__storePooledOutput(this->parameters, this->activations, this->passes, row, m, target, s0, s1, s2, s3);
   return;
}
int org_aparanet_engine_opencl_kernel_TileProduct__tilesAcross(This *this, int row){
   int tileColumns = this->passes[(row + 26)] * 8;
   return((((org_aparanet_engine_opencl_kernel_ProductOperands__columns(this, row) + tileColumns) - 1) / tileColumns));
}
int org_aparanet_engine_opencl_kernel_TileProduct__tilesDown(This *this, int row){
   int tileRows = this->passes[(row + 28)];
   return((((this->passes[(row + 21)] + tileRows) - 1) / tileRows));
}
void org_aparanet_engine_opencl_kernel_TileProduct__rightColumns(This *this,  __global float* source, int table, int itemsAcross, int base0, int seen0, int base1, int seen1){
   int shift = 4 + (itemsAcross / 32);
   int step = 32 >> shift;
   int place = get_local_id(0) & ((4 << shift) - 1);
   int first = get_local_id(0) >> (shift + 2);
   int at = (((place >> shift) * 32) + (place & (itemsAcross - 1))) + (first * 258);
   for (int k = table + first; k<(table + 16); k = k + (4 * step)){
      {
         int tap0 = this->passes[k];
         int tap1 = this->passes[(k + step)];
         int tap2 = this->passes[(k + (2 * step))];
         int tap3 = this->passes[(k + (3 * step))];
         float v0 = 0.0f;
         float w0 = 0.0f;
         float v1 = 0.0f;
         float w1 = 0.0f;
         float v2 = 0.0f;
         float w2 = 0.0f;
         float v3 = 0.0f;
         float w3 = 0.0f;
         if ((seen0 << (tap0 & 31))<0){
            v0 = source[(base0 + (tap0 >> 5))];
         }
         if ((seen1 << (tap0 & 31))<0){
            w0 = source[(base1 + (tap0 >> 5))];
         }
         if ((seen0 << (tap1 & 31))<0){
            v1 = source[(base0 + (tap1 >> 5))];
         }
         if ((seen1 << (tap1 & 31))<0){
            w1 = source[(base1 + (tap1 >> 5))];
         }
         if ((seen0 << (tap2 & 31))<0){
            v2 = source[(base0 + (tap2 >> 5))];
         }
         if ((seen1 << (tap2 & 31))<0){
            w2 = source[(base1 + (tap2 >> 5))];
         }
         if ((seen0 << (tap3 & 31))<0){
            v3 = source[(base0 + (tap3 >> 5))];
         }
         if ((seen1 << (tap3 & 31))<0){
            w3 = source[(base1 + (tap3 >> 5))];
         }
         this->slab[at]  = v0;
         this->slab[at + 128]  = w0;
         this->slab[at + (step * 258)]  = v1;
         this->slab[(at + (step * 258)) + 128]  = w1;
         this->slab[at + ((2 * step) * 258)]  = v2;
         this->slab[(at + ((2 * step) * 258)) + 128]  = w2;
         this->slab[at + ((3 * step) * 258)]  = v3;
         this->slab[(at + ((3 * step) * 258)) + 128]  = w3;
         at = at + ((4 * step) * 258);
      }
   }
   return;
}
int org_aparanet_engine_opencl_kernel_ProductOperands__left(This *this, int row, int inImage){
   return(((org_aparanet_engine_opencl_kernel_ProductOperands__positionX(this, row, inImage) * this->passes[(row + 46)]) + this->passes[(row + 47)]));
}
int org_aparanet_engine_opencl_kernel_ProductOperands__top(This *this, int row, int inImage){
   return(((org_aparanet_engine_opencl_kernel_ProductOperands__positionY(this, row, inImage) * this->passes[(row + 46)]) + this->passes[(row + 47)]));
}
int org_aparanet_engine_opencl_kernel_ProductOperands__positionBase(This *this, int row, int position){
   int image = position / (this->passes[(row + 44)] * this->passes[(row + 45)]);
   return((this->passes[(row + 38)] + (image * this->passes[(row + 39)])));
}
int org_aparanet_engine_opencl_kernel_ProductOperands__inImage(This *this, int row, int position){
   return((position % (this->passes[(row + 44)] * this->passes[(row + 45)])));
}
int org_aparanet_engine_opencl_kernel_TileProduct__loadedColumn(This *this, int row, int first, int itemsAcross){
   int place = get_local_id(0) % (itemsAcross * 4);
   int column = first + place;
   if (org_aparanet_engine_opencl_kernel_ProductOperands__pooled(this, row)==1){
      column = (first + ((place % itemsAcross) * 4)) + (place / itemsAcross);
   }
   return(min(column, (org_aparanet_engine_opencl_kernel_ProductOperands__columns(this, row) - 1)));
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__loadTaps(This *this, int row, int firstColumn, int base, int seen){
   org_aparanet_engine_opencl_kernel_TileProduct__tapColumns(this, this->activations, row, firstColumn, base, seen);
   return;
}
int org_aparanet_engine_opencl_kernel_ProductOperands__seenTaps(This *this, int row, int top, int left){
   int direction = this->passes[(row + 48)];
   int divisor = this->passes[(row + 49)];
   int height = this->passes[(row + 41)];
   int width = this->passes[(row + 42)];
   int windowWidth = this->passes[(row + 8)];
   int windowHeight = this->passes[(row + 7)];
   int seen = -1;
   if (((((top | left) | ((height - windowHeight) - top)) | ((width - windowWidth) - left)) | (direction - 1))<0){
      int line = 0;
      for (int j = windowWidth - 1; j>=0; j--){
         line = (line << 1) + org_aparanet_engine_opencl_kernel_ProductOperands__inside(this, (left + (direction * j)), width, divisor);
      }
      seen = 0;
      for (int i = windowHeight - 1; i>=0; i--){
         seen = (seen << windowWidth) + (line * org_aparanet_engine_opencl_kernel_ProductOperands__inside(this, (top + (direction * i)), height, divisor));
      }
   }
   return(seen);
}
void org_aparanet_engine_opencl_kernel_TileProduct__tapRow(This *this, int row, int firstColumn, int base, int top, int left){
   int itemsAcross = this->passes[(row + 26)];
   int lastTap = this->passes[(row + 25)] - 1;
   int c = get_local_id(0) / 16;
   int column = firstColumn + (c * itemsAcross);
   int at = ((get_local_id(0) % 16) * 258) + (c * 32);
   for (int i = 0; i<itemsAcross; i++){
      {
         float value = org_aparanet_engine_opencl_kernel_ProductOperands__seenElement(this, row, this->passes[(this->passes[(row + 24)] + min((column + i), lastTap))], base, top, left);
         if ((column + i)>lastTap){
            value = 1.0f;
         }
         this->slab[at + i]  = value;
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TileProduct__leftRows(This *this,  __global float* source, int base, int firstRow, int lastRow, int stride, int tileRows){
   int from = max(base, 0);
   int m = firstRow + (get_local_id(0) / 16);
   int at = ((get_local_id(0) % 16) * 66) + (get_local_id(0) / 16);
   for (int loaded = 0; loaded<tileRows; loaded+=32){
      {
         float v0 = source[(from + (min(m, lastRow) * stride))];
         float v1 = source[(from + (min((m + 8), lastRow) * stride))];
         float v2 = source[(from + (min((m + 16), lastRow) * stride))];
         float v3 = source[(from + (min((m + 24), lastRow) * stride))];
         if (base<0){
            v0 = 0.0f;
            v1 = 0.0f;
            v2 = 0.0f;
            v3 = 0.0f;
         }
         this->leftSlab[at]  = v0;
         this->leftSlab[at + 8]  = v1;
         this->leftSlab[at + 16]  = v2;
         this->leftSlab[at + 24]  = v3;
         m+=32;
         at+=32;
      }
   }
   return;
}
int org_aparanet_engine_opencl_kernel_ProductOperands__seenPlace(This *this, int row, int top, int left){
   int y = top;
   int x = left;
   int divisor = this->passes[(row + 49)];
   if (divisor>1){
      y = top / divisor;
      x = left / divisor;
   }
   return(((y * this->passes[(row + 42)]) + x));
}
int org_aparanet_engine_opencl_kernel_BlockProduct__blockStep(This *this, int row, int block, int across){
   int step = 1;
   if (org_aparanet_engine_opencl_kernel_ProductOperands__pooled(this, row)==0){
      step = min(32, (across - ((block / 32) * 32)));
   }
   return(step);
}
int org_aparanet_engine_opencl_kernel_BlockProduct__blockColumn(This *this, int row, int block, int across){
   int column = block * 4;
   if (org_aparanet_engine_opencl_kernel_ProductOperands__pooled(this, row)==0){
      column = (((block / 32) * 32) * 4) + (block % 32);
   }
   return(column);
}
int org_aparanet_engine_opencl_kernel_BlockProduct__ownBlock(This *this, int row, int workUnit, int sharers, int across){
   int block = (workUnit * (128 / sharers)) + (get_local_id(0) / sharers);
   if (this->passes[(row + 64)]>0){
      block = workUnit + ((get_local_id(0) / sharers) * across);
   }
   return(block);
}
int org_aparanet_engine_opencl_kernel_BlockProduct__blocksAcross(This *this, int row){
   return((((org_aparanet_engine_opencl_kernel_ProductOperands__columns(this, row) + 4) - 1) / 4));
}
int org_aparanet_engine_opencl_kernel_BlockProduct__lastSeen(This *this, int y, int height, int end, float bias){
   int last = end - 1;
   if (y<0 || y>=height || bias!=0.0f){
      last = -1;
   }
   return(last);
}
float org_aparanet_engine_opencl_kernel_BlockProduct__biasElement(This *this, int column, int lastTap){
   float element = 0.0f;
   if (column>lastTap){
      element = 1.0f;
   }
   return(element);
}
int org_aparanet_engine_opencl_kernel_BlockProduct__blocksDown(This *this, int row){
   return((((this->passes[(row + 21)] + org_aparanet_engine_opencl_kernel_BlockProduct__blockRows(this, row)) - 1) / org_aparanet_engine_opencl_kernel_BlockProduct__blockRows(this, row)));
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
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart( __global int* passes, int row, int batch, int chunk){
   int count = batch * org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row);
   int chunks = passes[(row + 30)];
   int start = (((count + chunks) - 1) / chunks) * chunk;
   if (start>count){
      start = count;
   }
   return(start);
}
int org_aparanet_model_DropoutMask__hash(int key, int element){
   int mixed = (element * -1640531535) ^ key;
   mixed = (mixed ^ (((unsigned int)mixed) >> 16)) * -2048144789;
   mixed = (mixed ^ (((unsigned int)mixed) >> 13)) * -1028477387;
   return((mixed ^ (((unsigned int)mixed) >> 16)));
}
int org_aparanet_engine_opencl_kernel_MaxPoolForward__inside(int first){
   int inside = first;
   if (first<0){
      inside = 0;
   }
   return(inside);
}
void org_aparanet_engine_opencl_kernel_SoftmaxFunctions__softmaxLoss(This *this,  __global float* logits,  __global float* dLogits,  __global float* losses, int classes, int at, int label, int batch, int lossAt, int hitAt){
   int best = 0;
   float largest = logits[at];
   for (int c = 1; c<classes; c++){
      if (logits[(at + c)]>largest){
         largest = logits[(at + c)];
         best = c;
      }
   }
   float sum = 0.0f;
   float distances = 0.0f;
   for (int c = 0; c<classes; c++){
      {
         float distance = logits[(at + c)] - largest;
         float power = exp(distance);
         distances = distances + distance;
         sum = sum + power;
         dLogits[at + c]  = power;
      }
   }
   float shared = this->smoothing / (float)classes;
   for (int c = 0; c<classes; c++){
      {
         float target = shared;
         if (c==label){
            target = (1.0f - this->smoothing) + shared;
         }
         dLogits[at + c]  = ((dLogits[(at + c)] / sum) - target) / (float)batch;
      }
   }
   float expected = logits[(at + label)] - largest;
   if (this->smoothing>0.0f){
      expected = ((1.0f - this->smoothing) * expected) + (shared * distances);
   }
   losses[lossAt]  = log(sum) - expected;
   float hit = 0.0f;
   if (best==label){
      hit = 1.0f;
   }
   losses[hitAt]  = hit;
   return;
}
void org_aparanet_engine_opencl_kernel_FinishOutputs__finishOutput( __global float* partials,  __global float* parameters,  __global float* output,  __global int* passes, int row, int element){
   float sum = org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum(partials, passes, row, element);
   int filter = (element / passes[(row + 22)]) % passes[(row + 21)];
   output[passes[(row + 12)] + element]  = org_aparanet_engine_opencl_kernel_ConvolutionForward__activation(parameters, passes, row, filter, sum);
   return;
}
float org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(This *this, int at, int sharers){
   int sharer = get_local_id(0) % sharers;
   int first = (at + get_local_id(0)) - sharer;
   float sum = 0.0f;
   for (int i = 0; i<sharers; i++){
      sum = sum + this->slab[(first + ((i + sharer) & (sharers - 1)))];
   }
   return(sum);
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__itemElements(int first, int to){
   int count = 0;
   if (to>first){
      count = (((to - first) + 128) - 1) / 128;
   }
   return(count);
}
void org_aparanet_engine_opencl_kernel_TileProduct__storeTile(This *this, int row, int workUnit, int side){
   int item = get_local_id(0);
   int itemsAcross = this->passes[(row + 26)];
   int tileRows = this->passes[(row + 28)];
   int down = org_aparanet_engine_opencl_kernel_TileProduct__tilesDown(this, row);
   int across = org_aparanet_engine_opencl_kernel_TileProduct__tilesAcross(this, row);
   int itemRow = (item / itemsAcross) * 8;
   int m = ((workUnit % down) * tileRows) + itemRow;
   int first = (((((workUnit / down) % across) * 2) + side) * itemsAcross) * 4;
   int chunk = workUnit / (down * across);
   if (itemRow<tileRows){
      if (org_aparanet_engine_opencl_kernel_ProductOperands__pooled(this, row)==1){
         int target = org_aparanet_engine_opencl_kernel_TrainingKernel__target(this, row, 0, (first + ((item % itemsAcross) * 4)));
         for (int r = 0; r<8; r++){
            {
               int at = ((r * 4) * 128) + item;
               org_aparanet_engine_opencl_kernel_TrainingKernel__storePooled(this, row, (m + r), target, this->slab[at], this->slab[(at + 128)], this->slab[(at + 256)], this->slab[(at + 384)]);
            }
         }
      } else {
         for (int c = 0; c<4; c++){
            int column = (first + (c * itemsAcross)) + (item % itemsAcross);
            int target = org_aparanet_engine_opencl_kernel_TrainingKernel__target(this, row, chunk, column);
            for (int r = 0; r<8; r++){
               org_aparanet_engine_opencl_kernel_TrainingKernel__store(this, row, (m + r), column, target, this->slab[((((r * 4) + c) * 128) + item)]);
            }
         }
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__loadRight(This *this, int source, int table, int itemsAcross, int base0, int seen0, int base1, int seen1){
   if (source==1){
      org_aparanet_engine_opencl_kernel_TileProduct__rightColumns(this, this->activations, table, itemsAcross, base0, seen0, base1, seen1);
   }
   if (source==2){
      org_aparanet_engine_opencl_kernel_TileProduct__rightColumns(this, this->dActivations, table, itemsAcross, base0, seen0, base1, seen1);
   }
   if (source==3){
      org_aparanet_engine_opencl_kernel_TileProduct__rightColumns(this, this->dLogits, table, itemsAcross, base0, seen0, base1, seen1);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TileProduct__rightColumn(This *this, int row, int from, int firstColumn, int itemsAcross){
   int halfColumns = itemsAcross * 4;
   int place = get_local_id(0) % halfColumns;
   int taps = this->passes[(row + 24)] + from;
   int at = ((place / itemsAcross) * 32) + (place % itemsAcross);
   for (int first = firstColumn; first<(firstColumn + (2 * halfColumns)); first = first + halfColumns){
      {
         int column = org_aparanet_engine_opencl_kernel_TileProduct__loadedColumn(this, row, first, itemsAcross);
         int inImage = org_aparanet_engine_opencl_kernel_ProductOperands__inImage(this, row, column);
         int base = org_aparanet_engine_opencl_kernel_ProductOperands__positionBase(this, row, column);
         int top = org_aparanet_engine_opencl_kernel_ProductOperands__top(this, row, inImage);
         int left = org_aparanet_engine_opencl_kernel_ProductOperands__left(this, row, inImage);
         for (int k = get_local_id(0) / halfColumns; k<16; k = k + (128 / halfColumns)){
            this->slab[at + (k * 258)]  = org_aparanet_engine_opencl_kernel_ProductOperands__seenElement(this, row, this->passes[(taps + k)], base, top, left);
         }
         at+=128;
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TileProduct__tapSlab(This *this, int row, int firstColumn, int image, int y, int x){
   int base = this->passes[(row + 38)] + (image * this->passes[(row + 39)]);
   int top = (y * this->passes[(row + 46)]) + this->passes[(row + 47)];
   int left = (x * this->passes[(row + 46)]) + this->passes[(row + 47)];
   if (this->passes[(row + 59)]==-1){
      org_aparanet_engine_opencl_kernel_TileProduct__tapRow(this, row, firstColumn, base, top, left);
   } else {
      base = base + ((top * this->passes[(row + 42)]) + left);
      org_aparanet_engine_opencl_kernel_TrainingKernel__loadTaps(this, row, firstColumn, base, org_aparanet_engine_opencl_kernel_ProductOperands__seenTaps(this, row, top, left));
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__loadLeft(This *this, int source, int base, int firstRow, int lastRow, int stride, int tileRows){
   if (source==0){
      org_aparanet_engine_opencl_kernel_TileProduct__leftRows(this, this->parameters, base, firstRow, lastRow, stride, tileRows);
   }
   if (source==2){
      org_aparanet_engine_opencl_kernel_TileProduct__leftRows(this, this->dActivations, base, firstRow, lastRow, stride, tileRows);
   }
   if (source==3){
      org_aparanet_engine_opencl_kernel_TileProduct__leftRows(this, this->dLogits, base, firstRow, lastRow, stride, tileRows);
   }
   return;
}
int org_aparanet_engine_opencl_kernel_ProductOperands__depth(This *this, int row){
   int depth = this->passes[(row + 23)];
   if (this->passes[(row + 0)]==2){
      depth = depth * this->batch;
   }
   return(depth);
}
void org_aparanet_engine_opencl_kernel_BlockProduct__positionBlock(This *this,  __global float* filters,  __global float* images, int row, int workUnit){
   int sharers = this->passes[(row + 29)];
   int across = org_aparanet_engine_opencl_kernel_BlockProduct__blocksAcross(this, row);
   int block = org_aparanet_engine_opencl_kernel_BlockProduct__ownBlock(this, row, workUnit, sharers, across);
   int m = (block / across) * 8;
   int column = org_aparanet_engine_opencl_kernel_BlockProduct__blockColumn(this, row, (block % across), across);
   int step = org_aparanet_engine_opencl_kernel_BlockProduct__blockStep(this, row, (block % across), across);
   int lastRow = this->passes[(row + 21)] - 1;
   int lastColumn = org_aparanet_engine_opencl_kernel_ProductOperands__columns(this, row) - 1;
   int depth = this->passes[(row + 23)];
   if (m>lastRow){
      depth = 0;
   }
   int offsets = this->passes[(row + 59)];
   int leftOffsets = this->passes[(row + 60)];
   int leftStride = this->passes[(row + 35)];
   int weight = this->passes[(row + 13)];
   int w0 = weight + (min(m, lastRow) * leftStride);
   int w1 = weight + (min((m + 1), lastRow) * leftStride);
   int w2 = weight + (min((m + 2), lastRow) * leftStride);
   int w3 = weight + (min((m + 3), lastRow) * leftStride);
   int w4 = weight + (min((m + 4), lastRow) * leftStride);
   int w5 = weight + (min((m + 5), lastRow) * leftStride);
   int w6 = weight + (min((m + 6), lastRow) * leftStride);
   int w7 = weight + (min((m + 7), lastRow) * leftStride);
   int base0 = 0;
   int seen0 = 0;
   int base1 = 0;
   int seen1 = 0;
   int base2 = 0;
   int seen2 = 0;
   int base3 = 0;
   int seen3 = 0;
   int pooled = org_aparanet_engine_opencl_kernel_ProductOperands__pooled(this, row);
   int grid = this->passes[(row + 46)];
   int image = 0;
   int top = 0;
   int left = 0;
   for (int c = 0; c<4; c++){
      if (c==0 || pooled==0){
         int position = min((column + (c * step)), lastColumn);
         int inImage = org_aparanet_engine_opencl_kernel_ProductOperands__inImage(this, row, position);
         image = org_aparanet_engine_opencl_kernel_ProductOperands__positionBase(this, row, position);
         top = org_aparanet_engine_opencl_kernel_ProductOperands__top(this, row, inImage);
         left = org_aparanet_engine_opencl_kernel_ProductOperands__left(this, row, inImage);
      }
      int y = top;
      int x = left;
      if (pooled==1){
         y = y + ((c / 2) * grid);
         x = x + ((c % 2) * grid);
      }
      base3 = image + org_aparanet_engine_opencl_kernel_ProductOperands__seenPlace(this, row, y, x);
      seen3 = org_aparanet_engine_opencl_kernel_ProductOperands__seenTaps(this, row, y, x);
      if (c==0){
         base0 = base3;
         seen0 = seen3;
      }
      if (c==1){
         base1 = base3;
         seen1 = seen3;
      }
      if (c==2){
         base2 = base3;
         seen2 = seen3;
      }
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
   for (int k = get_local_id(0) % sharers; k<depth; k = k + sharers){
      {
         int tap = this->passes[(offsets + k)];
         int bit = tap & 31;
         int offset = tap >> 5;
         int w = this->passes[(leftOffsets + k)];
         float b0 = 0.0f;
         float b1 = 0.0f;
         float b2 = 0.0f;
         float b3 = 0.0f;
         if ((seen0 << bit)<0){
            b0 = images[(base0 + offset)];
         }
         if ((seen1 << bit)<0){
            b1 = images[(base1 + offset)];
         }
         if ((seen2 << bit)<0){
            b2 = images[(base2 + offset)];
         }
         if ((seen3 << bit)<0){
            b3 = images[(base3 + offset)];
         }
         float a0 = filters[(w0 + w)];
         float a1 = filters[(w1 + w)];
         float a2 = filters[(w2 + w)];
         float a3 = filters[(w3 + w)];
         float a4 = filters[(w4 + w)];
         float a5 = filters[(w5 + w)];
         float a6 = filters[(w6 + w)];
         float a7 = filters[(w7 + w)];
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
      }
   }
   int item = get_local_id(0);
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
void org_aparanet_engine_opencl_kernel_BlockProduct__filterBlock(This *this,  __global float* gradients,  __global float* images, int row, int workUnit){
   int sharers = this->passes[(row + 29)];
   int across = org_aparanet_engine_opencl_kernel_BlockProduct__blocksAcross(this, row);
   int down = org_aparanet_engine_opencl_kernel_BlockProduct__blocksDown(this, row);
   int block = (workUnit * (128 / sharers)) + (get_local_id(0) / sharers);
   int column = org_aparanet_engine_opencl_kernel_BlockProduct__blockColumn(this, row, (block % across), across);
   int step = org_aparanet_engine_opencl_kernel_BlockProduct__blockStep(this, row, (block % across), across);
   int m = ((block / across) % down) * 4;
   int chunk = block / (across * down);
   int chunks = this->passes[(row + 30)];
   int filters = this->passes[(row + 21)];
   int gridHeight = this->passes[(row + 44)];
   int gridWidth = this->passes[(row + 45)];
   int grid = this->passes[(row + 46)];
   int lines = this->batch * gridHeight;
   int sharer = get_local_id(0) % sharers;
   int start = ((lines * chunk) / chunks) + sharer;
   int to = (lines * (chunk + 1)) / chunks;
   int xStart = 0;
   int xTo = gridWidth;
   int xStep = 1;
   int leftStep = 1;
   int rightStep = grid;
   int xEnd = this->passes[(row + 42)];
   int origin = this->passes[(row + 47)];
   if ((gridHeight * gridWidth)==1 && origin==0){
      start = 0;
      to = 1;
      xStart = ((this->batch * chunk) / chunks) + sharer;
      xTo = (this->batch * (chunk + 1)) / chunks;
      xStep = sharers;
      leftStep = filters;
      rightStep = this->passes[(row + 39)];
      xEnd = this->batch * rightStep;
   }
   if (chunk>=chunks){
      to = 0;
   }
   int height = this->passes[(row + 41)];
   int width = this->passes[(row + 42)];
   int leftStride = this->passes[(row + 35)];
   int bits = this->passes[(row + 27)];
   int taps = this->passes[(row + 24)];
   int lastTap = this->passes[(row + 25)] - 1;
   int lastRow = filters - 1;
   int m0 = min(m, lastRow) * leftStride;
   int m1 = min((m + 1), lastRow) * leftStride;
   int m2 = min((m + 2), lastRow) * leftStride;
   int m3 = min((m + 3), lastRow) * leftStride;
   int column1 = column + step;
   int column2 = column + (2 * step);
   int column3 = column + (3 * step);
   int tap0 = this->passes[(taps + min(column, lastTap))];
   int tap1 = this->passes[(taps + min(column1, lastTap))];
   int tap2 = this->passes[(taps + min(column2, lastTap))];
   int tap3 = this->passes[(taps + min(column3, lastTap))];
   float one0 = org_aparanet_engine_opencl_kernel_BlockProduct__biasElement(this, column, lastTap);
   float one1 = org_aparanet_engine_opencl_kernel_BlockProduct__biasElement(this, column1, lastTap);
   float one2 = org_aparanet_engine_opencl_kernel_BlockProduct__biasElement(this, column2, lastTap);
   float one3 = org_aparanet_engine_opencl_kernel_BlockProduct__biasElement(this, column3, lastTap);
   int channel0 = org_aparanet_engine_opencl_kernel_Taps__tapChannel(tap0, bits);
   int channel1 = org_aparanet_engine_opencl_kernel_Taps__tapChannel(tap1, bits);
   int channel2 = org_aparanet_engine_opencl_kernel_Taps__tapChannel(tap2, bits);
   int channel3 = org_aparanet_engine_opencl_kernel_Taps__tapChannel(tap3, bits);
   int i0 = org_aparanet_engine_opencl_kernel_Taps__tapRow(tap0, bits) + origin;
   int i1 = org_aparanet_engine_opencl_kernel_Taps__tapRow(tap1, bits) + origin;
   int i2 = org_aparanet_engine_opencl_kernel_Taps__tapRow(tap2, bits) + origin;
   int i3 = org_aparanet_engine_opencl_kernel_Taps__tapRow(tap3, bits) + origin;
   int j0 = org_aparanet_engine_opencl_kernel_Taps__tapColumn(tap0, bits) + origin;
   int j1 = org_aparanet_engine_opencl_kernel_Taps__tapColumn(tap1, bits) + origin;
   int j2 = org_aparanet_engine_opencl_kernel_Taps__tapColumn(tap2, bits) + origin;
   int j3 = org_aparanet_engine_opencl_kernel_Taps__tapColumn(tap3, bits) + origin;
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
   for (int line = start; line<to; line = line + sharers){
      int image = line / gridHeight;
      int y = line % gridHeight;
      int base = this->passes[(row + 38)] + (image * this->passes[(row + 39)]);
      int gradient = (this->passes[(row + 43)] + ((image * filters) * leftStride)) + (y * gridWidth);
      int y0 = (y * grid) + i0;
      int y1 = (y * grid) + i1;
      int y2 = (y * grid) + i2;
      int y3 = (y * grid) + i3;
      int line0 = base + (((channel0 * height) + y0) * width);
      int line1 = base + (((channel1 * height) + y1) * width);
      int line2 = base + (((channel2 * height) + y2) * width);
      int line3 = base + (((channel3 * height) + y3) * width);
      int last0 = org_aparanet_engine_opencl_kernel_BlockProduct__lastSeen(this, y0, height, xEnd, one0);
      int last1 = org_aparanet_engine_opencl_kernel_BlockProduct__lastSeen(this, y1, height, xEnd, one1);
      int last2 = org_aparanet_engine_opencl_kernel_BlockProduct__lastSeen(this, y2, height, xEnd, one2);
      int last3 = org_aparanet_engine_opencl_kernel_BlockProduct__lastSeen(this, y3, height, xEnd, one3);
      for (int x = xStart; x<xTo; x = x + xStep){
         {
            int at = gradient + (x * leftStep);
            float a0 = gradients[(at + m0)];
            float a1 = gradients[(at + m1)];
            float a2 = gradients[(at + m2)];
            float a3 = gradients[(at + m3)];
            int x0 = (x * rightStep) + j0;
            int x1 = (x * rightStep) + j1;
            int x2 = (x * rightStep) + j2;
            int x3 = (x * rightStep) + j3;
            float b0 = one0;
            float b1 = one1;
            float b2 = one2;
            float b3 = one3;
            if ((x0 | (last0 - x0))>=0){
               b0 = images[(line0 + x0)];
            }
            if ((x1 | (last1 - x1))>=0){
               b1 = images[(line1 + x1)];
            }
            if ((x2 | (last2 - x2))>=0){
               b2 = images[(line2 + x2)];
            }
            if ((x3 | (last3 - x3))>=0){
               b3 = images[(line3 + x3)];
            }
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
   int item = get_local_id(0);
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
   return;
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement( __global int* passes, int row, int channel, int number){
   int plane = org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row);
   int image = number / plane;
   return((((((image * passes[(row + 1)]) + channel) * plane) + number) - (image * plane)));
}
int org_aparanet_engine_opencl_kernel_MatrixProduct__workUnits(This *this, int row){
   int workUnits = 0;
   if (this->passes[(row + 28)]==0){
      {
         int blocksOfGroup = 128 / this->passes[(row + 29)];
         int blocks = (org_aparanet_engine_opencl_kernel_BlockProduct__blocksDown(this, row) * org_aparanet_engine_opencl_kernel_BlockProduct__blocksAcross(this, row)) * this->passes[(row + 30)];
         workUnits = ((blocks + blocksOfGroup) - 1) / blocksOfGroup;
      }
   } else {
      workUnits = (org_aparanet_engine_opencl_kernel_TileProduct__tilesDown(this, row) * org_aparanet_engine_opencl_kernel_TileProduct__tilesAcross(this, row)) * this->passes[(row + 30)];
   }
   if (this->passes[(row + 64)]>0){
      workUnits = org_aparanet_engine_opencl_kernel_BlockProduct__blocksAcross(this, row);
   }
   return(workUnits);
}
int org_aparanet_engine_opencl_kernel_BatchNormFunctions__normWorkUnits( __global int* passes, int row){
   return((passes[(row + 1)] * passes[(row + 30)]));
}
int org_aparanet_engine_opencl_kernel_TrainingKernel__ofSums(This *this, int row){
   int operation = this->passes[(row + 0)];
   int of = 0;
   if (operation>2 && operation<=4){
      of = 1;
   }
   return(of);
}
int org_aparanet_engine_opencl_kernel_TrainingArrays__next(int mark){
   return(((mark + 1) & 8388607));
}
void org_aparanet_engine_opencl_kernel_RunningStatistics__moveStatistics( __global float* statistics,  __global float* parameters,  __global int* passes, int firstRow, int batch, int item, int items){
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
         row+=66;
      }
   }
   return;
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
float org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchVariance( __global float* partials,  __global int* passes, int row, int batch, int channel, float mean){
   float sum = 0.0f;
   int at = passes[(row + 31)] + channel;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      {
         int count = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1)) - org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk);
         float off = partials[(at + passes[(row + 1)])] - mean;
         sum = sum + (partials[at] + (((float)count * off) * off));
         at = at + passes[(row + 32)];
      }
   }
   return((sum / (float)(batch * org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row))));
}
float org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchMean( __global float* partials,  __global int* passes, int row, int batch, int channel){
   float sum = 0.0f;
   int at = passes[(row + 31)] + channel;
   for (int chunk = 0; chunk<passes[(row + 30)]; chunk++){
      {
         int count = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1)) - org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk);
         sum = sum + ((float)count * partials[(at + passes[(row + 1)])]);
         at = at + passes[(row + 32)];
      }
   }
   return((sum / (float)(batch * org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row))));
}
float org_aparanet_engine_opencl_kernel_DropoutForward__dropoutFactor( __global int* passes, int row, int key, int element){
   float factor = 0.0f;
   if (org_aparanet_model_DropoutMask__hash(key, element)>=passes[(row + 56)]){
      factor = 1.6777216E7f / (float)passes[(row + 57)];
   }
   return(factor);
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
void org_aparanet_engine_opencl_kernel_TrainingKernel__imageLosses(This *this, int row, int workUnit){
   int across = org_aparanet_engine_opencl_kernel_BlockProduct__blocksAcross(this, row);
   int image = org_aparanet_engine_opencl_kernel_BlockProduct__blockColumn(this, row, workUnit, across) + (get_local_id(0) * org_aparanet_engine_opencl_kernel_BlockProduct__blockStep(this, row, workUnit, across));
   int classes = this->passes[(row + 21)];
   if (get_local_id(0)<4 && image<this->batch){
      org_aparanet_engine_opencl_kernel_SoftmaxFunctions__softmaxLoss(this, this->logits, this->dLogits, this->losses, classes, (image * classes), this->labels[image], this->batch, (this->lossesAt + image), ((this->lossesAt + this->mostImages) + image));
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__finishImages(This *this, int row, int workUnit){
   int features = this->passes[(row + 21)];
   int across = org_aparanet_engine_opencl_kernel_BlockProduct__blocksAcross(this, row);
   int step = org_aparanet_engine_opencl_kernel_BlockProduct__blockStep(this, row, workUnit, across);
   for (int i = get_local_id(0); i<(4 * features); i+=128){
      int image = org_aparanet_engine_opencl_kernel_BlockProduct__blockColumn(this, row, workUnit, across) + ((i / features) * step);
      if (image<this->batch){
         org_aparanet_engine_opencl_kernel_FinishOutputs__finishOutput(this->partials, this->parameters, this->activations, this->passes, row, ((image * features) + (i % features)));
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_MatrixProduct__storeSums(This *this, int row, int workUnit){
   int sharers = this->passes[(row + 29)];
   int sharer = get_local_id(0) % sharers;
   int rows = org_aparanet_engine_opencl_kernel_BlockProduct__blockRows(this, row);
   int across = org_aparanet_engine_opencl_kernel_BlockProduct__blocksAcross(this, row);
   int down = org_aparanet_engine_opencl_kernel_BlockProduct__blocksDown(this, row);
   int block = org_aparanet_engine_opencl_kernel_BlockProduct__ownBlock(this, row, workUnit, sharers, across);
   int m = ((block / across) % down) * rows;
   int chunk = block / (across * down);
   int column = org_aparanet_engine_opencl_kernel_BlockProduct__blockColumn(this, row, (block % across), across);
   int step = org_aparanet_engine_opencl_kernel_BlockProduct__blockStep(this, row, (block % across), across);
   if (this->passes[(row + 28)]==0 && chunk<this->passes[(row + 30)]){
      if (org_aparanet_engine_opencl_kernel_ProductOperands__pooled(this, row)==1){
         int target = org_aparanet_engine_opencl_kernel_TrainingKernel__target(this, row, 0, column);
         for (int r = sharer; r<rows; r = r + sharers){
            {
               int at = (r * 4) * 128;
               org_aparanet_engine_opencl_kernel_TrainingKernel__storePooled(this, row, (m + r), target, org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, at, sharers), org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, (at + 128), sharers), org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, (at + 256), sharers), org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, (at + 384), sharers));
            }
         }
      } else {
         int c = sharer / rows;
         int r = sharer % rows;
         for (int target = org_aparanet_engine_opencl_kernel_TrainingKernel__target(this, row, chunk, (column + (c * step))); c<4; ){
            float sum = org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, (((r * 4) + c) * 128), sharers);
            org_aparanet_engine_opencl_kernel_TrainingKernel__store(this, row, (m + r), (column + (c * step)), target, sum);
            r = r + sharers;
            
            if (r>=rows){
               c = c + (r / rows);
               r = r % rows;
               target = org_aparanet_engine_opencl_kernel_TrainingKernel__target(this, row, chunk, (column + (c * step)));
            }
         }
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_BatchNormFunctions__storeNormSums(This *this,  __global float* input,  __global float* partials,  __global int* passes, int row, int batch, int workUnit){
   int channels = passes[(row + 1)];
   int channel = workUnit % channels;
   int chunk = workUnit / channels;
   int from = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk);
   int to = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1));
   int backward = passes[(row + 0)] - 3;
   if (get_local_id(0)==0){
      float sum = 0.0f;
      for (int item = 0; item<128; item++){
         {
            int weight = 1;
            if (backward==0){
               weight = org_aparanet_engine_opencl_kernel_BatchNormFunctions__itemElements((from + item), to);
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
            products = products + (((float)org_aparanet_engine_opencl_kernel_BatchNormFunctions__itemElements((from + item), to) * off) * off);
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
void org_aparanet_engine_opencl_kernel_TileProduct__tile(This *this, int row, int workUnit){
   int item = get_local_id(0);
   int operation = this->passes[(row + 0)];
   int tileRows = this->passes[(row + 28)];
   int itemsAcross = this->passes[(row + 26)];
   int down = org_aparanet_engine_opencl_kernel_TileProduct__tilesDown(this, row);
   int across = org_aparanet_engine_opencl_kernel_TileProduct__tilesAcross(this, row);
   int firstRow = (workUnit % down) * tileRows;
   int firstColumn = (((workUnit / down) % across) * itemsAcross) * 8;
   int chunk = workUnit / (down * across);
   int chunks = this->passes[(row + 30)];
   int depth = org_aparanet_engine_opencl_kernel_ProductOperands__depth(this, row);
   int slabs = ((depth + 16) - 1) / 16;
   int start = ((slabs * chunk) / chunks) * 16;
   int to = ((slabs * (chunk + 1)) / chunks) * 16;
   int lastRow = this->passes[(row + 21)] - 1;
   int stride = this->passes[(row + 35)];
   int offsets = this->passes[(row + 59)];
   int itemRow = (item / itemsAcross) * 8;
   int itemColumn = item % itemsAcross;
   int steps = 16;
   if (itemRow>=tileRows){
      steps = 0;
   }
   int base0 = 0;
   int seen0 = 0;
   int base1 = 0;
   int seen1 = 0;
   if (operation!=2){
      for (int side = 0; side<2; side++){
         int first = firstColumn + ((side * itemsAcross) * 4);
         int column = org_aparanet_engine_opencl_kernel_TileProduct__loadedColumn(this, row, first, itemsAcross);
         int inImage = org_aparanet_engine_opencl_kernel_ProductOperands__inImage(this, row, column);
         int top = org_aparanet_engine_opencl_kernel_ProductOperands__top(this, row, inImage);
         int left = org_aparanet_engine_opencl_kernel_ProductOperands__left(this, row, inImage);
         base1 = org_aparanet_engine_opencl_kernel_ProductOperands__positionBase(this, row, column) + org_aparanet_engine_opencl_kernel_ProductOperands__seenPlace(this, row, top, left);
         seen1 = org_aparanet_engine_opencl_kernel_ProductOperands__seenTaps(this, row, top, left);
         if (side==0){
            base0 = base1;
            seen0 = seen1;
         }
      }
   }
   int x = (start + (item % 16)) % this->passes[(row + 45)];
   int line = (start + (item % 16)) / this->passes[(row + 45)];
   int y = line % this->passes[(row + 44)];
   int image = line / this->passes[(row + 44)];
   float s00 = 0.0f;
   float s01 = 0.0f;
   float s02 = 0.0f;
   float s03 = 0.0f;
   float s04 = 0.0f;
   float s05 = 0.0f;
   float s06 = 0.0f;
   float s07 = 0.0f;
   float s10 = 0.0f;
   float s11 = 0.0f;
   float s12 = 0.0f;
   float s13 = 0.0f;
   float s14 = 0.0f;
   float s15 = 0.0f;
   float s16 = 0.0f;
   float s17 = 0.0f;
   float s20 = 0.0f;
   float s21 = 0.0f;
   float s22 = 0.0f;
   float s23 = 0.0f;
   float s24 = 0.0f;
   float s25 = 0.0f;
   float s26 = 0.0f;
   float s27 = 0.0f;
   float s30 = 0.0f;
   float s31 = 0.0f;
   float s32 = 0.0f;
   float s33 = 0.0f;
   float s34 = 0.0f;
   float s35 = 0.0f;
   float s36 = 0.0f;
   float s37 = 0.0f;
   float s40 = 0.0f;
   float s41 = 0.0f;
   float s42 = 0.0f;
   float s43 = 0.0f;
   float s44 = 0.0f;
   float s45 = 0.0f;
   float s46 = 0.0f;
   float s47 = 0.0f;
   float s50 = 0.0f;
   float s51 = 0.0f;
   float s52 = 0.0f;
   float s53 = 0.0f;
   float s54 = 0.0f;
   float s55 = 0.0f;
   float s56 = 0.0f;
   float s57 = 0.0f;
   float s60 = 0.0f;
   float s61 = 0.0f;
   float s62 = 0.0f;
   float s63 = 0.0f;
   float s64 = 0.0f;
   float s65 = 0.0f;
   float s66 = 0.0f;
   float s67 = 0.0f;
   float s70 = 0.0f;
   float s71 = 0.0f;
   float s72 = 0.0f;
   float s73 = 0.0f;
   float s74 = 0.0f;
   float s75 = 0.0f;
   float s76 = 0.0f;
   float s77 = 0.0f;
   for (int from = start; from<to; from+=16){
      {
         int k = from + (item % 16);
         int base = -1;
         if (operation==2){
            if (k<depth){
               base = (this->passes[(row + 43)] + ((image * lastRow) * stride)) + k;
            }
         } else {
            if (k<depth){
               base = this->passes[(row + 13)] + this->passes[(this->passes[(row + 60)] + k)];
            }
         }
         org_aparanet_engine_opencl_kernel_TrainingKernel__loadLeft(this, this->passes[(row + 34)], base, firstRow, lastRow, stride, tileRows);
         if (operation==2){
            org_aparanet_engine_opencl_kernel_TileProduct__tapSlab(this, row, firstColumn, min(image, (this->batch - 1)), y, x);
            int gridWidth = this->passes[(row + 45)];
            int gridHeight = this->passes[(row + 44)];
            x = x + (16 % gridWidth);
            y = y + ((16 / gridWidth) % gridHeight);
            image = image + ((16 / gridWidth) / gridHeight);
            if (x>=gridWidth){
               x = x - gridWidth;
               y++;
            }
            if (y>=gridHeight){
               y = y - gridHeight;
               image++;
            }
         } else {
            if (offsets==-1){
               org_aparanet_engine_opencl_kernel_TileProduct__rightColumn(this, row, from, firstColumn, itemsAcross);
            } else {
               org_aparanet_engine_opencl_kernel_TrainingKernel__loadRight(this, this->passes[(row + 36)], (offsets + from), itemsAcross, base0, seen0, base1, seen1);
            }
         }
         barrier(CLK_LOCAL_MEM_FENCE);
         int a = itemRow;
         int b = itemColumn;
         for (int step = 0; step<steps; step+=4){
            {
               float b0 = this->slab[b];
               float b1 = this->slab[(b + 32)];
               float b2 = this->slab[(b + 64)];
               float b3 = this->slab[(b + 96)];
               float b4 = this->slab[(b + 128)];
               float b5 = this->slab[(b + 160)];
               float b6 = this->slab[(b + 192)];
               float b7 = this->slab[(b + 224)];
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
               s04 = s04 + (a0 * b4);
               s05 = s05 + (a0 * b5);
               s06 = s06 + (a0 * b6);
               s07 = s07 + (a0 * b7);
               s10 = s10 + (a1 * b0);
               s11 = s11 + (a1 * b1);
               s12 = s12 + (a1 * b2);
               s13 = s13 + (a1 * b3);
               s14 = s14 + (a1 * b4);
               s15 = s15 + (a1 * b5);
               s16 = s16 + (a1 * b6);
               s17 = s17 + (a1 * b7);
               s20 = s20 + (a2 * b0);
               s21 = s21 + (a2 * b1);
               s22 = s22 + (a2 * b2);
               s23 = s23 + (a2 * b3);
               s24 = s24 + (a2 * b4);
               s25 = s25 + (a2 * b5);
               s26 = s26 + (a2 * b6);
               s27 = s27 + (a2 * b7);
               s30 = s30 + (a3 * b0);
               s31 = s31 + (a3 * b1);
               s32 = s32 + (a3 * b2);
               s33 = s33 + (a3 * b3);
               s34 = s34 + (a3 * b4);
               s35 = s35 + (a3 * b5);
               s36 = s36 + (a3 * b6);
               s37 = s37 + (a3 * b7);
               s40 = s40 + (a4 * b0);
               s41 = s41 + (a4 * b1);
               s42 = s42 + (a4 * b2);
               s43 = s43 + (a4 * b3);
               s44 = s44 + (a4 * b4);
               s45 = s45 + (a4 * b5);
               s46 = s46 + (a4 * b6);
               s47 = s47 + (a4 * b7);
               s50 = s50 + (a5 * b0);
               s51 = s51 + (a5 * b1);
               s52 = s52 + (a5 * b2);
               s53 = s53 + (a5 * b3);
               s54 = s54 + (a5 * b4);
               s55 = s55 + (a5 * b5);
               s56 = s56 + (a5 * b6);
               s57 = s57 + (a5 * b7);
               s60 = s60 + (a6 * b0);
               s61 = s61 + (a6 * b1);
               s62 = s62 + (a6 * b2);
               s63 = s63 + (a6 * b3);
               s64 = s64 + (a6 * b4);
               s65 = s65 + (a6 * b5);
               s66 = s66 + (a6 * b6);
               s67 = s67 + (a6 * b7);
               s70 = s70 + (a7 * b0);
               s71 = s71 + (a7 * b1);
               s72 = s72 + (a7 * b2);
               s73 = s73 + (a7 * b3);
               s74 = s74 + (a7 * b4);
               s75 = s75 + (a7 * b5);
               s76 = s76 + (a7 * b6);
               s77 = s77 + (a7 * b7);
               b0 = this->slab[(b + 258)];
               b1 = this->slab[((b + 258) + 32)];
               b2 = this->slab[((b + 258) + 64)];
               b3 = this->slab[((b + 258) + 96)];
               b4 = this->slab[((b + 258) + 128)];
               b5 = this->slab[((b + 258) + 160)];
               b6 = this->slab[((b + 258) + 192)];
               b7 = this->slab[((b + 258) + 224)];
               a0 = this->leftSlab[(a + 66)];
               a1 = this->leftSlab[((a + 66) + 1)];
               a2 = this->leftSlab[((a + 66) + 2)];
               a3 = this->leftSlab[((a + 66) + 3)];
               a4 = this->leftSlab[((a + 66) + 4)];
               a5 = this->leftSlab[((a + 66) + 5)];
               a6 = this->leftSlab[((a + 66) + 6)];
               a7 = this->leftSlab[((a + 66) + 7)];
               s00 = s00 + (a0 * b0);
               s01 = s01 + (a0 * b1);
               s02 = s02 + (a0 * b2);
               s03 = s03 + (a0 * b3);
               s04 = s04 + (a0 * b4);
               s05 = s05 + (a0 * b5);
               s06 = s06 + (a0 * b6);
               s07 = s07 + (a0 * b7);
               s10 = s10 + (a1 * b0);
               s11 = s11 + (a1 * b1);
               s12 = s12 + (a1 * b2);
               s13 = s13 + (a1 * b3);
               s14 = s14 + (a1 * b4);
               s15 = s15 + (a1 * b5);
               s16 = s16 + (a1 * b6);
               s17 = s17 + (a1 * b7);
               s20 = s20 + (a2 * b0);
               s21 = s21 + (a2 * b1);
               s22 = s22 + (a2 * b2);
               s23 = s23 + (a2 * b3);
               s24 = s24 + (a2 * b4);
               s25 = s25 + (a2 * b5);
               s26 = s26 + (a2 * b6);
               s27 = s27 + (a2 * b7);
               s30 = s30 + (a3 * b0);
               s31 = s31 + (a3 * b1);
               s32 = s32 + (a3 * b2);
               s33 = s33 + (a3 * b3);
               s34 = s34 + (a3 * b4);
               s35 = s35 + (a3 * b5);
               s36 = s36 + (a3 * b6);
               s37 = s37 + (a3 * b7);
               s40 = s40 + (a4 * b0);
               s41 = s41 + (a4 * b1);
               s42 = s42 + (a4 * b2);
               s43 = s43 + (a4 * b3);
               s44 = s44 + (a4 * b4);
               s45 = s45 + (a4 * b5);
               s46 = s46 + (a4 * b6);
               s47 = s47 + (a4 * b7);
               s50 = s50 + (a5 * b0);
               s51 = s51 + (a5 * b1);
               s52 = s52 + (a5 * b2);
               s53 = s53 + (a5 * b3);
               s54 = s54 + (a5 * b4);
               s55 = s55 + (a5 * b5);
               s56 = s56 + (a5 * b6);
               s57 = s57 + (a5 * b7);
               s60 = s60 + (a6 * b0);
               s61 = s61 + (a6 * b1);
               s62 = s62 + (a6 * b2);
               s63 = s63 + (a6 * b3);
               s64 = s64 + (a6 * b4);
               s65 = s65 + (a6 * b5);
               s66 = s66 + (a6 * b6);
               s67 = s67 + (a6 * b7);
               s70 = s70 + (a7 * b0);
               s71 = s71 + (a7 * b1);
               s72 = s72 + (a7 * b2);
               s73 = s73 + (a7 * b3);
               s74 = s74 + (a7 * b4);
               s75 = s75 + (a7 * b5);
               s76 = s76 + (a7 * b6);
               s77 = s77 + (a7 * b7);
               b0 = this->slab[(b + 516)];
               b1 = this->slab[((b + 516) + 32)];
               b2 = this->slab[((b + 516) + 64)];
               b3 = this->slab[((b + 516) + 96)];
               b4 = this->slab[((b + 516) + 128)];
               b5 = this->slab[((b + 516) + 160)];
               b6 = this->slab[((b + 516) + 192)];
               b7 = this->slab[((b + 516) + 224)];
               a0 = this->leftSlab[(a + 132)];
               a1 = this->leftSlab[((a + 132) + 1)];
               a2 = this->leftSlab[((a + 132) + 2)];
               a3 = this->leftSlab[((a + 132) + 3)];
               a4 = this->leftSlab[((a + 132) + 4)];
               a5 = this->leftSlab[((a + 132) + 5)];
               a6 = this->leftSlab[((a + 132) + 6)];
               a7 = this->leftSlab[((a + 132) + 7)];
               s00 = s00 + (a0 * b0);
               s01 = s01 + (a0 * b1);
               s02 = s02 + (a0 * b2);
               s03 = s03 + (a0 * b3);
               s04 = s04 + (a0 * b4);
               s05 = s05 + (a0 * b5);
               s06 = s06 + (a0 * b6);
               s07 = s07 + (a0 * b7);
               s10 = s10 + (a1 * b0);
               s11 = s11 + (a1 * b1);
               s12 = s12 + (a1 * b2);
               s13 = s13 + (a1 * b3);
               s14 = s14 + (a1 * b4);
               s15 = s15 + (a1 * b5);
               s16 = s16 + (a1 * b6);
               s17 = s17 + (a1 * b7);
               s20 = s20 + (a2 * b0);
               s21 = s21 + (a2 * b1);
               s22 = s22 + (a2 * b2);
               s23 = s23 + (a2 * b3);
               s24 = s24 + (a2 * b4);
               s25 = s25 + (a2 * b5);
               s26 = s26 + (a2 * b6);
               s27 = s27 + (a2 * b7);
               s30 = s30 + (a3 * b0);
               s31 = s31 + (a3 * b1);
               s32 = s32 + (a3 * b2);
               s33 = s33 + (a3 * b3);
               s34 = s34 + (a3 * b4);
               s35 = s35 + (a3 * b5);
               s36 = s36 + (a3 * b6);
               s37 = s37 + (a3 * b7);
               s40 = s40 + (a4 * b0);
               s41 = s41 + (a4 * b1);
               s42 = s42 + (a4 * b2);
               s43 = s43 + (a4 * b3);
               s44 = s44 + (a4 * b4);
               s45 = s45 + (a4 * b5);
               s46 = s46 + (a4 * b6);
               s47 = s47 + (a4 * b7);
               s50 = s50 + (a5 * b0);
               s51 = s51 + (a5 * b1);
               s52 = s52 + (a5 * b2);
               s53 = s53 + (a5 * b3);
               s54 = s54 + (a5 * b4);
               s55 = s55 + (a5 * b5);
               s56 = s56 + (a5 * b6);
               s57 = s57 + (a5 * b7);
               s60 = s60 + (a6 * b0);
               s61 = s61 + (a6 * b1);
               s62 = s62 + (a6 * b2);
               s63 = s63 + (a6 * b3);
               s64 = s64 + (a6 * b4);
               s65 = s65 + (a6 * b5);
               s66 = s66 + (a6 * b6);
               s67 = s67 + (a6 * b7);
               s70 = s70 + (a7 * b0);
               s71 = s71 + (a7 * b1);
               s72 = s72 + (a7 * b2);
               s73 = s73 + (a7 * b3);
               s74 = s74 + (a7 * b4);
               s75 = s75 + (a7 * b5);
               s76 = s76 + (a7 * b6);
               s77 = s77 + (a7 * b7);
               b0 = this->slab[(b + 774)];
               b1 = this->slab[((b + 774) + 32)];
               b2 = this->slab[((b + 774) + 64)];
               b3 = this->slab[((b + 774) + 96)];
               b4 = this->slab[((b + 774) + 128)];
               b5 = this->slab[((b + 774) + 160)];
               b6 = this->slab[((b + 774) + 192)];
               b7 = this->slab[((b + 774) + 224)];
               a0 = this->leftSlab[(a + 198)];
               a1 = this->leftSlab[((a + 198) + 1)];
               a2 = this->leftSlab[((a + 198) + 2)];
               a3 = this->leftSlab[((a + 198) + 3)];
               a4 = this->leftSlab[((a + 198) + 4)];
               a5 = this->leftSlab[((a + 198) + 5)];
               a6 = this->leftSlab[((a + 198) + 6)];
               a7 = this->leftSlab[((a + 198) + 7)];
               s00 = s00 + (a0 * b0);
               s01 = s01 + (a0 * b1);
               s02 = s02 + (a0 * b2);
               s03 = s03 + (a0 * b3);
               s04 = s04 + (a0 * b4);
               s05 = s05 + (a0 * b5);
               s06 = s06 + (a0 * b6);
               s07 = s07 + (a0 * b7);
               s10 = s10 + (a1 * b0);
               s11 = s11 + (a1 * b1);
               s12 = s12 + (a1 * b2);
               s13 = s13 + (a1 * b3);
               s14 = s14 + (a1 * b4);
               s15 = s15 + (a1 * b5);
               s16 = s16 + (a1 * b6);
               s17 = s17 + (a1 * b7);
               s20 = s20 + (a2 * b0);
               s21 = s21 + (a2 * b1);
               s22 = s22 + (a2 * b2);
               s23 = s23 + (a2 * b3);
               s24 = s24 + (a2 * b4);
               s25 = s25 + (a2 * b5);
               s26 = s26 + (a2 * b6);
               s27 = s27 + (a2 * b7);
               s30 = s30 + (a3 * b0);
               s31 = s31 + (a3 * b1);
               s32 = s32 + (a3 * b2);
               s33 = s33 + (a3 * b3);
               s34 = s34 + (a3 * b4);
               s35 = s35 + (a3 * b5);
               s36 = s36 + (a3 * b6);
               s37 = s37 + (a3 * b7);
               s40 = s40 + (a4 * b0);
               s41 = s41 + (a4 * b1);
               s42 = s42 + (a4 * b2);
               s43 = s43 + (a4 * b3);
               s44 = s44 + (a4 * b4);
               s45 = s45 + (a4 * b5);
               s46 = s46 + (a4 * b6);
               s47 = s47 + (a4 * b7);
               s50 = s50 + (a5 * b0);
               s51 = s51 + (a5 * b1);
               s52 = s52 + (a5 * b2);
               s53 = s53 + (a5 * b3);
               s54 = s54 + (a5 * b4);
               s55 = s55 + (a5 * b5);
               s56 = s56 + (a5 * b6);
               s57 = s57 + (a5 * b7);
               s60 = s60 + (a6 * b0);
               s61 = s61 + (a6 * b1);
               s62 = s62 + (a6 * b2);
               s63 = s63 + (a6 * b3);
               s64 = s64 + (a6 * b4);
               s65 = s65 + (a6 * b5);
               s66 = s66 + (a6 * b6);
               s67 = s67 + (a6 * b7);
               s70 = s70 + (a7 * b0);
               s71 = s71 + (a7 * b1);
               s72 = s72 + (a7 * b2);
               s73 = s73 + (a7 * b3);
               s74 = s74 + (a7 * b4);
               s75 = s75 + (a7 * b5);
               s76 = s76 + (a7 * b6);
               s77 = s77 + (a7 * b7);
               a+=264;
               b+=1032;
            }
         }
         barrier(CLK_LOCAL_MEM_FENCE);
      }
   }
   for (int side = 0; side<2; side++){
      if (side==0){
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
      }
      if (side==1){
         this->slab[item]  = s04;
         this->slab[item + 128]  = s05;
         this->slab[item + 256]  = s06;
         this->slab[item + 384]  = s07;
         this->slab[item + 512]  = s14;
         this->slab[item + 640]  = s15;
         this->slab[item + 768]  = s16;
         this->slab[item + 896]  = s17;
         this->slab[item + 1024]  = s24;
         this->slab[item + 1152]  = s25;
         this->slab[item + 1280]  = s26;
         this->slab[item + 1408]  = s27;
         this->slab[item + 1536]  = s34;
         this->slab[item + 1664]  = s35;
         this->slab[item + 1792]  = s36;
         this->slab[item + 1920]  = s37;
         this->slab[item + 2048]  = s44;
         this->slab[item + 2176]  = s45;
         this->slab[item + 2304]  = s46;
         this->slab[item + 2432]  = s47;
         this->slab[item + 2560]  = s54;
         this->slab[item + 2688]  = s55;
         this->slab[item + 2816]  = s56;
         this->slab[item + 2944]  = s57;
         this->slab[item + 3072]  = s64;
         this->slab[item + 3200]  = s65;
         this->slab[item + 3328]  = s66;
         this->slab[item + 3456]  = s67;
         this->slab[item + 3584]  = s74;
         this->slab[item + 3712]  = s75;
         this->slab[item + 3840]  = s76;
         this->slab[item + 3968]  = s77;
      }
      barrier(CLK_LOCAL_MEM_FENCE);
      org_aparanet_engine_opencl_kernel_TileProduct__storeTile(this, row, workUnit, side);
      barrier(CLK_LOCAL_MEM_FENCE);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__blockOfPositions(This *this, int row, int workUnit){
   int source = this->passes[(row + 36)];
   if (source==1){
      org_aparanet_engine_opencl_kernel_BlockProduct__positionBlock(this, this->parameters, this->activations, row, workUnit);
   }
   if (source==2){
      org_aparanet_engine_opencl_kernel_BlockProduct__positionBlock(this, this->parameters, this->dActivations, row, workUnit);
   }
   if (source==3){
      org_aparanet_engine_opencl_kernel_BlockProduct__positionBlock(this, this->parameters, this->dLogits, row, workUnit);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__blockOfFilters(This *this, int row, int workUnit){
   if (this->passes[(row + 34)]==3){
      org_aparanet_engine_opencl_kernel_BlockProduct__filterBlock(this, this->dLogits, this->activations, row, workUnit);
   } else {
      org_aparanet_engine_opencl_kernel_BlockProduct__filterBlock(this, this->dActivations, this->activations, row, workUnit);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_BatchNormFunctions__normSums(This *this,  __global float* input,  __global float* dOutput,  __global int* passes, int row, int batch, int workUnit){
   int channels = passes[(row + 1)];
   int channel = workUnit % channels;
   int chunk = workUnit / channels;
   int first = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk) + get_local_id(0);
   int to = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1));
   int backward = passes[(row + 0)] - 3;
   float mean = 0.0f;
   if (backward==1){
      mean = input[(passes[(row + 53)] + channel)];
   } else {
      for (int i = first; i<to; i+=128){
         mean = mean + input[(passes[(row + 11)] + org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement(passes, row, channel, i))];
      }
      mean = mean / (float)max(1, org_aparanet_engine_opencl_kernel_BatchNormFunctions__itemElements(first, to));
   }
   float products = 0.0f;
   float sum = mean;
   if (backward==1){
      sum = 0.0f;
   }
   for (int i = first; i<to; i+=128){
      {
         int at = org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement(passes, row, channel, i);
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
int org_aparanet_engine_opencl_kernel_TrainingKernel__workUnits(This *this, int row){
   int workUnits = 0;
   if (org_aparanet_engine_opencl_kernel_TrainingKernel__ofSums(this, row)==1){
      workUnits = org_aparanet_engine_opencl_kernel_BatchNormFunctions__normWorkUnits(this->passes, row);
   } else {
      workUnits = org_aparanet_engine_opencl_kernel_MatrixProduct__workUnits(this, row);
   }
   return(workUnits);
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__update(This *this, int row, int item, int items){
   if (this->status[2]==1){
      org_aparanet_engine_opencl_kernel_UpdateFunctions__parameterUpdate(this, this->partials, this->parameters, this->dParameters, this->passes, row, item, items);
      org_aparanet_engine_opencl_kernel_RunningStatistics__moveStatistics(this->activations, this->parameters, this->passes, row, this->batch, item, items);
   }
   if (item==0 && this->status[2]==1){
      this->parameters[this->parameterCount]  = (float)org_aparanet_engine_opencl_kernel_TrainingArrays__next(this->generation);
      this->status[1]  = org_aparanet_engine_opencl_kernel_TrainingArrays__next(this->generation);
   }
   if (item==0 && this->status[2]==1 && this->rule>=1){
      this->firstMoments[this->parameterCount]  = (float)org_aparanet_engine_opencl_kernel_TrainingArrays__next(this->generation);
   }
   if (item==0 && this->status[2]==1 && this->rule>=3){
      this->secondMoments[this->parameterCount]  = (float)org_aparanet_engine_opencl_kernel_TrainingArrays__next(this->generation);
   }
   if (item==0 && this->status[2]==1 && this->whole==1){
      this->losses[this->lossesAt + (2 * this->mostImages)]  = (float)this->step;
   }
   if (item==0 && this->nextBatch>0){
      this->activations[this->activationCount]  = (float)org_aparanet_engine_opencl_kernel_TrainingArrays__next(this->step);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_UpdateFunctions__squareSums(This *this, int item, int items){
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
void org_aparanet_engine_opencl_kernel_UpdateFunctions__gradientSquares(This *this,  __global float* partials,  __global float* dParameters,  __global int* passes, int firstRow, int item, int items){
   float sum = 0.0f;
   int row = firstRow;
   int more = 1;
   while (more==1){
      {
         int first = passes[(row + 13)];
         for (int element = item; element<passes[(row + 22)]; element = element + items){
            {
               float gradient = org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum(partials, passes, row, element);
               dParameters[first + element]  = gradient;
               sum = sum + (gradient * gradient);
            }
         }
         more = passes[(row + 33)];
         row+=66;
      }
   }
   this->squares[item]  = sum;
   return;
}
void org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchNormBackward(This *this,  __global float* input,  __global float* parameters,  __global float* dOutput,  __global float* dInput,  __global float* partials,  __global int* passes, int row, int batch){
   int channels = passes[(row + 1)];
   int workUnits = channels * passes[(row + 30)];
   int count = batch * org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelPlane(passes, row);
   for (int workUnit = get_group_id(0); workUnit<workUnits; workUnit = workUnit + get_num_groups(0)){
      int channel = workUnit % channels;
      int chunk = workUnit / channels;
      int to = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1));
      float mean = input[(passes[(row + 53)] + channel)];
      float variance = input[((passes[(row + 53)] + channels) + channel)];
      float inverse = 1.0f / sqrt((variance + 1.0E-5f));
      float scale = parameters[(passes[(row + 13)] + channel)] * inverse;
      float slope = (org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum(partials, passes, row, channel) / (float)count) * inverse;
      float shift = org_aparanet_engine_opencl_kernel_UpdateFunctions__chunkSum(partials, passes, row, (channels + channel)) / (float)count;
      for (int i = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk) + get_local_id(0); i<to; i+=128){
         {
            int at = org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement(passes, row, channel, i);
            float value = input[(passes[(row + 11)] + at)];
            float gradient = scale * ((dOutput[(passes[(row + 12)] + at)] - shift) - ((value - mean) * slope));
            org_aparanet_engine_opencl_kernel_InputGradient__storeGradient(input, dInput, passes, row, at, gradient);
         }
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchNormForward(This *this,  __global float* input,  __global float* parameters,  __global float* output,  __global float* partials,  __global int* passes, int row, int batch){
   int channels = passes[(row + 1)];
   int workUnits = channels * passes[(row + 30)];
   int statistics = passes[(row + 53)];
   for (int workUnit = get_group_id(0); workUnit<workUnits; workUnit = workUnit + get_num_groups(0)){
      int channel = workUnit % channels;
      int chunk = workUnit / channels;
      int to = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, (chunk + 1));
      float mean = 0.0f;
      float variance = 0.0f;
      if (statistics==-1){
         mean = parameters[(passes[(row + 54)] + channel)];
         variance = parameters[(passes[(row + 55)] + channel)];
      } else {
         mean = org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchMean(partials, passes, row, batch, channel);
         variance = org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchVariance(partials, passes, row, batch, channel, mean);
      }
      float scale = parameters[(passes[(row + 13)] + channel)] / sqrt((variance + 1.0E-5f));
      float shift = parameters[(passes[(row + 14)] + channel)];
      for (int i = org_aparanet_engine_opencl_kernel_BatchNormFunctions__chunkStart(passes, row, batch, chunk) + get_local_id(0); i<to; i+=128){
         {
            int at = org_aparanet_engine_opencl_kernel_BatchNormFunctions__channelElement(passes, row, channel, i);
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
void org_aparanet_engine_opencl_kernel_ResidualBackward__residualBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   for (int element = item; element<count; element = element + items){
      org_aparanet_engine_opencl_kernel_InputGradient__storeGradient(input, dInput, passes, row, element, dOutput[(passes[(row + 12)] + element)]);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_ResidualForward__residualForward( __global float* input,  __global float* skipped,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
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
void org_aparanet_engine_opencl_kernel_DropoutBackward__dropoutBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* keys,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   int key = keys[passes[(row + 50)]];
   for (int element = item; element<count; element = element + items){
      {
         float gradient = dOutput[(passes[(row + 12)] + element)] * org_aparanet_engine_opencl_kernel_DropoutForward__dropoutFactor(passes, row, key, element);
         org_aparanet_engine_opencl_kernel_InputGradient__storeGradient(input, dInput, passes, row, element, gradient);
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_DropoutForward__dropoutForward( __global float* input,  __global float* output,  __global int* keys,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   int key = keys[passes[(row + 50)]];
   for (int element = item; element<count; element = element + items){
      output[passes[(row + 12)] + element]  = input[(passes[(row + 11)] + element)] * org_aparanet_engine_opencl_kernel_DropoutForward__dropoutFactor(passes, row, key, element);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_AveragePoolBackward__averagePoolBackward( __global float* input,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
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
         org_aparanet_engine_opencl_kernel_InputGradient__storeGradient(input, dInput, passes, row, element, (sum / (float)(windowHeight * windowWidth)));
      }
   }
   return;
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
void org_aparanet_engine_opencl_kernel_LeakyReluForward__leakyReluForward( __global float* input,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   int whole = 1073741824;
   float slope = (float)passes[(row + 65)] / (float)whole;
   for (int element = item; element<count; element = element + items){
      {
         float value = input[(passes[(row + 11)] + element)];
         float result = slope * value;
         if (value>0.0f){
            result = value;
         }
         output[passes[(row + 12)] + element]  = result;
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_ReluBackward__reluBackward( __global float* output,  __global float* dOutput,  __global float* dInput,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   for (int element = item; element<count; element = element + items){
      {
         float gradient = 0.0f;
         if (output[(passes[(row + 12)] + element)]>0.0f){
            gradient = dOutput[(passes[(row + 12)] + element)];
         }
         org_aparanet_engine_opencl_kernel_InputGradient__storeGradient(output, dInput, passes, row, element, gradient);
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_ReluForward__reluForward( __global float* input,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
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
void org_aparanet_engine_opencl_kernel_FinishOutputs__finishOutputs( __global float* partials,  __global float* parameters,  __global float* output,  __global int* passes, int row, int batch, int item, int items){
   int outputs = (batch * passes[(row + 21)]) * passes[(row + 22)];
   for (int element = item; element<outputs; element = element + items){
      org_aparanet_engine_opencl_kernel_FinishOutputs__finishOutput(partials, parameters, output, passes, row, element);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_CopyFloats__copyFloats( __global float* input,  __global float* output, int from, int count, int item, int items){
   for (int i = item; i<count; i = i + items){
      output[i]  = input[(from + i)];
   }
   return;
}
void org_aparanet_engine_opencl_kernel_GatherImages__gatherImages( __global char* images0,  __global char* images1,  __global char* images2,  __global char* images3,  __global char* staged,  __global int* indices,  __global float* normalization,  __global float* output, int chunkImages, int size, int plane, int first, int batch, int item, int items){
   for (int element = item; element<(batch * size); element = element + items){
      {
         int image = indices[(first + (element / size))];
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
         int channel = (element % size) / plane;
         float mean = normalization[(2 * channel)];
         float deviation = normalization[((2 * channel) + 1)];
         output[element]  = (((float)(pixel & 255) / 255.0f) - mean) / deviation;
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__storeSums(This *this, int row, int workUnit){
   if (org_aparanet_engine_opencl_kernel_TrainingKernel__ofSums(this, row)==1){
      org_aparanet_engine_opencl_kernel_BatchNormFunctions__storeNormSums(this, this->activations, this->partials, this->passes, row, this->batch, workUnit);
   }
   if (this->passes[(row + 0)]<=2){
      org_aparanet_engine_opencl_kernel_MatrixProduct__storeSums(this, row, workUnit);
   }
   if (this->passes[(row + 0)]==5){
      org_aparanet_engine_opencl_kernel_TrainingKernel__finishImages(this, row, workUnit);
   }
   if (this->passes[(row + 0)]==6){
      org_aparanet_engine_opencl_kernel_TrainingKernel__imageLosses(this, row, workUnit);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__computeGroup(This *this, int row, int workUnit){
   int tiles = this->passes[(row + 28)];
   int operation = this->passes[(row + 0)];
   if (org_aparanet_engine_opencl_kernel_TrainingKernel__ofSums(this, row)==1){
      org_aparanet_engine_opencl_kernel_BatchNormFunctions__normSums(this, this->activations, this->dActivations, this->passes, row, this->batch, workUnit);
   }
   if (tiles==0 && operation==2){
      org_aparanet_engine_opencl_kernel_TrainingKernel__blockOfFilters(this, row, workUnit);
   }
   if (tiles==0 && operation<2){
      org_aparanet_engine_opencl_kernel_TrainingKernel__blockOfPositions(this, row, workUnit);
   }
   if (tiles!=0){
      org_aparanet_engine_opencl_kernel_TileProduct__tile(this, row, workUnit);
   }
   return;
}
int org_aparanet_engine_opencl_kernel_MatrixProduct__ownWorkUnit(This *this, int firstRow, int workUnit){
   int row = firstRow;
   int own = workUnit;
   int workUnits = org_aparanet_engine_opencl_kernel_TrainingKernel__workUnits(this, row);
   for (; own>=workUnits; workUnits = org_aparanet_engine_opencl_kernel_TrainingKernel__workUnits(this, row)){
      own = own - workUnits;
      row+=66;
   }
   return(own);
}
int org_aparanet_engine_opencl_kernel_MatrixProduct__ownRow(This *this, int firstRow, int workUnit, int link){
   int row = firstRow + (link * 66);
   int rest = workUnit - org_aparanet_engine_opencl_kernel_TrainingKernel__workUnits(this, row);
   for (; rest>=0; rest = rest - org_aparanet_engine_opencl_kernel_TrainingKernel__workUnits(this, row)){
      row+=66;
   }
   return(row);
}
int org_aparanet_engine_opencl_kernel_MatrixProduct__workUnitsOfPass(This *this, int firstRow){
   int row = firstRow;
   int workUnits = org_aparanet_engine_opencl_kernel_TrainingKernel__workUnits(this, row);
   for (; this->passes[(row + 33)]==1 && this->passes[(firstRow + 64)]==0; workUnits = workUnits + org_aparanet_engine_opencl_kernel_TrainingKernel__workUnits(this, row)){
      row+=66;
   }
   return(workUnits);
}
void org_aparanet_engine_opencl_kernel_TrainingKernel__elementwise(This *this, int operation, int row, int item, int items){
   int first = 0;
   int count = 0;
   if (operation==7){
      count = this->batch;
   }
   if (operation==25){
      first = this->mostImages;
      count = this->nextBatch;
   }
   org_aparanet_engine_opencl_kernel_GatherImages__gatherImages(this->images0, this->images1, this->images2, this->images3, this->staged, this->indices, this->normalization, this->activations, this->chunkImages, this->imageSize, this->imagePlane, first, count, item, items);
   if (operation==26){
      org_aparanet_engine_opencl_kernel_CopyFloats__copyFloats(this->floats, this->activations, 0, (this->batch * this->imageSize), item, items);
   }
   if (operation==27){
      org_aparanet_engine_opencl_kernel_CopyFloats__copyFloats(this->activations, this->logits, this->passes[(row + 11)], (this->batch * this->passes[(row + 21)]), item, items);
   }
   if (operation==8){
      org_aparanet_engine_opencl_kernel_FinishOutputs__finishOutputs(this->partials, this->parameters, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==9){
      org_aparanet_engine_opencl_kernel_MaxPoolForward__maxPoolForward(this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==10){
      org_aparanet_engine_opencl_kernel_MaxPoolBackward__maxPoolBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==11){
      org_aparanet_engine_opencl_kernel_ReluForward__reluForward(this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==12){
      org_aparanet_engine_opencl_kernel_ReluBackward__reluBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==13){
      org_aparanet_engine_opencl_kernel_LeakyReluForward__leakyReluForward(this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==14){
      org_aparanet_engine_opencl_kernel_LeakyReluBackward__leakyReluBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==15){
      org_aparanet_engine_opencl_kernel_AveragePoolForward__averagePoolForward(this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==16){
      org_aparanet_engine_opencl_kernel_AveragePoolBackward__averagePoolBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==17){
      org_aparanet_engine_opencl_kernel_DropoutForward__dropoutForward(this->activations, this->activations, this->keys, this->passes, row, this->batch, item, items);
   }
   if (operation==18){
      org_aparanet_engine_opencl_kernel_DropoutBackward__dropoutBackward(this->activations, this->dActivations, this->dActivations, this->keys, this->passes, row, this->batch, item, items);
   }
   if (operation==19){
      org_aparanet_engine_opencl_kernel_ResidualForward__residualForward(this->activations, this->activations, this->activations, this->passes, row, this->batch, item, items);
   }
   if (operation==20){
      org_aparanet_engine_opencl_kernel_ResidualBackward__residualBackward(this->activations, this->dActivations, this->dActivations, this->passes, row, this->batch, item, items);
   }
   if (operation==21){
      org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchNormForward(this, this->activations, this->parameters, this->activations, this->partials, this->passes, row, this->batch);
   }
   if (operation==22){
      org_aparanet_engine_opencl_kernel_BatchNormFunctions__batchNormBackward(this, this->activations, this->parameters, this->dActivations, this->dActivations, this->partials, this->passes, row, this->batch);
   }
   if (operation==23){
      org_aparanet_engine_opencl_kernel_UpdateFunctions__gradientSquares(this, this->partials, this->dParameters, this->passes, row, item, items);
   }
   if (operation==24){
      org_aparanet_engine_opencl_kernel_UpdateFunctions__squareSums(this, item, items);
   }
   if (operation==25){
      org_aparanet_engine_opencl_kernel_TrainingKernel__update(this, row, item, items);
   }
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingArrays__leaveMarks(This *this){
   this->activations[this->activationCount]  = (float)this->step;
   this->status[0]  = this->step;
   this->status[1]  = (int)this->parameters[this->parameterCount];
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingArrays__checkMarks(This *this){
   int intact = 0;
   if ((int)this->parameters[this->parameterCount]==this->generation){
      intact = 1;
   }
   if (this->whole==0 && (int)this->activations[this->activationCount]!=this->step){
      intact = 0;
   }
   if (this->gathered==1 && this->status[3]!=1){
      intact = 0;
   }
   this->status[2]  = intact;
   if (this->rule>=1 && (int)this->firstMoments[this->parameterCount]!=this->momentGeneration){
      this->status[2]  = 0;
   }
   if (this->rule>=3 && (int)this->secondMoments[this->parameterCount]!=this->momentGeneration){
      this->status[2]  = 0;
   }
   this->dParameters[this->parameterCount]  = (float)this->step;
   return;
}
void org_aparanet_engine_opencl_kernel_TrainingArrays__checkBatch(This *this){
   this->status[3]  = 0;
   if ((int)this->activations[this->activationCount]==this->step){
      this->status[3]  = 1;
   }
   return;
}
__kernel void run(
   __global int *passes, 
   __global float *activations, 
   __global float *dActivations, 
   __global float *dLogits, 
   int batch, 
   __local float *slab, 
   __global float *parameters, 
   __global float *logits, 
   __global float *partials, 
   __local float *leftSlab, 
   int rule, 
   float momentum, 
   __global float *firstMoments, 
   float beta2, 
   __global float *secondMoments, 
   float firstCorrection, 
   float secondCorrection, 
   __global float *squares, 
   float clipNorm, 
   float smoothing, 
   float learningRate, 
   float weightDecay, 
   int headFrom, 
   float headRate, 
   float headDecay, 
   __global float *losses, 
   __global int *labels, 
   int lossesAt, 
   int mostImages, 
   __global int *status, 
   __global float *dParameters, 
   int parameterCount, 
   int generation, 
   int whole, 
   int step, 
   int nextBatch, 
   int activationCount, 
   __global char  *images0, 
   __global char  *images1, 
   __global char  *images2, 
   __global char  *images3, 
   __global char  *staged, 
   __global int *indices, 
   __global float *normalization, 
   int chunkImages, 
   int imageSize, 
   int imagePlane, 
   __global float *floats, 
   __global int *keys, 
   int gathered, 
   int momentGeneration, 
   int firstPass, 
   int training, 
   int lastPass, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->passes = passes;
   this->activations = activations;
   this->dActivations = dActivations;
   this->dLogits = dLogits;
   this->batch = batch;
   this->slab = slab;
   this->parameters = parameters;
   this->logits = logits;
   this->partials = partials;
   this->leftSlab = leftSlab;
   this->rule = rule;
   this->momentum = momentum;
   this->firstMoments = firstMoments;
   this->beta2 = beta2;
   this->secondMoments = secondMoments;
   this->firstCorrection = firstCorrection;
   this->secondCorrection = secondCorrection;
   this->squares = squares;
   this->clipNorm = clipNorm;
   this->smoothing = smoothing;
   this->learningRate = learningRate;
   this->weightDecay = weightDecay;
   this->headFrom = headFrom;
   this->headRate = headRate;
   this->headDecay = headDecay;
   this->losses = losses;
   this->labels = labels;
   this->lossesAt = lossesAt;
   this->mostImages = mostImages;
   this->status = status;
   this->dParameters = dParameters;
   this->parameterCount = parameterCount;
   this->generation = generation;
   this->whole = whole;
   this->step = step;
   this->nextBatch = nextBatch;
   this->activationCount = activationCount;
   this->images0 = images0;
   this->images1 = images1;
   this->images2 = images2;
   this->images3 = images3;
   this->staged = staged;
   this->indices = indices;
   this->normalization = normalization;
   this->chunkImages = chunkImages;
   this->imageSize = imageSize;
   this->imagePlane = imagePlane;
   this->floats = floats;
   this->keys = keys;
   this->gathered = gathered;
   this->momentGeneration = momentGeneration;
   this->firstPass = firstPass;
   this->training = training;
   this->lastPass = lastPass;
   this->passid = passid;
   {
      int row = this->passes[(this->firstPass + get_pass_id(this))];
      int operation = this->passes[(row + 0)];
      if (this->gathered==1 && get_pass_id(this)==0 && get_global_id(0)==0){
         org_aparanet_engine_opencl_kernel_TrainingArrays__checkBatch(this);
      }
      if (this->training==1 && get_pass_id(this)==0 && get_global_id(0)==0){
         org_aparanet_engine_opencl_kernel_TrainingArrays__checkMarks(this);
      }
      if (this->training==0 && get_pass_id(this)==this->lastPass && get_global_id(0)==0){
         org_aparanet_engine_opencl_kernel_TrainingArrays__leaveMarks(this);
      }
      if (operation>6){
         org_aparanet_engine_opencl_kernel_TrainingKernel__elementwise(this, operation, row, get_global_id(0), get_global_size(0));
      }
      int workUnits = 0;
      if (operation<=6){
         workUnits = org_aparanet_engine_opencl_kernel_MatrixProduct__workUnitsOfPass(this, row);
      }
      int link = 0;
      int workUnit = get_group_id(0);
      for (; workUnit<workUnits; ){
         int own = org_aparanet_engine_opencl_kernel_MatrixProduct__ownRow(this, row, workUnit, link);
         int workUnitOfRow = org_aparanet_engine_opencl_kernel_MatrixProduct__ownWorkUnit(this, row, workUnit);
         org_aparanet_engine_opencl_kernel_TrainingKernel__computeGroup(this, own, workUnitOfRow);
         barrier(CLK_LOCAL_MEM_FENCE);
         org_aparanet_engine_opencl_kernel_TrainingKernel__storeSums(this, own, workUnitOfRow);
         barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
         link++;
         
         if (link>=this->passes[(row + 64)]){
            link = 0;
            workUnit = workUnit + get_num_groups(0);
         }
      }
      return;
   }
}
