typedef struct This_s{
   __global int *passes;
   __global float *maxima;
   __global float *dOutput;
   int batch;
   __global float *parameters;
   __local float *slab;
   __local float *leftSlab;
   __global float *input;
   __global float *dInput;
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
int org_aparanet_engine_opencl_ConvolutionBackwardData__largest(This *this, int index){
   return((int)this->maxima[index]);
}
float org_aparanet_engine_opencl_ConvolutionBackwardData__rightElement(This *this, int source, int index){
   return(this->dOutput[index]);
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
float org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(This *this, int source, int index){
   return(this->parameters[index]);
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
int org_aparanet_engine_opencl_ConvolutionBackwardData__inputTarget( __global int* passes, int row, int columns, int position){
   int target = -1;
   if (position<columns){
      int plane = passes[(row + 22)];
      target = (passes[(row + 11)] + (((position / plane) * passes[(row + 1)]) * plane)) + (position % plane);
   }
   return(target);
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
int org_aparanet_engine_opencl_BlockProduct__blockRows(This *this, int row){
   int rows = 8;
   if (this->passes[(row + 0)]==2){
      rows = 4;
   }
   return(rows);
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
            value = org_aparanet_engine_opencl_ConvolutionBackwardData__rightElement(this, source, index);
            if (corner>=0 && org_aparanet_engine_opencl_ConvolutionBackwardData__largest(this, (index + toMaxima))!=corner){
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
            value = org_aparanet_engine_opencl_ConvolutionBackwardData__rightElement(this, 1, ((base + ((((tap >> (2 * bits)) * height) + y) * width)) + x));
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
            value = org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(this, source, index);
            if (corner>=0 && org_aparanet_engine_opencl_ConvolutionBackwardData__largest(this, (index + toMaxima))!=corner){
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
      value = org_aparanet_engine_opencl_ConvolutionBackwardData__rightElement(this, source, (line + x));
      if (corner>=0 && org_aparanet_engine_opencl_ConvolutionBackwardData__largest(this, ((line + x) + toMaxima))!=corner){
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
int org_aparanet_engine_opencl_BlockProduct__blocksAcross(This *this, int row){
   return((((org_aparanet_engine_opencl_ProductOperands__columns(this, row) + 4) - 1) / 4));
}
int org_aparanet_engine_opencl_ConvolutionBackwardData__target(This *this, int row, int chunk, int column){
   return(org_aparanet_engine_opencl_ConvolutionBackwardData__inputTarget(this->passes, row, org_aparanet_engine_opencl_ProductOperands__columns(this, row), column));
}
void org_aparanet_engine_opencl_ConvolutionBackwardData__store(This *this, int row, int m, int column, int target, float sum){
   org_aparanet_engine_opencl_ConvolutionBackwardData__storeInputGradient(this->input, this->dInput, this->passes, row, m, target, sum);
   return;
}
void org_aparanet_engine_opencl_ConvolutionBackwardData__storePooled(This *this, int row, int m, int target, float s0, float s1, float s2, float s3){
   return;
}
int org_aparanet_engine_opencl_BlockProduct__blocksDown(This *this, int row){
   return((((this->passes[(row + 21)] + org_aparanet_engine_opencl_BlockProduct__blockRows(this, row)) - 1) / org_aparanet_engine_opencl_BlockProduct__blockRows(this, row)));
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
               float a0 = org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(this, 0, (w0 + w));
               float a1 = org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(this, 0, (w1 + w));
               float a2 = org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(this, 0, (w2 + w));
               float a3 = org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(this, 0, (w3 + w));
               float a4 = org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(this, 0, (w4 + w));
               float a5 = org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(this, 0, (w5 + w));
               float a6 = org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(this, 0, (w6 + w));
               float a7 = org_aparanet_engine_opencl_ConvolutionBackwardData__leftElement(this, 0, (w7 + w));
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
         int target = org_aparanet_engine_opencl_ConvolutionBackwardData__target(this, row, 0, column);
         for (int r = 0; r<rows; r++){
            {
               int at = item + ((r * 4) * 128);
               org_aparanet_engine_opencl_ConvolutionBackwardData__storePooled(this, row, (m + r), target, this->slab[at], this->slab[(at + 128)], this->slab[(at + 256)], this->slab[(at + 384)]);
            }
         }
      } else {
         int c = sharer / rows;
         int r = sharer % rows;
         for (int target = org_aparanet_engine_opencl_ConvolutionBackwardData__target(this, row, chunk, (column + (c * step))); c<4; ){
            float sum = 0.0f;
            int at = ((((r * 4) + c) * 128) + item) - sharer;
            for (int i = 0; i<sharers; i++){
               sum = sum + this->slab[(at + ((i + sharer) & (sharers - 1)))];
            }
            org_aparanet_engine_opencl_ConvolutionBackwardData__store(this, row, (m + r), (column + (c * step)), target, sum);
            r = r + sharers;
            
            if (r>=rows){
               c = c + (r / rows);
               r = r % rows;
               target = org_aparanet_engine_opencl_ConvolutionBackwardData__target(this, row, chunk, (column + (c * step)));
            }
         }
      }
   }
   return;
}
void org_aparanet_engine_opencl_ConvolutionBackwardData__part(This *this, int row, int unit){
   if (this->passes[(row + 28)]==0){
      org_aparanet_engine_opencl_BlockProduct__positionBlock(this, row, unit);
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
         org_aparanet_engine_opencl_ConvolutionBackwardData__part(this, own, unitOfOwn);
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
   __global float *dOutput, 
   int batch, 
   __global float *parameters, 
   __local float *slab, 
   __local float *leftSlab, 
   __global float *input, 
   __global float *dInput, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->passes = passes;
   this->maxima = maxima;
   this->dOutput = dOutput;
   this->batch = batch;
   this->parameters = parameters;
   this->slab = slab;
   this->leftSlab = leftSlab;
   this->input = input;
   this->dInput = dInput;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_MatrixProduct__products(this, 0);
      return;
   }
}
