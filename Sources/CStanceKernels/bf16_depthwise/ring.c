#include "ring.h"

int st_bf16_depthwise_period(int vector_width, int channels, int multiplier, int stride_width) {
  /* Pixels must lie side by side, as those of an odd number of channels may not. */
  if (multiplier != 1 || stride_width != 1 || channels % 2) return 0;
  if (channels < 1 || channels >= vector_width) return 0;
  const int lanes = 2 * vector_width;
  int period = lanes;
  while (period % channels && period < 3 * lanes) period += lanes;
  return period % channels == 0 ? period : 0;
}

size_t st_bf16_depthwise_scratch_count(const st_bf16_depthwise *d, int vector_width) {
  return (size_t)ring_rows(d) * ring_row_length(d, vector_width);
}
