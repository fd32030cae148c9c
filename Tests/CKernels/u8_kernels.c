/*
 * Every 8-bit matrix and depthwise kernel that this machine can run, against sums written out, on
 * random shapes. Needs nothing but the C, so that it runs under sanitizers and under an emulator.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CStanceKernels.h"

static uint32_t state = 1;
static int number(int lowest, int highest) {
  state = state * 1664525u + 1013904223u;
  return lowest + (int)((state >> 8) % (uint32_t)(highest - lowest + 1));
}

/* Memory of exactly so many bytes, for the sanitizers. */
static void *memory(size_t count) {
  void *block = 0;
  if (posix_memalign(&block, 64, count ? count : 1)) exit(2);
  memset(block, 0, count);
  return block;
}

static void fill(uint8_t *bytes, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) bytes[i] = (uint8_t)number(0, 255);
}

static int can_run(const char *set) {
  static const struct {
    const char *name;
    uint32_t needs;
  } sets[] = {{"scalar", 0},
              {"avx2", ST_CPU_AVX2},
              {"avxvnni", ST_CPU_AVX2 | ST_CPU_AVX_VNNI},
              {"avx512vnni", ST_CPU_AVX512 | ST_CPU_AVX512_VNNI},
              {"neon", ST_CPU_NEON},
              {"neondot", ST_CPU_NEON | ST_CPU_DOTPROD}};
  for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
    if (!strcmp(sets[i].name, set)) return (st_cpu_features() & sets[i].needs) == sets[i].needs;
  return 0;
}

static st_u8_output random_output(void) {
  st_u8_output o = {.flip = number(0, 1) ? 0x80 : 0};
  int highest = 255;
  if (number(0, 2)) {
    o.zero_point = number(0, 255);
    o.lowest = (uint8_t)number(0, 100);
    highest = number(150, 255);
    o.kind = (uint8_t)number(ST_U8_ANY, ST_U8_SMALL);
  } else {
    o.kind = ST_U8_PLAIN;
  }
  o.highest = (uint8_t)highest;
  o.lowest_step = (float)(o.lowest - o.zero_point);
  o.highest_step = (float)(highest - o.zero_point);
  return o;
}

static uint8_t expected_byte(int32_t sum, float scale, const st_u8_output *o) {
  float real = (float)sum * scale;
  if (real < o->lowest_step) real = o->lowest_step;
  if (real > o->highest_step) real = o->highest_step;
  volatile float shifted = real + 0x1.8p23f;
  return (uint8_t)(((int32_t)(shifted - 0x1.8p23f) + o->zero_point) ^ o->flip);
}

static int test_gemm(const st_u8_gemm_variant *v) {
  const int is_wide = v->widen != 0, segments = is_wide ? 1 : number(1, 3);
  const int length = number(1, 70), rows = number(1, 14), flip = number(0, 1) ? 0x80 : 0;
  const int registers = v->lanes == 16 ? number(1, v->registers) : v->registers;
  const int columns = number(1, registers * v->lanes), depth = segments * length;
  const int slots = registers * v->lanes, steps = (length + v->step - 1) / v->step;
  uint8_t *w = memory((size_t)columns * depth), *x = memory((size_t)rows * depth);
  fill(w, (ptrdiff_t)columns * depth);
  fill(x, (ptrdiff_t)rows * depth);
  int32_t *bias = memory(4 * (size_t)columns);
  float *scales = memory(4 * (size_t)columns);
  for (int n = 0; n < columns; n++) {
    bias[n] = number(-9000, 9000);
    scales[n] = (float)number(1, 40) * 1e-4f;
  }
  const int zero_point = number(0, 255);
  const st_u8_gemm_source source = {
      w, bias, scales, flip, number(1, 2) == 1 ? 128 : number(1, 255),
      zero_point - (v->takes_signed ? 128 : 0), segments, length, v->lanes, registers, columns,
      v->step, is_wide};
  const int extra_count = st_u8_gemm_extra_count(&source);
  const size_t element = is_wide ? 2 : 1;
  st_u8_gemm_panel panel = {
      .segment_count = segments, .step_count = steps, .extra_count = extra_count,
      .register_count = registers, .column_count = columns, .output = random_output(),
      .flip = (uint8_t)(is_wide ? 0 : flip ^ (v->takes_signed ? 0x80 : 0))};
  void *weights = memory((size_t)(segments * steps + extra_count) * slots * v->step * element);
  int32_t *packed_bias = memory(4 * (size_t)slots), *extras = memory(8 * (size_t)extra_count);
  float *packed_scales = memory(4 * (size_t)slots);
  st_u8_gemm_pack(&source, weights, packed_bias, packed_scales, extras);
  panel.weights = weights;
  panel.bias = packed_bias;
  panel.scales = packed_scales;
  panel.extras = extras;

  const int stride = (length + v->step - 1) / v->step * v->step;
  const void *pointers[3];
  void *pieces[3] = {0};
  for (int s = 0; s < segments; s++) {
    pieces[s] = memory((size_t)rows * stride * element);
    for (int r = 0; r < rows; r++) {
      const uint8_t *from = x + r * depth + s * length;
      if (is_wide)
        v->widen(from, (uint8_t)flip, (int16_t *)pieces[s] + r * stride, length);
      else
        memcpy((uint8_t *)pieces[s] + r * stride, from, (size_t)length);
    }
    pointers[s] = pieces[s];
  }
  uint8_t *y = memory((size_t)rows * columns);
  v->run(&panel, pointers, stride * (ptrdiff_t)element, y, columns, rows);
  int failures = 0;
  for (int r = 0; r < rows; r++) {
    for (int n = 0; n < columns; n++) {
      int32_t sum = bias[n];
      for (int k = 0; k < depth; k++)
        sum += ((x[r * depth + k] ^ flip) - zero_point) *
               ((w[n * depth + k] ^ flip) - source.weight_zero_point);
      failures += y[r * columns + n] != expected_byte(sum, scales[n], &panel.output);
    }
  }
  for (int s = 0; s < segments; s++) free(pieces[s]);
  free(w), free(x), free(bias), free(scales), free(weights), free(packed_bias), free(extras);
  free(packed_scales), free(y);
  return failures;
}

