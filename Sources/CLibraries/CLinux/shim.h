#include <sys/statvfs.h> /* statvfs, which the module Glibc leaves out */
