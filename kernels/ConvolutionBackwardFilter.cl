typedef struct This_s{
   __global int *passes;
   __global float *maxima;
   __global float *input;
   int batch;
   __global float *dOutput;
   __local float *slab;
   __local float *leftSlab;
   __global float *partials;
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
int org_aparanet_engine_opencl_ConvolutionBackwardFilter__taps( __global int* passes, int row){
   return(((passes[(row + 1)] * passes[(row + 7)]) * passes[(row + 8)]));
}
int org_aparanet_engine_opencl_ConvolutionBackwardFilter__largest(This *this, int index){
   return((int)this->maxima[index]);
}
float org_aparanet_engine_opencl_ConvolutionBackwardFilter__rightElement(This *this, int source, int index){
   return(this->input[index]);
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
float org_aparanet_engine_opencl_ConvolutionBackwardFilter__leftElement(This *this, int source, int index){
   return(this->dOutput[index]);
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
int org_aparanet_engine_opencl_ProductOperands__columns(This *this, int row){
   int columns = this->passes[(row + 22)];
   if (this->passes[(row + 0)]!=2){
      columns = columns * this->batch;
   }
   return(columns);
}
int org_aparanet_engine_opencl_BlockProduct__blockRows(This *this, int row){
   int rows = 8;
   if (this->passes[(row + 0)]==2){
      rows = 4;
   }
   return(rows);
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
            value = org_aparanet_engine_opencl_ConvolutionBackwardFilter__rightElement(this, source, index);
            if (corner>=0 && org_aparanet_engine_opencl_ConvolutionBackwardFilter__largest(this, (index + toMaxima))!=corner){
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
            value = org_aparanet_engine_opencl_ConvolutionBackwardFilter__rightElement(this, 1, ((base + ((((tap >> (2 * bits)) * height) + y) * width)) + x));
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
            value = org_aparanet_engine_opencl_ConvolutionBackwardFilter__leftElement(this, source, index);
            if (corner>=0 && org_aparanet_engine_opencl_ConvolutionBackwardFilter__largest(this, (index + toMaxima))!=corner){
               value = 0.0f;
            }
         }
         this->leftSlab[at + m]  = value;
      }
   }
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
float org_aparanet_engine_opencl_ProductOperands__right(This *this, int source, int line, int x, int width, int corner, int toMaxima){
   float value = 0.0f;
   if (line==-2){
      value = 1.0f;
   }
   if (line>=0 && x>=0 && x<width){
      value = org_aparanet_engine_opencl_ConvolutionBackwardFilter__rightElement(this, source, (line + x));
      if (corner>=0 && org_aparanet_engine_opencl_ConvolutionBackwardFilter__largest(this, ((line + x) + toMaxima))!=corner){
         value = 0.0f;
      }
   }
   return(value);
}
float org_aparanet_engine_opencl_ProductOperands__left(This *this, int source, int index, int corner, int toMaxima){
   float value = 0.0f;
   if (index>=0){
      value = org_aparanet_engine_opencl_ConvolutionBackwardFilter__leftElement(this, source, index);
      if (corner>=0 && org_aparanet_engine_opencl_ConvolutionBackwardFilter__largest(this, (index + toMaxima))!=corner){
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
int org_aparanet_engine_opencl_BlockProduct__blocksDown(This *this, int row){
   return((((this->passes[(row + 21)] + org_aparanet_engine_opencl_BlockProduct__blockRows(this, row)) - 1) / org_aparanet_engine_opencl_BlockProduct__blockRows(this, row)));
}
int org_aparanet_engine_opencl_BlockProduct__blocksAcross(This *this, int row){
   return((((org_aparanet_engine_opencl_ProductOperands__columns(this, row) + 4) - 1) / 4));
}
int org_aparanet_engine_opencl_ConvolutionBackwardFilter__target(This *this, int row, int chunk, int column){
   return(org_aparanet_engine_opencl_ConvolutionBackwardFilter__partialTarget(this->passes, row, chunk, column));
}
void org_aparanet_engine_opencl_ConvolutionBackwardFilter__store(This *this, int row, int m, int column, int target, float sum){
   org_aparanet_engine_opencl_ConvolutionBackwardFilter__storePartial(this->partials, this->passes, row, m, column, target, sum);
   return;
}
void org_aparanet_engine_opencl_ConvolutionBackwardFilter__storePooled(This *this, int row, int m, int target, float s0, float s1, float s2, float s3){
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
         int target = org_aparanet_engine_opencl_ConvolutionBackwardFilter__target(this, row, 0, column);
         for (int r = 0; r<rows; r++){
            {
               int at = item + ((r * 4) * 128);
               org_aparanet_engine_opencl_ConvolutionBackwardFilter__storePooled(this, row, (m + r), target, this->slab[at], this->slab[(at + 128)], this->slab[(at + 256)], this->slab[(at + 384)]);
            }
         }
      } else {
         int c = sharer / rows;
         int r = sharer % rows;
         for (int target = org_aparanet_engine_opencl_ConvolutionBackwardFilter__target(this, row, chunk, (column + (c * step))); c<4; ){
            float sum = 0.0f;
            int at = ((((r * 4) + c) * 128) + item) - sharer;
            for (int i = 0; i<sharers; i++){
               sum = sum + this->slab[(at + ((i + sharer) & (sharers - 1)))];
            }
            org_aparanet_engine_opencl_ConvolutionBackwardFilter__store(this, row, (m + r), (column + (c * step)), target, sum);
            r = r + sharers;
            
            if (r>=rows){
               c = c + (r / rows);
               r = r % rows;
               target = org_aparanet_engine_opencl_ConvolutionBackwardFilter__target(this, row, chunk, (column + (c * step)));
            }
         }
      }
   }
   return;
}
void org_aparanet_engine_opencl_ConvolutionBackwardFilter__part(This *this, int row, int unit){
   if (this->passes[(row + 28)]==0){
      org_aparanet_engine_opencl_BlockProduct__filterBlock(this, row, unit);
   } else {
      org_aparanet_engine_opencl_TileProduct__tile(this, row, unit);
   }
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
void org_aparanet_engine_opencl_MatrixProduct__products(This *this, int row){
   int first = org_aparanet_engine_opencl_MatrixProduct__units(this, row);
   int all = first;
   if (this->passes[(row + 33)]==1){
      all = all + org_aparanet_engine_opencl_MatrixProduct__units(this, (row + 59));
   }
   for (int unit = get_group_id(0); unit<all; unit = unit + get_num_groups(0)){
      {
         int own = row;
         int unitOfOwn = unit;
         if (unit>=first){
            own = row + 59;
            unitOfOwn = unit - first;
         }
         org_aparanet_engine_opencl_ConvolutionBackwardFilter__part(this, own, unitOfOwn);
         barrier(CLK_LOCAL_MEM_FENCE);
         org_aparanet_engine_opencl_MatrixProduct__storeSums(this, own, unitOfOwn);
         barrier(CLK_LOCAL_MEM_FENCE);
      }
   }
   return;
}
__kernel void run(
   __global int *passes, 
   __global float *maxima, 
   __global float *input, 
   int batch, 
   __global float *dOutput, 
   __local float *slab, 
   __local float *leftSlab, 
   __global float *partials, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->passes = passes;
   this->maxima = maxima;
   this->input = input;
   this->batch = batch;
   this->dOutput = dOutput;
   this->slab = slab;
   this->leftSlab = leftSlab;
   this->partials = partials;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_MatrixProduct__products(this, 0);
      return;
   }
}
