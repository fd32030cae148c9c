#include "harness.h"

/* Numbers that bfloat16 has, as floats or as bfloat16. */
static void *elements(ptrdiff_t count, int is_bf16, float **numbers) {
  *numbers = guarded_floats(count);
  uint16_t *stored = guarded((size_t)count * 2, 0, 2);
  for (ptrdiff_t i = 0; i < count; i++) {
    stored[i] = bf16_from(real());
    (*numbers)[i] = from_bf16(stored[i]);
  }
  return is_bf16 ? (void *)stored : *numbers;
}

static double between(double a, double b, float fraction) { return a + (b - a) * fraction; }

static void test_resize(const void *variant) {
  const st_bf16_kernels *v = variant;
  st_bf16_resize r = {.x_is_bf16 = once_in(2), .width = number(1, 12), .count = number(1, 20)};
  r.channels = 1 + size_around(v->packing.width, 60);
  const ptrdiff_t length = (ptrdiff_t)r.width * r.channels;
  float *top, *bottom;
  r.top = elements(length, r.x_is_bf16, &top);
  r.bottom = elements(length, r.x_is_bf16, &bottom);
  r.fraction = (float)number(0, 8) / 8;
  int32_t *lower = guarded((size_t)r.count * 4, 0, 4), *upper = guarded((size_t)r.count * 4, 0, 4);
  float *fractions = guarded_floats(r.count);
  for (int j = 0; j < r.count; j++) {
    lower[j] = number(0, r.width - 1) * r.channels;
    upper[j] = number(0, r.width - 1) * r.channels;
    fractions[j] = (float)number(0, 8) / 8;
  }
  r.lower = lower;
  r.upper = upper;
  r.fractions = fractions;
  r.scratch = guarded((size_t)length * 4, 0, 64);
  const int count = r.count * r.channels;
  float *y = guarded_floats(count);
  r.y = y;
  v->resize(&r);
  uint16_t *rounded = guarded((size_t)count * 2, 0, 2);
  r.y = rounded;
  r.y_is_bf16 = 1;
  v->resize(&r);
  for (int j = 0; j < r.count; j++) {
    for (int c = 0; c < r.channels; c++) {
      const int a = lower[j] + c, b = upper[j] + c, at = j * r.channels + c;
      const double left = between(top[a], bottom[a], r.fraction);
      const double right = between(top[b], bottom[b], r.fraction);
      check_near(y[at], between(left, right, fractions[j]), 1);
      check(rounded[at] == bf16_from(y[at]));
    }
  }
}

static void test_rows(const void *variant) {
  const st_bf16_kernels *v = variant;
  st_bf16_rows s = {.x_is_bf16 = once_in(3), .rows = size_around(4, 20)};
  s.length = once_in(3) ? 3 : 1 + size_around(v->packing.width, 70);
  s.y_stride = s.length + number(0, 1);
  const ptrdiff_t count = s.rows * s.length;
  float *x = guarded_floats(count);
  uint16_t *stored = guarded((size_t)count * 2, 0, 2);
  for (ptrdiff_t i = 0; i < count; i++) {
    /* Often half way between two bfloat16. */
    const int low = once_in(3) ? 0x8000 : number(0, 0xFFFF);
    uint32_t bits = (uint32_t)number(0, 0xFFFF) << 16 | (uint32_t)low;
    /* Denormal numbers may count as zero. */
    if (!(bits & 0x7F800000)) bits |= 0x3F800000;
    memcpy(x + i, &bits, 4);
    stored[i] = bf16_from(x[i]);
  }
  s.x = s.x_is_bf16 ? (const void *)stored : x;
  s.y = guarded((size_t)(s.rows * s.y_stride) * 2, 0, 2);
  v->round_rows(&s);
  for (ptrdiff_t r = 0; r < s.rows; r++) {
    for (ptrdiff_t i = 0; i < s.length; i++) {
      const uint16_t result = s.y[r * s.y_stride + i];
      check(
          result == stored[r * s.length + i] ||
          (isnan(x[r * s.length + i]) && isnan(from_bf16(result))));
    }
    if (s.y_stride > s.length) check(s.y[r * s.y_stride + s.length] == 0);
  }
}

void test_bf16_windows(void) {
  int count;
  const st_bf16_kernels *b = st_bf16_kernels_table(&count);
  for (; count > 0; count--, b++) {
    test("st_bf16_resize", b->name, 1, test_resize, b);
    test("st_bf16_rows", b->name, 1, test_rows, b);
  }
}
