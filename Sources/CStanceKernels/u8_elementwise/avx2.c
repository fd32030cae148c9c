#if defined(__x86_64__)
#define SUFFIX avx2
#define TARGET ST_TARGET_AVX2
#include "bodies.h"
#endif
