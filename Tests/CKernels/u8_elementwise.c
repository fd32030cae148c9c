#include "harness.h"

enum { WIDTH = 64, MOST = 200 };

/* The sizes and the bytes of a case of two operands, of which one may be a single element. */
typedef struct {
  int count, a_step, b_step;
  const uint8_t *a, *b;
  uint8_t *y;
} pair;

static pair random_pair(void) {
  pair p = {.count = size_around(WIDTH, MOST), .a_step = !once_in(4), .b_step = !once_in(4)};
  p.a = random_bytes(p.a_step ? p.count : 1, 0);
  p.b = random_bytes(p.b_step ? p.count : 1, 0);
  p.y = guarded((size_t)p.count, 0, 1);
  return p;
}

static void test_sum(const void *variant) {
  const st_u8_elementwise_variant *v = variant;
  const pair p = random_pair();
  const int shift = number(8, 20), lowest = number(0, 255);
  const st_u8_sum_terms t = {number(-(1 << shift), 1 << shift), number(-(1 << shift), 1 << shift),
                             number(-(1 << 24), 1 << 24),     shift,
                             number(0, 255),                  lowest,
                             number(lowest, 255),             once_in(2) ? 0x80 : 0};
  v->sum(p.a, p.a_step, p.b, p.b_step, p.y, p.count, &t);
  for (int i = 0; i < p.count; i++) {
    const int64_t sum = (int64_t)t.bias + (int64_t)(p.a[i * p.a_step] ^ t.flip) * t.a_factor +
                        (int64_t)(p.b[i * p.b_step] ^ t.flip) * t.b_factor;
    int32_t steps = ((int32_t)sum >> shift) + t.zero_point;
    steps = steps < t.lowest ? t.lowest : steps > t.highest ? t.highest : steps;
    check(p.y[i] == (steps ^ t.flip));
  }
}

static void test_product(const void *variant) {
  const st_u8_elementwise_variant *v = variant;
  const pair p = random_pair();
  const st_u8_product_terms t = {number(0, 255), number(0, 255), (float)number(1, 500) * 1e-4f,
                                 once_in(2) ? 0x80 : 0, random_output()};
  v->product(p.a, p.a_step, p.b, p.b_step, p.y, p.count, &t);
  for (int i = 0; i < p.count; i++) {
    const int32_t a = (p.a[i * p.a_step] ^ t.input_flip) - t.a_zero_point;
    const int32_t b = (p.b[i * p.b_step] ^ t.input_flip) - t.b_zero_point;
    check(p.y[i] == output_byte(a * b, t.scale, &t.output));
  }
}

static void test_quantize(const void *variant) {
  const st_u8_elementwise_variant *v = variant;
  const int count = size_around(WIDTH, MOST);
  const float scale = (float)number(1, 500) * 0.02f;
  const st_u8_output output = random_output();
  float *x = guarded_floats(count);
  for (int i = 0; i < count; i++) x[i] = any_real();
  uint8_t *y = guarded((size_t)count, 0, 1);
  v->quantize(x, scale, y, count, &output);
  for (int i = 0; i < count; i++) {
    float steps = x[i] * scale;
    if (!(steps < output.highest_step)) steps = output.highest_step;
    if (steps < output.lowest_step) steps = output.lowest_step;
    check(y[i] == (uint8_t)(((int)nearbyintf(steps) + output.zero_point) ^ output.flip));
  }
}

static void test_dequantize(const void *variant) {
  const st_u8_elementwise_variant *v = variant;
  const int count = size_around(WIDTH, MOST), zero_point = number(0, 255);
  const uint8_t flip = once_in(2) ? 0x80 : 0;
  const uint8_t *x = random_bytes(count, 0);
  float *y = guarded_floats(count);
  v->dequantize(x, flip, zero_point, 0.37f, y, count);
  for (int i = 0; i < count; i++) check(y[i] == (float)((x[i] ^ flip) - zero_point) * 0.37f);
}