static int test_depthwise(const st_u8_depthwise_variant *v) {
  const int tap_count = number(1, 25), channels = number(1, 150), pixels = number(1, 9);
  const int width = v->lanes * v->registers, blocks = (channels + width - 1) / width;
  const int groups = (tap_count + v->step - 1) / v->step, flip = number(0, 1) ? 0x80 : 0;
  const int zero_point = number(0, 255);
  uint8_t *w = memory((size_t)tap_count * channels), *x = memory((size_t)(pixels + 24) * channels);
  fill(w, (ptrdiff_t)tap_count * channels);
  fill(x, (ptrdiff_t)(pixels + 24) * channels);
  int32_t *bias = memory(4 * (size_t)channels), taps[28];
  float *scales = memory(4 * (size_t)channels);
  for (int c = 0; c < channels; c++) {
    bias[c] = number(-9000, 9000);
    scales[c] = (float)number(1, 40) * 1e-3f;
  }
  const uint8_t *pointers[28];
  for (int t = 0; t < groups * v->step; t++) {
    taps[t] = t < tap_count ? t : -1;
    pointers[t] = x + (t < tap_count ? t : 0) * channels;
  }
  const st_u8_depthwise_source source = {
      w, bias, scales, taps, flip, number(1, 255), zero_point, tap_count, channels, groups, blocks,
      v->lanes, v->registers, v->step, v->is_wide, 0};
  const size_t slots = (size_t)blocks * width, count = slots * groups * v->step;
  void *weights = memory(count * (v->is_wide ? 2 : 1));
  int8_t *rests = memory(count);
  uint8_t *has_rests = memory((size_t)blocks), *y = memory((size_t)pixels * channels);
  int32_t *packed_bias = memory(4 * slots);
  float *packed_scales = memory(4 * slots);
  st_u8_depthwise_pack(&source, weights, rests, has_rests, packed_bias, packed_scales);
  const st_u8_depthwise layer = {
      weights, rests, has_rests, packed_bias, packed_scales, groups, blocks, channels, 1,
      (uint8_t)flip, (uint8_t)zero_point, random_output()};
  v->run(&layer, pointers, channels, y, channels, pixels);
  int failures = 0;
  for (int p = 0; p < pixels; p++) {
    for (int c = 0; c < channels; c++) {
      int32_t sum = bias[c];
      for (int t = 0; t < tap_count; t++)
        sum += ((x[(p + t) * channels + c] ^ flip) - zero_point) *
               ((w[t * channels + c] ^ flip) - source.weight_zero_point);
      failures += y[p * channels + c] != expected_byte(sum, scales[c], &layer.output);
    }
  }
  free(w), free(x), free(bias), free(scales), free(weights), free(rests), free(has_rests), free(y);
  free(packed_bias), free(packed_scales);
  return failures;
}

#define TEST_ALL(variants, test, count)                                      \
  do {                                                                       \
    int32_t variant_count;                                                   \
    const __typeof__(*variants(&variant_count)) *v = variants(&variant_count); \
    for (int32_t i = 0; i < variant_count; i++) {                            \
      if (!v[i].run || !can_run(v[i].instruction_set)) {                     \
        printf("skipped  %s\n", v[i].name);                                  \
        continue;                                                            \
      }                                                                      \
      int failures = 0;                                                      \
      for (int n = 0; n < count; n++) failures += test(&v[i]) != 0;          \
      printf("%s %s: %d of %d layers differ\n", failures ? "FAILED  " : "passed  ", v[i].name, \
             failures, count);                                               \
      failed |= failures != 0;                                               \
    }                                                                        \
  } while (0)

int main(int argc, char **argv) {
  const int count = argc > 1 ? atoi(argv[1]) : 300;
  int failed = 0;
  TEST_ALL(st_u8_gemm_variants, test_gemm, count);
  TEST_ALL(st_u8_depthwise_variants, test_depthwise, count);
  return failed;
}
