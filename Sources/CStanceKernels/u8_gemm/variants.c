#include "u8_gemm.h"

#include "../common/attributes.h"
#include "variants.h"

#define ROW(function, set, architecture, widening, lanes, registers, rows, step, is_signed) \
  {#function, set, architecture(function), ROW_##architecture(widening), lanes, registers, rows, \
   step, is_signed},
#define ROW_(function) function
#define ROW_ST_X86_64(function) ST_X86_64(function)
#define ROW_ST_ARM64(function) ST_ARM64(function)

static const st_u8_gemm_variant variants[] = {ST_U8_GEMM_VARIANTS(ROW)};

const st_u8_gemm_variant *st_u8_gemm_variants(int32_t *count) {
  *count = (int32_t)(sizeof variants / sizeof *variants);
  return variants;
}
