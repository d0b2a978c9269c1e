typedef struct This_s{
   __global float *squares;
   int passid;
}This;
int get_pass_id(This *this){
   return this->passid;
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
__kernel void run(
   __global float *squares, 
   int passid
){
   This thisStruct;
   This* this=&thisStruct;
   this->squares = squares;
   this->passid = passid;
   {
      org_aparanet_engine_opencl_kernel_UpdateFunctions__squareSums(this, get_global_id(0), get_global_size(0));
      return;
   }
}
