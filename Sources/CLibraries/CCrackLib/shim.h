#include <stddef.h> /* crack.h uses size_t without saying so */
#include <crack.h>
