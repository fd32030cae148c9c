#include "harness.h"

static void test_variant(const void *variant) {
  const st_u8_gemm_variant *v = variant;
  const int is_wide = v->widen != 0, segments = is_wide ? 1 : number(1, 3);
  const int length = size_around(16, 70) + 1, rows = size_around(v->rows, 2 * v->rows + 9);
  const int registers = v->lanes == 16 ? number(1, v->registers) : v->registers;
  const int slots = registers * v->lanes, depth = segments * length;
  const int columns = once_in(3) ? slots : 1 + size_around(v->lanes, slots - 1);
  const int steps = (length + v->step - 1) / v->step, flip = once_in(2) ? 0x80 : 0;
  const size_t element = is_wide ? 2 : 1;
  const uint8_t *w = random_bytes((ptrdiff_t)columns * depth, 0);
  const uint8_t *x = random_bytes((ptrdiff_t)rows * depth, 0);
  st_u8_gemm_panel panel = {.output = random_output()};
  int32_t *bias = guarded(4 * (size_t)columns, 0, 4);
  float *scales = guarded_floats(columns);
  const float factor = panel.output.kind == ST_U8_ANY && once_in(10) ? 1e4f : 1e-4f;
  for (int n = 0; n < columns; n++) {
    bias[n] = number(-9000, 9000);
    scales[n] = (float)number(1, 40) * factor;
  }
  const int zero_point = number(0, 255);
  const st_u8_gemm_source source = {
      w, bias, scales, flip, once_in(2) ? 128 : number(is_wide ? 0 : 1, 255),
      zero_point - (v->takes_signed ? 128 : 0), segments, length, v->lanes, registers, columns,
      v->step, is_wide};
  panel.segment_count = segments;
  panel.step_count = steps;
  panel.extra_count = st_u8_gemm_extra_count(&source);
  panel.register_count = registers;
  panel.column_count = columns;
  panel.flip = (uint8_t)(is_wide ? 0 : flip ^ (v->takes_signed ? 0x80 : 0));
  const int all_steps = segments * steps + panel.extra_count;
  void *weights = packed((size_t)all_steps * slots * v->step * element);
  int32_t *packed_bias = packed(4 * (size_t)slots), *extras = packed(8 * (size_t)panel.extra_count);
  float *packed_scales = packed(4 * (size_t)slots);
  st_u8_gemm_pack(&source, weights, packed_bias, packed_scales, extras);
  panel.weights = weights;
  panel.bias = packed_bias;
  panel.scales = packed_scales;
  panel.extras = extras;

  /* Widened rows are padded to whole steps; what lies behind bytes may be read. */
  const int stride = is_wide ? steps * v->step : length + number(0, 5);
  const void *pointers[3];
  for (int s = 0; s < segments; s++) {
    const size_t count = rows ? ((size_t)(rows - 1) * stride + (is_wide ? stride : length)) : 0;
    uint8_t *piece = guarded(count * element, is_wide ? 0 : 3, element);
    for (int r = 0; r < rows; r++) {
      const uint8_t *from = x + r * depth + s * length;
      if (is_wide) v->widen(from, (uint8_t)flip, (int16_t *)piece + r * stride, length);
      else memcpy(piece + r * stride, from, (size_t)length);
    }
    pointers[s] = piece;
  }
  const int ldc = columns + number(0, 3);
  uint8_t *y = guarded(rows ? (size_t)(rows - 1) * ldc + columns : 0, 0, 1);
  v->run(&panel, pointers, stride * (ptrdiff_t)element, y, ldc, rows);
  for (int r = 0; r < rows; r++) {
    for (int n = 0; n < columns; n++) {
      int32_t sum = bias[n];
      for (int k = 0; k < depth; k++)
        sum += ((x[r * depth + k] ^ flip) - zero_point) *
               ((w[n * depth + k] ^ flip) - source.weight_zero_point);
      check(y[r * ldc + n] == output_byte(sum, scales[n], &panel.output));
    }
    for (int n = columns; n < ldc && r + 1 < rows; n++) check(y[r * ldc + n] == 0xFF);
  }
}

void test_u8_gemm(void) {
  int32_t count;
  const st_u8_gemm_variant *v = st_u8_gemm_variants(&count);
  for (; count > 0; count--, v++) test(v->name, v->instruction_set, v->run != 0, test_variant, v);
}
