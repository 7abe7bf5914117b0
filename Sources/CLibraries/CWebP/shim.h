#include <malloc.h> /* malloc_trim, which the module Glibc leaves out */
#include <webp/decode.h>
#include <webp/encode.h>
