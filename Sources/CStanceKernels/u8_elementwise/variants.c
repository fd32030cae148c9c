#include "../common/attributes.h"
#include "u8_elementwise.h"

#define DECLARE(set, suffix, architecture)                                              \
  st_u8_sum st_u8_sum__##suffix;                                                        \
  st_u8_product st_u8_product__##suffix;                                                \
  st_u8_quantize st_u8_quantize__##suffix;                                              \
  st_u8_dequantize st_u8_dequantize__##suffix;                                          \
  st_u8_interpolate st_u8_interpolate__##suffix;                                        \
  st_u8_maximum st_u8_maximum__##suffix;                                                \
  st_u8_accumulate st_u8_accumulate__##suffix;                                          \
  st_u8_lookup st_u8_lookup__##suffix;                                                  \
  st_u8_extremum st_u8_extremum__##suffix;
#define ROW(set, suffix, architecture)                                                  \
  {set,                                                                                 \
   architecture(st_u8_sum__##suffix),                                                   \
   architecture(st_u8_product__##suffix),                                               \
   architecture(st_u8_quantize__##suffix),                                              \
   architecture(st_u8_dequantize__##suffix),                                            \
   architecture(st_u8_interpolate__##suffix),                                           \
   architecture(st_u8_maximum__##suffix),                                               \
   architecture(st_u8_accumulate__##suffix),                                            \
   architecture(st_u8_lookup__##suffix),                                                \
   architecture(st_u8_extremum__##suffix)},
ST_U8_ELEMENTWISE_VARIANTS(DECLARE)

static const st_u8_elementwise_variant variants[] = {ST_U8_ELEMENTWISE_VARIANTS(ROW)};

const st_u8_elementwise_variant *st_u8_elementwise_variants(int32_t *count) {
  *count = (int32_t)(sizeof variants / sizeof *variants);
  return variants;
}
