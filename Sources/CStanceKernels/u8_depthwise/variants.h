#include "u8_depthwise.h"

#define DECLARE(function, ...) st_u8_depthwise_run function;
ST_U8_DEPTHWISE_VARIANTS(DECLARE)
#undef DECLARE

st_u8_depthwise_3x3 st_u8_depthwise_3x3__avx512vnni_64, st_u8_depthwise_3x3_flat__avx512vnni_64;
