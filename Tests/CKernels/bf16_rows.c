#include "harness.h"

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

static void test_widen(const void *variant) {
  const st_bf16_kernels *v = variant;
  const int count = size_around(v->packing.width, 70);
  uint16_t *x = guarded((size_t)count * 2, 0, 2);
  for (int i = 0; i < count; i++) x[i] = (uint16_t)number(0, 0xFFFF);
  float *y = guarded_floats(count);
  v->widen(x, y, count);
  for (int i = 0; i < count; i++) check(y[i] == from_bf16(x[i]) || isnan(from_bf16(x[i])));
}

void test_bf16_rows(void) {
  int count;
  const st_bf16_kernels *b = st_bf16_kernels_table(&count);
  for (; count > 0; count--, b++) {
    test("st_bf16_rows", b->name, 1, test_rows, b);
    test("st_bf16_widen", b->name, 1, test_widen, b);
  }
}
