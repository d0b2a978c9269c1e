typedef struct This_s{
   __global int *passes;
   __global float *input;
   int batch;
   __local float *slab;
   __global float *partials;
   __local float *leftSlab;
   __global float *dOutput;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
int org_aparanet_engine_opencl_kernel_ProductOperands__pooled(This *this, int row){
   int pooled = 0;
   if (this->passes[(row + 0)]==0 && this->passes[(row + 18)]!=-1){
      pooled = 1;
   }
   return(pooled);
}
float org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__rightElement(This *this, int source, int index){
   return(this->input[index]);
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
int org_aparanet_engine_opencl_kernel_ProductOperands__columns(This *this, int row){
   int columns = this->passes[(row + 22)];
   if (this->passes[(row + 0)]!=2){
      columns = columns * this->batch;
   }
   return(columns);
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
      value = org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__rightElement(this, this->passes[(row + 36)], ((base + (((org_aparanet_engine_opencl_kernel_Taps__tapChannel(tap, bits) * height) + (y / divisor)) * width)) + (x / divisor)));
   }
   return(value);
}
void org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__store(This *this, int row, int m, int column, int target, float sum){
   org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__storePartial(this->partials, this->passes, row, m, column, target, sum);
   return;
}
int org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__target(This *this, int row, int chunk, int column){
   return(org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__partialTarget(this->passes, row, chunk, column));
}
void org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__storePooled(This *this, int row, int m, int target, float s0, float s1, float s2, float s3){
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
void org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__loadTaps(This *this, int row, int firstColumn, int base, int seen){
   org_aparanet_engine_opencl_kernel_TileProduct__tapColumns(this, this->input, row, firstColumn, base, seen);
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
int org_aparanet_engine_opencl_kernel_BlockProduct__blockRows(This *this, int row){
   int rows = 8;
   if (this->passes[(row + 0)]==2){
      rows = 4;
   }
   return(rows);
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
         int target = org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__target(this, row, 0, (first + ((item % itemsAcross) * 4)));
         for (int r = 0; r<8; r++){
            {
               int at = ((r * 4) * 128) + item;
               org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__storePooled(this, row, (m + r), target, this->slab[at], this->slab[(at + 128)], this->slab[(at + 256)], this->slab[(at + 384)]);
            }
         }
      } else {
         for (int c = 0; c<4; c++){
            int column = (first + (c * itemsAcross)) + (item % itemsAcross);
            int target = org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__target(this, row, chunk, column);
            for (int r = 0; r<8; r++){
               org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__store(this, row, (m + r), column, target, this->slab[((((r * 4) + c) * 128) + item)]);
            }
         }
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__loadRight(This *this, int source, int table, int itemsAcross, int base0, int seen0, int base1, int seen1){
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
      org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__loadTaps(this, row, firstColumn, base, org_aparanet_engine_opencl_kernel_ProductOperands__seenTaps(this, row, top, left));
   }
   return;
}
void org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__loadLeft(This *this, int source, int base, int firstRow, int lastRow, int stride, int tileRows){
   org_aparanet_engine_opencl_kernel_TileProduct__leftRows(this, this->dOutput, base, firstRow, lastRow, stride, tileRows);
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
int org_aparanet_engine_opencl_kernel_ProductOperands__depth(This *this, int row){
   int depth = this->passes[(row + 23)];
   if (this->passes[(row + 0)]==2){
      depth = depth * this->batch;
   }
   return(depth);
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
int org_aparanet_engine_opencl_kernel_BlockProduct__blocksDown(This *this, int row){
   return((((this->passes[(row + 21)] + org_aparanet_engine_opencl_kernel_BlockProduct__blockRows(this, row)) - 1) / org_aparanet_engine_opencl_kernel_BlockProduct__blockRows(this, row)));
}
int org_aparanet_engine_opencl_kernel_BlockProduct__blocksAcross(This *this, int row){
   return((((org_aparanet_engine_opencl_kernel_ProductOperands__columns(this, row) + 4) - 1) / 4));
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
int org_aparanet_engine_opencl_kernel_BlockProduct__ownBlock(This *this, int row, int workUnit, int sharers, int across){
   int block = (workUnit * (128 / sharers)) + (get_local_id(0) / sharers);
   if (this->passes[(row + 64)]>0){
      block = workUnit + ((get_local_id(0) / sharers) * across);
   }
   return(block);
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
         org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__loadLeft(this, this->passes[(row + 34)], base, firstRow, lastRow, stride, tileRows);
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
               org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__loadRight(this, this->passes[(row + 36)], (offsets + from), itemsAcross, base0, seen0, base1, seen1);
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
         int target = org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__target(this, row, 0, column);
         for (int r = sharer; r<rows; r = r + sharers){
            {
               int at = (r * 4) * 128;
               org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__storePooled(this, row, (m + r), target, org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, at, sharers), org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, (at + 128), sharers), org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, (at + 256), sharers), org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, (at + 384), sharers));
            }
         }
      } else {
         int c = sharer / rows;
         int r = sharer % rows;
         for (int target = org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__target(this, row, chunk, (column + (c * step))); c<4; ){
            float sum = org_aparanet_engine_opencl_kernel_MatrixProduct__sharedSum(this, (((r * 4) + c) * 128), sharers);
            org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__store(this, row, (m + r), (column + (c * step)), target, sum);
            r = r + sharers;
            
            if (r>=rows){
               c = c + (r / rows);
               r = r % rows;
               target = org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__target(this, row, chunk, (column + (c * step)));
            }
         }
      }
   }
   return;
}
void org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__computeGroup(This *this, int row, int workUnit){
   if (this->passes[(row + 28)]==0){
      org_aparanet_engine_opencl_kernel_BlockProduct__filterBlock(this, this->dOutput, this->input, row, workUnit);
   } else {
      org_aparanet_engine_opencl_kernel_TileProduct__tile(this, row, workUnit);
   }
   return;
}
int org_aparanet_engine_opencl_kernel_MatrixProduct__ownWorkUnit(This *this, int firstRow, int workUnit){
   int row = firstRow;
   int own = workUnit;
   int workUnits = org_aparanet_engine_opencl_kernel_MatrixProduct__workUnits(this, row);
   for (; own>=workUnits; workUnits = org_aparanet_engine_opencl_kernel_MatrixProduct__workUnits(this, row)){
      own = own - workUnits;
      row+=66;
   }
   return(own);
}
int org_aparanet_engine_opencl_kernel_MatrixProduct__ownRow(This *this, int firstRow, int workUnit, int link){
   int row = firstRow + (link * 66);
   int rest = workUnit - org_aparanet_engine_opencl_kernel_MatrixProduct__workUnits(this, row);
   for (; rest>=0; rest = rest - org_aparanet_engine_opencl_kernel_MatrixProduct__workUnits(this, row)){
      row+=66;
   }
   return(row);
}
int org_aparanet_engine_opencl_kernel_MatrixProduct__workUnitsOfPass(This *this, int firstRow){
   int row = firstRow;
   int workUnits = org_aparanet_engine_opencl_kernel_MatrixProduct__workUnits(this, row);
   for (; this->passes[(row + 33)]==1 && this->passes[(firstRow + 64)]==0; workUnits = workUnits + org_aparanet_engine_opencl_kernel_MatrixProduct__workUnits(this, row)){
      row+=66;
   }
   return(workUnits);
}
void org_aparanet_engine_opencl_kernel_MatrixProduct__products(This *this, int row){
   int workUnits = org_aparanet_engine_opencl_kernel_MatrixProduct__workUnitsOfPass(this, row);
   for (int workUnit = get_group_id(0); workUnit<workUnits; workUnit = workUnit + get_num_groups(0)){
      {
         int own = org_aparanet_engine_opencl_kernel_MatrixProduct__ownRow(this, row, workUnit, 0);
         int workUnitOfRow = org_aparanet_engine_opencl_kernel_MatrixProduct__ownWorkUnit(this, row, workUnit);
         org_aparanet_engine_opencl_kernel_ConvolutionBackwardFilter__computeGroup(this, own, workUnitOfRow);
         barrier(CLK_LOCAL_MEM_FENCE);
         org_aparanet_engine_opencl_kernel_MatrixProduct__storeSums(this, own, workUnitOfRow);
         barrier(CLK_LOCAL_MEM_FENCE);
      }
   }
   return;
}
__kernel void run(
   __global int *passes, 
   __global float *input, 
   int batch, 
   __local float *slab, 
   __global float *partials, 
   __local float *leftSlab, 
   __global float *dOutput, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->passes = passes;
   this->input = input;
   this->batch = batch;
   this->slab = slab;
   this->partials = partials;
   this->leftSlab = leftSlab;
   this->dOutput = dOutput;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_MatrixProduct__products(this, 0);
      return;
   }
}
