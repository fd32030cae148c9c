#include "harness.h"

typedef struct {
  st_u8_first_layer packed;
  int zero_point, weight_zero_point;
  const uint8_t *w; /* [columns][27] */
  int32_t bias[32];
  float scales[32];
} layer;

static layer random_layer(void) {
  layer l = {.zero_point = number(0, 255), .weight_zero_point = once_in(2) ? 128 : number(1, 255)};
  const int columns = number(1, 32), registers = (columns + 7) / 8;
  const int flip = once_in(2) ? 0x80 : 0;
  uint8_t *w = guarded((size_t)columns * 27, 0, 1);
  for (int i = 0; i < columns * 27; i++) {
    /* One tap of a row may have weights that do not fit int8. */
    const int is_wide = i % 9 == 4 && once_in(3);
    const int lowest = is_wide || l.weight_zero_point < 128 ? 0 : l.weight_zero_point - 128;
    const int highest = is_wide || l.weight_zero_point > 127 ? 255 : l.weight_zero_point + 127;
    w[i] = (uint8_t)(number(lowest, highest) ^ flip);
  }
  l.w = w;
  const st_u8_output output = random_output();
  for (int n = 0; n < columns; n++) {
    l.bias[n] = number(-9000, 9000);
    l.scales[n] = (float)number(1, 40) * (output.kind == ST_U8_ANY && once_in(10) ? 1e4f : 1e-4f);
  }
  int8_t *weights = packed((size_t)9 * 64 * registers);
  uint8_t *shuffles = packed(9 * 64);
  int32_t *packed_bias = packed((size_t)64 * registers);
  float *packed_scales = packed((size_t)64 * registers);
  check(st_u8_first_layer_pack(w, flip, l.weight_zero_point, l.zero_point, l.bias, l.scales,
                               columns, registers, weights, shuffles, packed_bias,
                               packed_scales));
  l.packed = (st_u8_first_layer){
      weights, shuffles,      packed_bias, packed_scales, registers,
      columns, (uint8_t)flip, (uint8_t)(l.zero_point ^ flip), output};
  return l;
}

/* rows: of `width` pixels, the first window at `column`. */
static void check_pixels(const layer *l, const void *const *rows, int column, int width,
                         const uint8_t *y, int ldy, int pixels) {
  const int columns = l->packed.column_count, flip = l->packed.flip;
  for (int p = 0; p < pixels; p++) {
    for (int n = 0; n < columns; n++) {
      int32_t sum = l->bias[n];
      for (int i = 0; i < 27; i++) {
        const int at = column + 2 * p + i % 9 / 3;
        if (at < 0 || at >= width) continue;
        const uint8_t x = ((const uint8_t *)rows[i / 9])[3 * at + i % 3];
        sum += ((x ^ flip) - l->zero_point) * ((l->w[n * 27 + i] ^ flip) - l->weight_zero_point);
      }
      check(y[p * ldy + n] == output_byte(sum, l->scales[n], &l->packed.output));
    }
  }
}

static void test_inner(const void *variant) {
  const st_u8_first_layer_variant *v = variant;
  const layer l = random_layer();
  const int pixels = number(0, 30), width = pixels ? 2 * pixels + 1 : 0;
  const void *rows[3];
  for (int k = 0; k < 3; k++) rows[k] = random_bytes(3 * width, 16);
  const int ldy = l.packed.column_count + number(0, 3);
  uint8_t *y = guarded(pixels ? (size_t)(pixels - 1) * ldy + l.packed.column_count : 0, 0, 1);
  v->run(&l.packed, rows, y, ldy, pixels);
  check_pixels(&l, rows, 0, width, y, ldy, pixels);
}

static void test_border(const void *variant) {
  const st_u8_first_layer_variant *v = variant;
  const layer l = random_layer();
  const int pixels = number(0, 6), width = number(1, 12), column = number(-3, width);
  const void *rows[3];
  for (int k = 0; k < 3; k++) rows[k] = random_bytes(3 * width, 16);
  const int ldy = l.packed.column_count + number(0, 3);
  uint8_t *y = guarded(pixels ? (size_t)(pixels - 1) * ldy + l.packed.column_count : 0, 0, 1);
  v->border(&l.packed, rows, column, width, y, ldy, pixels);
  check_pixels(&l, rows, column, width, y, ldy, pixels);
  if (!pixels) check(1);
}

void test_u8_first_layer(void) {
  int32_t count;
  const st_u8_first_layer_variant *v = st_u8_first_layer_variants(&count);
  for (; count > 0; count--, v++) {
    test(v->name, v->instruction_set, v->run != 0, test_inner, v);
    test("st_u8_first_layer_border", v->instruction_set, v->border != 0, test_border, v);
  }
}
