#include "u8_gemm.h"

static int32_t value(const st_u8_gemm_source *s, int32_t column, int32_t segment, int32_t k) {
  const ptrdiff_t row = (ptrdiff_t)s->segment_count * s->segment_length;
  const uint8_t w = s->weights[column * row + (ptrdiff_t)segment * s->segment_length + k];
  return (w ^ s->weight_flip) - s->weight_zero_point;
}

static int32_t clamped(int32_t v) { return v < -128 ? -128 : v > 127 ? 127 : v; }

static int32_t steps(const st_u8_gemm_source *s) {
  return (s->segment_length + s->step - 1) / s->step;
}

/* Whether a step holds a value beyond int8 in any column. */
static int needs_extra(const st_u8_gemm_source *s, int32_t segment, int32_t step) {
  const int32_t first = step * s->step;
  const int32_t end = first + s->step < s->segment_length ? first + s->step : s->segment_length;
  for (int32_t column = 0; column < s->column_count; column++) {
    for (int32_t k = first; k < end; k++) {
      const int32_t v = value(s, column, segment, k);
      if (v != clamped(v)) return 1;
    }
  }
  return 0;
}

int32_t st_u8_gemm_extra_count(const st_u8_gemm_source *s) {
  int32_t count = 0;
  if (s->is_wide || s->weight_zero_point == 128) return 0;
  for (int32_t segment = 0; segment < s->segment_count; segment++)
    for (int32_t step = 0; step < steps(s); step++) count += needs_extra(s, segment, step);
  return count;
}

/* The elements of one column and step: v clamped to int8, or what clamping takes away. */
static void pack_step(const st_u8_gemm_source *s, int32_t column, int32_t segment, int32_t step,
                      int is_rest, void *weights, ptrdiff_t element) {
  for (int32_t t = 0; t < s->step && step * s->step + t < s->segment_length; t++) {
    const int32_t v = value(s, column, segment, step * s->step + t);
    if (s->is_wide) {
      ((int16_t *)weights)[element + t] = (int16_t)v;
    } else {
      ((int8_t *)weights)[element + t] = (int8_t)(is_rest ? v - clamped(v) : clamped(v));
    }
  }
}

void st_u8_gemm_pack(const st_u8_gemm_source *s, void *weights, int32_t *bias, float *scales,
                     int32_t *extras) {
  const int32_t step_count = steps(s), slots = s->register_count * s->lanes;
  const ptrdiff_t all_steps = (ptrdiff_t)s->segment_count * step_count;
  int32_t extra_count = 0;
  if (!s->is_wide && s->weight_zero_point != 128) {
    for (int32_t segment = 0; segment < s->segment_count; segment++) {
      for (int32_t step = 0; step < step_count; step++) {
        if (!needs_extra(s, segment, step)) continue;
        extras[2 * extra_count] = segment;
        extras[2 * extra_count++ + 1] = step * s->step;
      }
    }
  }
  for (int32_t slot = 0; slot < slots; slot++) {
    const int32_t lane = slot % s->lanes, reg = slot / s->lanes;
    const int32_t column = 4 * (s->register_count * (lane / 4) + reg) + lane % 4;
    bias[slot] = 0;
    scales[slot] = 0;
    if (column >= s->column_count) continue;
    uint32_t sum = 0;
    for (int32_t segment = 0; segment < s->segment_count; segment++) {
      for (int32_t k = 0; k < s->segment_length; k++)
        sum += (uint32_t)value(s, column, segment, k);
      for (int32_t step = 0; step < step_count; step++) {
        const ptrdiff_t at = (ptrdiff_t)segment * step_count + step;
        pack_step(s, column, segment, step, 0, weights, (at * slots + slot) * s->step);
      }
    }
    for (int32_t e = 0; e < extra_count; e++) {
      pack_step(s, column, extras[2 * e], extras[2 * e + 1] / s->step, 1, weights,
                ((all_steps + e) * slots + slot) * s->step);
    }
    const uint32_t offset = (uint32_t)s->input_zero_point * sum;
    bias[slot] = (int32_t)((s->bias ? (uint32_t)s->bias[column] : 0) - offset);
    scales[slot] = s->scales[column];
  }
}
