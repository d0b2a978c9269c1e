typedef struct This_s{
   __global char  *images0;
   __global char  *images1;
   __global char  *images2;
   __global char  *images3;
   __global char  *staged;
   __global int *indices;
   __global float *normalization;
   __global float *output;
   int chunkImages;
   int size;
   int plane;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
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
__kernel void run(
   __global char  *images0, 
   __global char  *images1, 
   __global char  *images2, 
   __global char  *images3, 
   __global char  *staged, 
   __global int *indices, 
   __global float *normalization, 
   __global float *output, 
   int chunkImages, 
   int size, 
   int plane, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->images0 = images0;
   this->images1 = images1;
   this->images2 = images2;
   this->images3 = images3;
   this->staged = staged;
   this->indices = indices;
   this->normalization = normalization;
   this->output = output;
   this->chunkImages = chunkImages;
   this->size = size;
   this->plane = plane;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_GatherImages__gatherImages(this->images0, this->images1, this->images2, this->images3, this->staged, this->indices, this->normalization, this->output, this->chunkImages, this->size, this->plane, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
