#include <png.h>
#include <zlib.h> /* what libpng itself inflates with */
