/* st_f32_to_planes and st_f32_from_planes for one instruction set. Included behind one of vectors/. */
#include "../f32/activation.h"
#include "../vectors/transpose.h"
#include "f32_sparse.h"

VF void transposed_block(
    const st_f32_to_planes *t, const float *from, int m, int c, vf block[VF_WIDTH]) {
  const int pixels = t->pixels - m, channels = t->channels - c;
  if (pixels >= VF_WIDTH && channels >= VF_WIDTH) {
    ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) block[i] = vf_load(from + i * t->x_stride);
  } else {
    const int count = st_smaller(channels, VF_WIDTH);
    ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) {
      block[i] = i < pixels ? vf_load_first(from + i * t->x_stride, count) : vf_zero();
    }
  }
  vf_transpose(block);
}

ST_TARGET void ST_VARIANT(st_f32_to_planes)(const st_f32_to_planes *t) {
  const int end = t->pixels + t->zeros;
  for (int c = 0; c < t->channels; c += VF_WIDTH) {
    const int count = st_smaller(t->channels - c, VF_WIDTH);
    for (int m = 0; m < end; m += VF_WIDTH) {
      float *to = t->planes + c * t->plane + m;
      vf block[VF_WIDTH];
      if (m < t->pixels) {
        transposed_block(t, t->x + m * t->x_stride + c, m, c, block);
      } else {
        ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) block[i] = vf_zero();
      }
      if (count == VF_WIDTH) {
        ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) vf_store(to + i * t->plane, block[i]);
      } else {
        ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) {
          if (i < count) vf_store(to + i * t->plane, block[i]);
        }
      }
    }
  }
}

/* One pixel's channels c..<c + count. */
VF void pixel_from_planes(const st_f32_from_planes *t, ptrdiff_t pixel, int c, int count, vf sum) {
  float *y = t->y + pixel * t->y_stride + c;
  const float *addend = t->addend ? t->addend + pixel * t->addend_stride + c : NULL;
  const int is_full = count == VF_WIDTH;
  vf result = vf_activate(sum, &t->before, c);
  if (addend) result = vf_add(result, is_full ? vf_load(addend) : vf_load_first(addend, count));
  result = vf_activate(result, &t->after, c);
  if (is_full) vf_store(y, result);
  else vf_store_first(y, result, count);
}

ST_TARGET void ST_VARIANT(st_f32_from_planes)(const st_f32_from_planes *t) {
  for (int m = 0; m < t->pixels; m += VF_WIDTH) {
    const int pixels = st_smaller(t->pixels - m, VF_WIDTH);
    for (int c = 0; c < t->channels; c += VF_WIDTH) {
      const int count = st_smaller(t->channels - c, VF_WIDTH);
      const float *from = t->planes + c * t->plane + m;
      vf block[VF_WIDTH];
      ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) {
        block[i] = i < count ? vf_load(from + i * t->plane) : vf_zero();
      }
      vf_transpose(block);
      ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) {
        if (i < pixels) pixel_from_planes(t, m + i, c, count, block[i]);
      }
    }
  }
}