static void test_interpolate(const void *variant) {
  const st_u8_elementwise_variant *v = variant;
  const int count = size_around(WIDTH, MOST), across = number(0, 2048), down = number(0, 2048);
  const uint8_t flip = once_in(2) ? 0x80 : 0;
  const uint8_t *corners[4];
  for (int i = 0; i < 4; i++) corners[i] = random_bytes(count, 0);
  uint8_t *y = guarded((size_t)count, 0, 1);
  v->interpolate(corners, across, down, flip, y, count);
  for (int i = 0; i < count; i++) {
    int32_t c[4];
    for (int k = 0; k < 4; k++) c[k] = corners[k][i] ^ flip;
    const int32_t top = c[0] * 2048 + (c[1] - c[0]) * across;
    const int32_t bottom = c[2] * 2048 + (c[3] - c[2]) * across;
    check(y[i] == (uint8_t)(((top * 2048 + (bottom - top) * down + (1 << 21)) >> 22) ^ flip));
  }
}

static void test_maximum(const void *variant) {
  const st_u8_elementwise_variant *v = variant;
  const int count = size_around(WIDTH, MOST);
  const uint8_t flip = once_in(2) ? 0x80 : 0;
  const uint8_t *x = random_bytes(count, 0), *before = random_bytes(count, 0);
  uint8_t *y = guarded((size_t)count, 0, 1);
  memcpy(y, before, (size_t)count);
  v->maximum(x, flip, y, count);
  for (int i = 0; i < count; i++)
    check(y[i] == ((x[i] ^ flip) > (before[i] ^ flip) ? x[i] : before[i]));
}

static void test_accumulate(const void *variant) {
  const st_u8_elementwise_variant *v = variant;
  const int count = size_around(WIDTH, MOST);
  const uint8_t flip = once_in(2) ? 0x80 : 0;
  const uint8_t *x = random_bytes(count, 0);
  int32_t *sums = guarded((size_t)count * 4, 0, 4);
  for (int i = 0; i < count; i++) sums[i] = i;
  v->accumulate(x, flip, sums, count);
  for (int i = 0; i < count; i++) check(sums[i] == i + (x[i] ^ flip));
}

static void test_lookup(const void *variant) {
  const st_u8_elementwise_variant *v = variant;
  const int count = size_around(WIDTH, MOST);
  const uint8_t *x = random_bytes(count, 0), *table = random_bytes(256, 0);
  uint8_t *y = guarded((size_t)count, 0, 1);
  v->lookup(x, table, y, count);
  for (int i = 0; i < count; i++) check(y[i] == table[x[i]]);
}

static void test_extremum(const void *variant) {
  const st_u8_elementwise_variant *v = variant;
  const int rows = once_in(3) ? number(1, 600) : number(1, 20);
  const int inner = 1 + size_around(WIDTH, MOST);
  const uint8_t flip = (once_in(2) ? 0x80 : 0) ^ (once_in(2) ? 0xff : 0);
  uint8_t *x = guarded((size_t)rows * inner, 0, 1), *work = guarded(2 * (inner + 255), 0, 1);
  /* Few different bytes, for columns that have their largest more than once. */
  for (int i = 0; i < rows * inner; i++) x[i] = (uint8_t)number(rows < 300 ? 0 : 250, 255);
  int32_t *found = guarded((size_t)inner * 4, 0, 4);
  v->extremum(x, flip, rows, inner, found, work);
  for (int column = 0; column < inner; column++) {
    int best = 0;
    for (int row = 1; row < rows; row++) {
      if ((x[row * inner + column] ^ flip) > (x[best * inner + column] ^ flip)) best = row;
    }
    check(found[column] == best);
  }
}

void test_u8_elementwise(void) {
  int32_t count;
  const st_u8_elementwise_variant *v = st_u8_elementwise_variants(&count);
  for (; count > 0; count--, v++) {
    test("st_u8_sum", v->instruction_set, v->sum != 0, test_sum, v);
    test("st_u8_product", v->instruction_set, v->product != 0, test_product, v);
    test("st_u8_quantize", v->instruction_set, v->quantize != 0, test_quantize, v);
    test("st_u8_dequantize", v->instruction_set, v->dequantize != 0, test_dequantize, v);
    test("st_u8_interpolate", v->instruction_set, v->interpolate != 0, test_interpolate, v);
    test("st_u8_maximum", v->instruction_set, v->maximum != 0, test_maximum, v);
    test("st_u8_accumulate", v->instruction_set, v->accumulate != 0, test_accumulate, v);
    test("st_u8_lookup", v->instruction_set, v->lookup != 0, test_lookup, v);
    test("st_u8_extremum", v->instruction_set, v->extremum != 0, test_extremum, v);
  }
}
