typedef struct This_s{
   __global char  *images;
   __global int *indices;
   __global float *output;
   int size;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
void org_aparanet_engine_opencl_GatherImages__gatherImages( __global char* images,  __global int* indices,  __global float* output, int size, int batch, int item, int items){
   for (int element = item; element<(batch * size); element = element + items){
      output[element]  = (float)(images[((indices[(element / size)] * size) + (element % size))] & 255) / 255.0f;
   }
   return;
}
__kernel void run(
   __global char  *images, 
   __global int *indices, 
   __global float *output, 
   int size, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->images = images;
   this->indices = indices;
   this->output = output;
   this->size = size;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_GatherImages__gatherImages(this->images, this->indices, this->output, this->size, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
