#include "harness.h"

/* A layer of random weights, packed. */
typedef struct {
  st_u8_depthwise packed;
  const uint8_t *weights;
  const int32_t *bias;
  const float *scales;
  int flip, zero_point, weight_zero_point, tap_count;
  int32_t taps[32];
} layer;

/* - step_taps: the taps in the order of the groups, -1 for none. */
static layer random_layer(const st_u8_depthwise_variant *v, int tap_count, const int32_t *step_taps,
                          int group_count, int channels, int block_count, int repeats) {
  layer l = {.flip = once_in(2) ? 0x80 : 0, .zero_point = number(0, 255), .tap_count = tap_count};
  l.weight_zero_point = once_in(2) ? 128 : number(1, 255);
  l.weights = random_bytes((ptrdiff_t)tap_count * channels, 0);
  l.packed.output = random_output();
  int32_t *bias = guarded(4 * (size_t)channels, 0, 4);
  float *scales = guarded_floats(channels);
  const float factor = !l.packed.output.is_plain && once_in(10) ? 1e4f : 1e-3f;
  for (int c = 0; c < channels; c++) {
    bias[c] = number(-9000, 9000);
    scales[c] = (float)number(1, 40) * factor;
  }
  l.bias = bias;
  l.scales = scales;
  const st_u8_depthwise_source source = {
      l.weights, bias, scales, step_taps, l.flip, l.weight_zero_point, l.zero_point, tap_count,
      channels, group_count, block_count, v->lanes, v->registers, v->step, v->is_wide, repeats};
  const size_t slots = (size_t)block_count * v->lanes * v->registers;
  const size_t count = slots * group_count * v->step;
  void *weights = packed(count * (v->is_wide ? 2 : 1));
  int8_t *rests = packed(v->is_wide ? 0 : count);
  uint8_t *has_rests = packed((size_t)block_count);
  int32_t *packed_bias = packed(4 * slots);
  float *packed_scales = packed(4 * slots);
  st_u8_depthwise_pack(&source, weights, rests, has_rests, packed_bias, packed_scales);
  l.packed.weights = weights;
  l.packed.rests = rests;
  l.packed.has_rests = has_rests;
  l.packed.bias = packed_bias;
  l.packed.scales = packed_scales;
  l.packed.group_count = group_count;
  l.packed.block_count = block_count;
  l.packed.channel_count = channels;
  l.packed.multiplier = 1;
  l.packed.input_flip = (uint8_t)l.flip;
  l.packed.input_zero_point = (uint8_t)l.zero_point;
  return l;
}

static int32_t product(const layer *l, int tap, int channel, uint8_t x) {
  const uint8_t w = l->weights[tap * l->packed.channel_count + channel];
  return ((x ^ l->flip) - l->zero_point) * ((w ^ l->flip) - l->weight_zero_point);
}

static void test_taps(const void *variant) {
  const st_u8_depthwise_variant *v = variant;
  const int multiplier = strcmp(v->instruction_set, "scalar") || !once_in(3) ? 1 : number(2, 3);
  const int width = v->lanes * v->registers, tap_count = number(1, 25);
  const int depth = 1 + size_around(width, 2 * width + 30), channels = depth * multiplier;
  const int pixels = number(0, 9), groups = (tap_count + v->step - 1) / v->step;
  int32_t taps[32];
  for (int t = 0; t < groups * v->step; t++) taps[t] = t < tap_count ? t : -1;
  layer l = random_layer(v, tap_count, taps, groups, channels, (channels + width - 1) / width, 0);
  l.packed.multiplier = multiplier;
  const uint8_t *x = random_bytes((ptrdiff_t)(pixels + tap_count) * depth, 0);
  /* Each tap looks at pixels of its own, so that the last one ends where memory does. */
  const uint8_t *pointers[32];
  for (int t = 0; t < groups * v->step; t++) pointers[t] = x + (t < tap_count ? t + 1 : 0) * depth;
  const int ldy = channels + number(0, 3);
  uint8_t *y = guarded(pixels ? (size_t)(pixels - 1) * ldy + channels : 0, 0, 1);
  v->run(&l.packed, pointers, depth, y, ldy, pixels);
  for (int p = 0; p < pixels; p++) {
    for (int c = 0; c < channels; c++) {
      int32_t sum = l.bias[c];
      for (int t = 0; t < tap_count; t++)
        sum += product(&l, t, c, x[(p + t + 1) * depth + c / multiplier]);
      check(y[p * ldy + c] == output_byte(sum, l.scales[c], &l.packed.output));
    }
  }
  if (pixels == 0) check(1);
}

/* 3x3 from rows of a picture. */
static void test_rows(const st_u8_depthwise_variant *v, int is_flat) {
  static const int32_t taps[12] = {0, 3, 6, -1, 1, 4, 7, -1, 2, 5, 8, -1};
  const int width = v->lanes * v->registers;
  const int channels = is_flat ? number(1, 40) : 1 + size_around(width, 2 * width + 30);
  int blocks = (channels + width - 1) / width;
  if (is_flat)
    for (blocks = 1; blocks * width % channels; blocks++) {}
  const layer l = random_layer(v, 9, taps, 3, channels, blocks, is_flat);
  st_u8_depthwise_rows rows = {.stride = is_flat ? 1 : number(1, 2)};
  rows.dilation = rows.stride == 1 ? number(1, 3) : 1;
  rows.padding = is_flat ? 0 : number(0, 2);
  rows.width = number(1, 30) + (is_flat ? 2 * rows.dilation : 0);
  for (int k = 0; k < 3; k++) rows.rows[k] = random_bytes(rows.width * channels, is_flat ? 63 : 0);
  /* The last window begins in the picture, or lies in it altogether. */
  const ptrdiff_t outside = is_flat ? 2 * rows.dilation : 0;
  const int last = (int)((rows.width - 1 - outside + rows.padding) / rows.stride);
  const int first = number(0, last), pixels = number(0, last - first + 1);
  const int ldy = channels + (is_flat ? 0 : number(0, 3));
  uint8_t *y = guarded(pixels ? (size_t)(pixels - 1) * ldy + channels : 0, 0, 1);
  (is_flat ? v->flat : v->rolling)(&l.packed, &rows, first, y, ldy, pixels);
  for (int p = 0; p < pixels; p++) {
    for (int c = 0; c < channels; c++) {
      int32_t sum = l.bias[c];
      for (int t = 0; t < 9; t++) {
        const ptrdiff_t column =
            (first + p) * rows.stride - rows.padding + t % 3 * rows.dilation;
        if (column < 0 || column >= rows.width) continue;
        sum += product(&l, t, c, rows.rows[t / 3][column * channels + c]);
      }
      check(y[p * ldy + c] == output_byte(sum, l.scales[c], &l.packed.output));
    }
  }
  if (pixels == 0) check(1);
}

static void test_rolling(const void *variant) { test_rows(variant, 0); }
static void test_flat(const void *variant) { test_rows(variant, 1); }

void test_u8_depthwise(void) {
  int32_t count;
  const st_u8_depthwise_variant *v = st_u8_depthwise_variants(&count);
  for (; count > 0; count--, v++) {
    test(v->name, v->instruction_set, v->run != 0, test_taps, v);
    if (v->rolling) test("st_u8_depthwise_3x3", v->instruction_set, 1, test_rolling, v);
    if (v->flat) test("st_u8_depthwise_3x3_flat", v->instruction_set, 1, test_flat, v);
  }
}
