#if defined(__x86_64__)
#define SUFFIX avx512
#define TARGET ST_TARGET_AVX512
#include "bodies.h"
#endif
