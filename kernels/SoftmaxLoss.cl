typedef struct This_s{
   float smoothing;
   int batch;
   __global float *logits;
   __global float *dLogits;
   __global float *losses;
   int classes;
   __global int *labels;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
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
__kernel void run(
   float smoothing, 
   int batch, 
   __global float *logits, 
   __global float *dLogits, 
   __global float *losses, 
   int classes, 
   __global int *labels, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->smoothing = smoothing;
   this->batch = batch;
   this->logits = logits;
   this->dLogits = dLogits;
   this->losses = losses;
   this->classes = classes;
   this->labels = labels;
   this->passid = passid;
   {
      for (int image = get_global_id(0); image<this->batch; image = image + get_global_size(0)){
         org_aparanet_engine_opencl_kernel_SoftmaxFunctions__softmaxLoss(this, this->logits, this->dLogits, this->losses, this->classes, (image * this->classes), this->labels[image], this->batch, image, (this->batch + image));
      }
      return;
   }
}
