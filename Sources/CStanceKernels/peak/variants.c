#include "peak.h"

#include "../common/attributes.h"

#define DECLARE(function, type, set, architecture, multiply_adds) st_peak function;
ST_PEAK_VARIANTS(DECLARE)

#define ROW(function, type, set, architecture, multiply_adds) \
  {type, set, architecture(function), multiply_adds},
static const st_peak_variant variants[] = {ST_PEAK_VARIANTS(ROW)};

const st_peak_variant *st_peak_variants(int32_t *count) {
  *count = (int32_t)(sizeof variants / sizeof *variants);
  return variants;
}
