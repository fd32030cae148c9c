#include "geometry.h"

/* Half of a first-level cache: the other half is for weights and results. */
enum { SCRATCH_BYTES = 24 << 10 };

int st_f32_depthwise_is_direct(const st_f32_depthwise *d) {
  return d->kernel_height == 3 && d->kernel_width == 3 && d->dilation_height == 1 &&
         d->dilation_width == 1 && d->stride_width <= 2 && d->multiplier == 1;
}

int st_f32_depthwise_scratch_rows(const st_f32_depthwise *d, int vector_width) {
  const long row = (long)padded_width(d) * vector_width * 4;
  const long fitting = SCRATCH_BYTES / row - window_height(d);
  return fitting > 0 ? (int)(fitting / d->stride_height) + 1 : 1;
}

size_t st_f32_depthwise_scratch_count(const st_f32_depthwise *d, int vector_width) {
  if (st_f32_depthwise_is_direct(d)) return 0;
  const size_t rows = st_f32_depthwise_scratch_rows(d, vector_width) - 1;
  return (rows * d->stride_height + window_height(d)) * padded_width(d) * vector_width;
}

void st_f32_depthwise_pack(
    int vector_width, int taps, int channels, const float *weights, float *packed) {
  const int vectors = (channels + vector_width - 1) / vector_width;
  memset(packed, 0, (size_t)vectors * taps * vector_width * 4);
  for (int v = 0; v < vectors; v++) {
    const int count = st_smaller(channels - v * vector_width, vector_width);
    for (int k = 0; k < taps; k++) {
      memcpy(
          packed + ((size_t)v * taps + k) * vector_width,
          weights + (size_t)k * channels + v * vector_width, (size_t)count * 4);
    }
  }
}
