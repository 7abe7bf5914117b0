#include <sys/signalfd.h> /* signalfd, which the module Glibc leaves out */
#include <sys/statvfs.h> /* statvfs, which the module Glibc leaves out */
