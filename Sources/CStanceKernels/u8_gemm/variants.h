#include "u8_gemm.h"

#define DECLARE(function, ...) st_u8_gemm function;
ST_U8_GEMM_VARIANTS(DECLARE)
#undef DECLARE

st_u8_widen st_u8_widen__scalar, st_u8_widen__avx2, st_u8_widen__neon;
