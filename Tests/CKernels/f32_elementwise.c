#include "harness.h"

static float clamped(float x, float lowest, float highest) {
  return x < lowest ? lowest : x > highest ? highest : x;
}

static float combined(int kind, float a, float b) {
  switch (kind) {
    case ST_F32_ADD: return a + b;
    case ST_F32_SUBTRACT: return a - b;
    case ST_F32_MULTIPLY: return a * b;
    case ST_F32_MAXIMUM: return a > b ? a : b;
    default: return a < b ? a : b;
  }
}

static float *any_floats(ptrdiff_t count) {
  float *floats = guarded_floats(count);
  for (ptrdiff_t i = 0; i < count; i++) floats[i] = any_real();
  return floats;
}

/* Rows of `length` at every `stride`, or a single element each. */
static float *any_rows(ptrdiff_t rows, ptrdiff_t length, int step, ptrdiff_t *stride) {
  const ptrdiff_t row = step ? length : 1;
  *stride = once_in(3) ? 0 : row + number(0, 2);
  return any_floats(rows ? (rows - 1) * *stride + row : 0);
}

static void test_binary(const void *variant) {
  const st_f32_kernels *v = variant;
  st_f32_binary o = {.kind = number(ST_F32_ADD, ST_F32_MINIMUM), .rows = number(0, 4)};
  o.length = size_around(v->packing.width, 70);
  o.a_step = !once_in(4);
  o.b_step = !once_in(4);
  o.lowest = once_in(2) ? -INFINITY : -1;
  o.highest = once_in(2) ? INFINITY : 6;
  o.a = any_rows(o.rows, o.length, o.a_step, &o.a_stride);
  o.b = any_rows(o.rows, o.length, o.b_step, &o.b_stride);
  const ptrdiff_t count = o.rows * o.length;
  o.y = guarded_floats(count);
  v->binary(&o);
  for (ptrdiff_t r = 0; r < o.rows; r++) {
    for (ptrdiff_t i = 0; i < o.length; i++) {
      const float a = o.a[r * o.a_stride + i * o.a_step], b = o.b[r * o.b_stride + i * o.b_step];
      check_equal(o.y[r * o.length + i], clamped(combined(o.kind, a, b), o.lowest, o.highest));
    }
  }
  /* In place. */
  float *place = guarded_floats(count);
  if (!o.a_step || (o.a_stride != o.length && o.rows > 1)) return;
  memcpy(place, o.a, (size_t)count * 4);
  const float *expected = o.y;
  o.a = o.y = place;
  v->binary(&o);
  for (ptrdiff_t i = 0; i < count; i++) check_equal(place[i], expected[i]);
}

static void test_activate(const void *variant) {
  const st_f32_kernels *v = variant;
  const int rows = number(0, 4), channels = 1 + size_around(v->packing.width, 70);
  const int is_in_place = once_in(3), count = rows * channels;
  const st_f32_activation a = random_activation(channels, v->packing.width);
  float *x = any_floats(count), *y = is_in_place ? x : guarded_floats(count);
  const float *before = memcpy(guarded_floats(count), x, (size_t)count * 4);
  v->activate(x, y, rows, channels, &a);
  for (int i = 0; i < count; i++) {
    const double expected = activated(before[i], &a, i % channels);
    /* x * 6 / 6 of a huge x may be infinite, and differs in the last bits of others. */
    if (fabs(expected) > 1e29)
      check(a.kind == ST_F32_HARD_SWISH || y[i] == (float)expected);
    else check_near(y[i], expected, fabs(expected));
  }
  if (!count) check(1);
}

/* How many floats lie between two of the same sign. */
static double places(float a, double b) {
  const float nearest = (float)b;
  if (a == nearest) return 0;
  int exponent;
  frexp(b, &exponent);
  const double unit = ldexp(1, exponent < -125 ? -149 : exponent - 24);
  return fabs(a - b) / unit;
}

static void test_map(st_f32_map_function *function, int width, int is_logistic) {
  const int count = size_around(width, 70), is_in_place = once_in(3);
  float *x = guarded_floats(count), *y = is_in_place ? x : guarded_floats(count);
  for (int i = 0; i < count; i++) x[i] = once_in(2) ? any_real() : real() * 110;
  const float *before = memcpy(guarded_floats(count), x, (size_t)count * 4);
  function(x, y, count);
  for (int i = 0; i < count; i++) {
    const double power = exp(before[i]);
    const double expected = is_logistic ? 1 / (1 + exp(-(double)before[i])) : power;
    if (isnan(expected)) check(isnan(y[i]));
    else if (expected > 3.4028234e38) check(isinf(y[i]));
    else check(places(y[i], expected) <= (is_logistic ? 3.5 : 2.5));
  }
  if (!count) check(1);
}

static void test_exponential(const void *variant) {
  const st_f32_kernels *v = variant;
  test_map(v->exponential, v->packing.width, 0);
}

static void test_logistic(const void *variant) {
  const st_f32_kernels *v = variant;
  test_map(v->logistic, v->packing.width, 1);
}

void test_f32_elementwise(void) {
  int count;
  const st_f32_kernels *v = st_f32_kernels_table(&count);
  for (; count > 0; count--, v++) {
    test("st_f32_binary", v->name, v->binary != 0, test_binary, v);
    test("st_f32_activate", v->name, v->activate != 0, test_activate, v);
    test("st_f32_exponential", v->name, v->exponential != 0, test_exponential, v);
    test("st_f32_logistic", v->name, v->logistic != 0, test_logistic, v);
  }
}
