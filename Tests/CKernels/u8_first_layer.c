#include "harness.h"

static void test_variant(const void *variant) {
  const st_u8_first_layer_variant *v = variant;
  const int columns = number(1, 32), registers = (columns + 7) / 8, pixels = number(0, 30);
  const int flip = once_in(2) ? 0x80 : 0, zero_point = number(0, 255);
  const int weight_zero_point = once_in(2) ? 128 : number(0, 255);
  uint8_t *w = guarded((size_t)columns * 27, 0, 1);
  for (int i = 0; i < columns * 27; i++) {
    /* One tap of a row may have weights that do not fit int8. */
    const int is_wide = i % 9 == 4 && once_in(3);
    const int lowest = is_wide || weight_zero_point < 128 ? 0 : weight_zero_point - 128;
    const int highest = is_wide || weight_zero_point > 127 ? 255 : weight_zero_point + 127;
    w[i] = (uint8_t)(number(lowest, highest) ^ flip);
  }
  int32_t bias[32];
  float scales[32];
  const st_u8_output output = random_output();
  for (int n = 0; n < columns; n++) {
    bias[n] = number(-9000, 9000);
    scales[n] = (float)number(1, 40) * (!output.is_plain && once_in(10) ? 1e4f : 1e-4f);
  }
  int8_t *weights = packed((size_t)9 * 64 * registers);
  uint8_t *shuffles = packed(9 * 64);
  int32_t *packed_bias = packed((size_t)64 * registers);
  float *packed_scales = packed((size_t)64 * registers);
  const int fits = st_u8_first_layer_pack(w, flip, weight_zero_point, zero_point, bias, scales,
                                          columns, registers, weights, shuffles, packed_bias,
                                          packed_scales);
  check(fits);
  const st_u8_first_layer layer = {weights,        shuffles,  packed_bias, packed_scales,
                                   registers,      columns,   (uint8_t)flip, output};
  const void *rows[3];
  for (int k = 0; k < 3; k++) rows[k] = random_bytes(pixels ? 6 * (pixels - 1) + 9 : 0, 16);
  const int ldy = columns + number(0, 3);
  uint8_t *y = guarded(pixels ? (size_t)(pixels - 1) * ldy + columns : 0, 0, 1);
  v->run(&layer, rows, y, ldy, pixels);
  for (int p = 0; p < pixels; p++) {
    for (int n = 0; n < columns; n++) {
      int32_t sum = bias[n];
      for (int i = 0; i < 27; i++)
        sum += ((((const uint8_t *)rows[i / 9])[6 * p + i % 9] ^ flip) - zero_point) *
               ((w[n * 27 + i] ^ flip) - weight_zero_point);
      check(y[p * ldy + n] == output_byte(sum, scales[n], &output));
    }
  }
}

void test_u8_first_layer(void) {
  int32_t count;
  const st_u8_first_layer_variant *v = st_u8_first_layer_variants(&count);
  for (; count > 0; count--, v++) test(v->name, v->instruction_set, v->run != 0, test_variant, v);
}
