/*
 * The loops, written once. Each instruction set's file includes this with its own SUFFIX and TARGET,
 * and the compiler vectorises them for it.
 */
#include "../common/u8_output_scalar.h"
#include "u8_elementwise.h"

#define JOIN_(name, suffix) name##__##suffix
#define JOIN(name, suffix) JOIN_(name, suffix)
#define KERNEL(name) TARGET void JOIN(name, SUFFIX)

ST_INLINE uint8_t sum_of(int32_t x, int32_t y, const st_u8_sum_terms *t) {
  const uint32_t sum = (uint32_t)t->bias + (uint32_t)x * (uint32_t)t->a_factor +
                       (uint32_t)y * (uint32_t)t->b_factor;
  int32_t steps = ((int32_t)sum >> t->shift) + t->zero_point;
  steps = steps < t->lowest ? t->lowest : steps;
  steps = steps > t->highest ? t->highest : steps;
  return (uint8_t)(steps ^ t->flip);
}

KERNEL(st_u8_sum)(const uint8_t *a, ptrdiff_t a_step, const uint8_t *b, ptrdiff_t b_step,
                  uint8_t *y, ptrdiff_t count, const st_u8_sum_terms *terms) {
  const st_u8_sum_terms t = *terms;
  if (a_step && b_step) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = sum_of(a[i] ^ t.flip, b[i] ^ t.flip, &t);
  } else if (count > 0 && a_step) {
    const int32_t constant = *b ^ t.flip;
    for (ptrdiff_t i = 0; i < count; i++) y[i] = sum_of(a[i] ^ t.flip, constant, &t);
  } else if (count > 0) {
    const int32_t constant = *a ^ t.flip;
    for (ptrdiff_t i = 0; i < count; i++)
      y[i] = sum_of(constant, b[b_step ? i : 0] ^ t.flip, &t);
  }
}

ST_INLINE uint8_t product_of(int32_t x, int32_t y, const st_u8_product_terms *t) {
  return st_u8_byte(((x ^ t->input_flip) - t->a_zero_point) *
                        ((y ^ t->input_flip) - t->b_zero_point),
                    t->scale, &t->output);
}

KERNEL(st_u8_product)(const uint8_t *a, ptrdiff_t a_step, const uint8_t *b, ptrdiff_t b_step,
                      uint8_t *y, ptrdiff_t count, const st_u8_product_terms *terms) {
  const st_u8_product_terms t = *terms;
  if (a_step && b_step) {
    for (ptrdiff_t i = 0; i < count; i++) y[i] = product_of(a[i], b[i], &t);
  } else if (count > 0 && a_step) {
    const uint8_t constant = *b;
    for (ptrdiff_t i = 0; i < count; i++) y[i] = product_of(a[i], constant, &t);
  } else if (count > 0) {
    const uint8_t constant = *a;
    for (ptrdiff_t i = 0; i < count; i++) y[i] = product_of(constant, b[b_step ? i : 0], &t);
  }
}

KERNEL(st_u8_quantize)(const float *x, float scale, uint8_t *y, ptrdiff_t count,
                       const st_u8_output *output) {
  const st_u8_output o = *output;
  for (ptrdiff_t i = 0; i < count; i++) {
    float steps = x[i] * scale;
    steps = steps < o.highest_step ? steps : o.highest_step;
    steps = steps > o.lowest_step ? steps : o.lowest_step;
    y[i] = (uint8_t)((st_round_to_even(steps) + o.zero_point) ^ o.flip);
  }
}

KERNEL(st_u8_dequantize)(const uint8_t *x, uint8_t flip, int32_t zero_point, float scale, float *y,
                         ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] = (float)((x[i] ^ flip) - zero_point) * scale;
}

KERNEL(st_u8_interpolate)(const uint8_t *const corners[4], int32_t horizontal, int32_t vertical,
                          uint8_t flip, uint8_t *y, ptrdiff_t count) {
  const uint8_t *top_left = corners[0], *top_right = corners[1];
  const uint8_t *bottom_left = corners[2], *bottom_right = corners[3];
  for (ptrdiff_t i = 0; i < count; i++) {
    const int32_t a = top_left[i] ^ flip, b = top_right[i] ^ flip;
    const int32_t c = bottom_left[i] ^ flip, d = bottom_right[i] ^ flip;
    const int32_t top = a * 2048 + (b - a) * horizontal;
    const int32_t bottom = c * 2048 + (d - c) * horizontal;
    const int32_t sum = top * 2048 + (bottom - top) * vertical;
    y[i] = (uint8_t)(((sum + (1 << 21)) >> 22) ^ flip);
  }
}

KERNEL(st_u8_maximum)(const uint8_t *x, uint8_t flip, uint8_t *y, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const uint8_t v = x[i] ^ flip, w = y[i] ^ flip;
    y[i] = (v > w ? v : w) ^ flip;
  }
}

KERNEL(st_u8_accumulate)(const uint8_t *x, uint8_t flip, int32_t *sums, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) sums[i] += x[i] ^ flip;
}
