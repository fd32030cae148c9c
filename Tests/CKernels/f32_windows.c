#include "harness.h"

/* The result of one channel of one window. */
static void check_window(const st_f32_pooling *p, int pixel, int c, float actual) {
  const int top = pixel / p->out_width * p->stride_height - p->top;
  const int left = pixel % p->out_width * p->stride_width - p->left;
  float largest = p->initial;
  double sum = 0;
  int count = 0;
  for (int i = top; i < top + p->kernel_height; i++) {
    for (int j = left; j < left + p->kernel_width; j++) {
      if (i < 0 || i >= p->height || j < 0 || j >= p->width) continue;
      const float x = p->x[(i * p->width + j) * p->channels + c];
      largest = largest > x ? largest : x;
      sum += x;
      count++;
    }
  }
  const double result = p->is_average ? sum / count : largest;
  const double expected =
      result < p->lowest ? p->lowest : result > p->highest ? p->highest : result;
  if (p->is_average) check_near(actual, expected, 1);
  else check_equal(actual, (float)expected);
}

static void test_pooling(const void *variant) {
  const st_f32_kernels *v = variant;
  st_f32_pooling p = {.height = number(1, 9), .width = number(1, 12)};
  p.channels = 1 + size_around(v->packing.width, 40);
  p.kernel_height = number(1, p.height);
  p.kernel_width = number(1, p.width);
  p.stride_height = number(1, 3);
  p.stride_width = number(1, 3);
  /* A window that lies outside altogether has no average. */
  p.top = number(0, p.kernel_height - 1);
  p.left = number(0, p.kernel_width - 1);
  const int out_height = (p.height - 1 + p.top) / p.stride_height + 1;
  p.out_width = (p.width - 1 + p.left) / p.stride_width + 1;
  p.first_pixel = number(0, out_height * p.out_width - 1);
  p.pixel_count = number(0, out_height * p.out_width - p.first_pixel);
  p.is_average = once_in(2);
  p.initial = once_in(2) ? -INFINITY : -3.4028234e38f;
  p.lowest = once_in(2) ? -INFINITY : -0.5f;
  p.highest = once_in(2) ? INFINITY : 0.5f;
  float *x = random_floats((ptrdiff_t)p.height * p.width * p.channels);
  if (once_in(4)) x[0] = NAN;
  p.x = x;
  p.y = guarded_floats((ptrdiff_t)p.pixel_count * p.channels);
  v->pooling(&p);
  for (int i = 0; i < p.pixel_count; i++)
    for (int c = 0; c < p.channels; c++)
      check_window(&p, p.first_pixel + i, c, p.y[i * p.channels + c]);
  if (!p.pixel_count) check(1);
}

static void test_sum(const void *variant) {
  const st_f32_kernels *v = variant;
  const int rows = size_around(64, 140), channels = 1 + size_around(v->packing.width, 50);
  const int first = once_in(2) ? 0 : number(0, channels - 1), count = number(0, channels - first);
  const float *x = random_floats((ptrdiff_t)rows * channels);
  float *y = guarded_floats(count);
  v->sum(x, rows, channels, first, count, 0.25f, y);
  for (int c = 0; c < count; c++) {
    double sum = 0, magnitude = 0;
    for (int r = 0; r < rows; r++) {
      sum += x[r * channels + first + c];
      magnitude += fabsf(x[r * channels + first + c]);
    }
    check_near(y[c], 0.25 * sum, magnitude);
  }
  if (!count) check(1);
}

static void test_resize(const void *variant) {
  const st_f32_kernels *v = variant;
  st_f32_resize r = {.count = number(0, 9), .channels = 1 + size_around(v->packing.width, 50)};
  const int width = number(1, 7);
  r.fraction = fabsf(real());
  r.top = random_floats((ptrdiff_t)width * r.channels);
  r.bottom = random_floats((ptrdiff_t)width * r.channels);
  int32_t *lower = guarded((size_t)r.count * 4, 0, 4), *upper = guarded((size_t)r.count * 4, 0, 4);
  float *fractions = guarded_floats(r.count);
  for (int j = 0; j < r.count; j++) {
    const int column = number(0, width - 1);
    lower[j] = column * r.channels;
    upper[j] = (column + 1 < width ? column + 1 : column) * r.channels;
    fractions[j] = fabsf(real());
  }
  r.lower = lower;
  r.upper = upper;
  r.fractions = fractions;
  r.y = guarded_floats((ptrdiff_t)r.count * r.channels);
  v->resize(&r);
  for (int j = 0; j < r.count; j++) {
    for (int c = 0; c < r.channels; c++) {
      const double left = 1.0 - fractions[j], right = fractions[j];
      const double t = r.top[lower[j] + c] * left + r.top[upper[j] + c] * right;
      const double b = r.bottom[lower[j] + c] * left + r.bottom[upper[j] + c] * right;
      check_near(r.y[j * r.channels + c], t + (b - t) * r.fraction, 1);
    }
  }
  if (!r.count) check(1);
}

void test_f32_windows(void) {
  int count;
  const st_f32_kernels *v = st_f32_kernels_table(&count);
  for (; count > 0; count--, v++) {
    test("st_f32_pooling", v->name, v->pooling != 0, test_pooling, v);
    test("st_f32_sum", v->name, v->sum != 0, test_sum, v);
    test("st_f32_resize", v->name, v->resize != 0, test_resize, v);
  }
}
