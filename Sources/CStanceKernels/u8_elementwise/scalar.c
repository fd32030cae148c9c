#define SUFFIX scalar
#define TARGET
#include "bodies.h"

void st_u8_lookup__scalar(const uint8_t *x, const uint8_t *table, uint8_t *y, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] = table[x[i]];
}
