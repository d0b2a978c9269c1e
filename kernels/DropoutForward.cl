typedef struct This_s{
   __global float *input;
   __global float *output;
   __global int *keys;
   __global int *passes;
   int batch;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
}
int org_aparanet_model_DropoutMask__hash(int key, int element){
   int mixed = (element * -1640531535) ^ key;
   mixed = (mixed ^ (((unsigned int)mixed) >> 16)) * -2048144789;
   mixed = (mixed ^ (((unsigned int)mixed) >> 13)) * -1028477387;
   return((mixed ^ (((unsigned int)mixed) >> 16)));
}
float org_aparanet_engine_opencl_kernel_DropoutForward__dropoutFactor( __global int* passes, int row, int key, int element){
   float factor = 0.0f;
   if (org_aparanet_model_DropoutMask__hash(key, element)>=passes[(row + 56)]){
      factor = 1.6777216E7f / (float)passes[(row + 57)];
   }
   return(factor);
}
void org_aparanet_engine_opencl_kernel_DropoutForward__dropoutForward( __global float* input,  __global float* output,  __global int* keys,  __global int* passes, int row, int batch, int item, int items){
   int count = ((batch * passes[(row + 1)]) * passes[(row + 2)]) * passes[(row + 3)];
   int key = keys[passes[(row + 50)]];
   for (int element = item; element<count; element = element + items){
      output[passes[(row + 12)] + element]  = input[(passes[(row + 11)] + element)] * org_aparanet_engine_opencl_kernel_DropoutForward__dropoutFactor(passes, row, key, element);
   }
   return;
}
__kernel void run(
   __global float *input, 
   __global float *output, 
   __global int *keys, 
   __global int *passes, 
   int batch, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->input = input;
   this->output = output;
   this->keys = keys;
   this->passes = passes;
   this->batch = batch;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_DropoutForward__dropoutForward(this->input, this->output, this->keys, this->passes, 0, this->batch, get_global_id(0), get_global_size(0));
      return;
   }
}
