#include "harness.h"

static int up_to_vectors(int lanes, int width) { return (lanes + width - 1) / width * width; }

static void test_to_planes(const void *variant) {
  const st_f32_kernels *v = variant;
  const int width = v->packing.width;
  st_f32_to_planes t = {.pixels = size_around(width, 3 * width), .zeros = number(0, width + 3)};
  t.channels = 1 + size_around(width, 50);
  t.x_stride = t.channels + number(0, 3);
  const int lanes = up_to_vectors(t.pixels + t.zeros, width);
  t.plane = lanes + number(0, 5);
  const float *x = random_floats(t.pixels ? (t.pixels - 1) * t.x_stride + t.channels : 0);
  t.x = x;
  t.planes = guarded_floats((t.channels - 1) * t.plane + lanes);
  v->sparse.to_planes(&t);
  for (int c = 0; c < t.channels; c++) {
    for (int m = 0; m < lanes; m++) {
      check_equal(t.planes[c * t.plane + m], m < t.pixels ? x[m * t.x_stride + c] : 0);
    }
  }
}

static void test_from_planes(const void *variant) {
  const st_f32_kernels *v = variant;
  const int width = v->packing.width;
  st_f32_from_planes t = {.pixels = 1 + size_around(width, 3 * width)};
  t.channels = 1 + size_around(width, 50);
  const int lanes = up_to_vectors(t.pixels, width);
  t.plane = lanes + number(0, 5);
  t.planes = random_floats((t.channels - 1) * t.plane + lanes);
  t.y_stride = t.channels + number(0, 3);
  t.y = guarded_floats((t.pixels - 1) * t.y_stride + t.channels);
  if (once_in(2)) {
    t.addend_stride = t.channels + number(0, 3);
    t.addend = random_floats((t.pixels - 1) * t.addend_stride + t.channels);
  }
  t.before = random_activation(t.channels, width);
  t.after = random_activation(t.channels, width);
  v->sparse.from_planes(&t);
  for (int m = 0; m < t.pixels; m++) {
    for (int n = 0; n < t.channels; n++) {
      double expected = activated(t.planes[n * t.plane + m], &t.before, n);
      if (t.addend) expected += t.addend[m * t.addend_stride + n];
      check_near(t.y[m * t.y_stride + n], activated(expected, &t.after, n), 3);
    }
  }
}

/* Random factors of `columns` columns, with a bias. */
static st_f32_sparse_factors random_factors(int columns, int depth) {
  const int density = number(0, 60);
  int32_t *starts = guarded((size_t)(columns + 1) * 4, 0, 4), count = 0;
  int32_t depths[60 * 60];
  for (int n = 0; n < columns; n++) {
    starts[n] = count;
    for (int k = 0; k < depth; k++) {
      if (number(0, 99) < density) depths[count++] = k;
    }
  }
  starts[columns] = count;
  int32_t *kept = guarded((size_t)count * 4, 0, 4);
  memcpy(kept, depths, (size_t)count * 4);
  return (st_f32_sparse_factors){
      .starts = starts, .depths = kept, .weights = random_floats(count),
      .bias = random_floats(columns)};
}

/* Sum n of lane p, and the magnitudes that it is made of. */
static double sparse_sum(const st_f32_sparse_factors *f, int n, ptrdiff_t p, double *magnitude) {
  double sum = f->bias ? f->bias[n] : 0;
  *magnitude = fabs(sum) + 1;
  for (int e = f->starts[n]; e < f->starts[n + 1]; e++) {
    const double product = (double)f->weights[e] * f->x[f->depths[e] * f->x_plane + p];
    sum += product;
    *magnitude += fabs(product);
  }
  return sum;
}

static void test_product(const void *variant) {
  const st_f32_kernels *v = variant;
  const int width = v->packing.width, depth = number(1, 60);
  st_f32_sparse_product s = {.columns = number(1, 60), .vectors = number(1, 20)};
  const int lanes = s.vectors * width;
  s.factors = random_factors(s.columns, depth);
  s.factors.x_plane = lanes + number(0, 5);
  s.factors.x = random_floats((depth - 1) * s.factors.x_plane + lanes);
  int32_t *order = guarded((size_t)s.columns * 4, 0, 4);
  for (int i = 0; i < s.columns; i++) order[i] = s.columns - 1 - i;
  s.order = order;
  s.y_plane = lanes + number(0, 5);
  const ptrdiff_t count = (s.columns - 1) * s.y_plane + lanes;
  float *y = random_floats(count), *before = random_floats(count);
  if (once_in(2)) s.factors.bias = 0;
  memcpy(before, y, (size_t)count * 4);
  s.y = y;
  v->sparse.product(&s);
  for (int i = 0; i < s.columns; i++) {
    for (int p = 0; p < lanes; p++) {
      double magnitude, sum = sparse_sum(&s.factors, i, p, &magnitude);
      const ptrdiff_t at = order[i] * s.y_plane + p;
      if (!s.factors.bias) sum += before[at];
      check_near(y[at], sum, magnitude);
    }
  }
  /* Fewer lanes give the same bits. */
  s.vectors = number(1, s.vectors);
  s.y = before;
  v->sparse.product(&s);
  for (int i = 0; i < s.columns; i++) {
    const ptrdiff_t at = order[i] * s.y_plane;
    check(!memcmp(before + at, y + at, (size_t)s.vectors * width * 4));
  }
}

/* e[c, q] of the header, with the magnitudes that it is made of. */
static double expanded(const st_f32_planes_depthwise *d, int c, int q, double *magnitude) {
  if (!d->factors.starts) {
    *magnitude = 1;
    return d->factors.x[c * d->factors.x_plane + q];
  }
  for (int p = 0; p < d->part_count; p++) {
    const int lane = q - d->parts[p].first;
    if (lane < 0 || lane / d->pitch >= d->parts[p].rows) continue;
    if (lane % d->pitch >= d->parts[p].width) continue;
    return activated(sparse_sum(&d->factors, c, q, magnitude), &d->expansion, c);
  }
  return *magnitude = 0;
}

static void check_windows(const st_f32_planes_depthwise *d) {
  for (int c = 0; c < d->channels; c++) {
    for (int at = 0; at < d->rows * d->width; at++) {
      const int p = at / d->width * d->pitch + at % d->width;
      const float *w = d->weights + c * d->tap_count;
      double sum = d->bias[c], magnitude = fabs(sum) + 1;
      for (int t = 0; t < d->taps_count; t++) {
        for (int k = 0; k < d->taps[t].length; k++, w++) {
          double part;
          sum += *w * expanded(d, c, p + d->taps[t].offset + k * d->pitch, &part);
          magnitude += fabs(*w) * part;
        }
      }
      check_near(d->y[c * d->y_plane + p], activated(sum, &d->activation, c), magnitude);
    }
  }
}

static void test_depthwise(const void *variant) {
  const st_f32_kernels *v = variant;
  const int width = v->packing.width, farthest = 20;
  st_f32_planes_depthwise d = {.rows = number(1, 9), .width = 1 + size_around(width, 40)};
  const int gap = number(0, 4);
  d.pitch = d.width + gap;
  d.channels = number(1, 20);
  d.taps_count = number(1, 6);
  st_f32_plane_taps *taps = guarded(d.taps_count * sizeof *taps, 0, 4);
  for (int t = 0; t < d.taps_count; t++) {
    taps[t] = (st_f32_plane_taps){number(0, farthest), number(1, ST_F32_LONGEST_TAPS)};
    d.tap_count += taps[t].length;
  }
  d.taps = taps;
  d.weights = random_floats(d.channels * d.tap_count);
  d.bias = random_floats(d.channels);
  d.activation = random_activation(d.channels, width);
  const int lanes =
      farthest + (ST_F32_LONGEST_TAPS + d.rows - 1) * d.pitch + d.width + 2 * width;
  d.factors.x_plane = lanes;
  int planes = d.channels;
  if (once_in(2)) {
    planes = number(1, 40);
    d.factors = random_factors(d.channels, planes);
    d.factors.x_plane = lanes;
    d.expansion = random_activation(d.channels, width);
    st_f32_plane_rows *parts = guarded(2 * sizeof *parts, 0, 4);
    const int rows = number(0, d.rows / 2);
    parts[0] = (st_f32_plane_rows){number(0, 9), rows, d.width, gap};
    parts[1] = (st_f32_plane_rows){
        parts[0].first + rows * d.pitch + width, number(0, d.rows - rows), d.width - 1, gap + 1};
    d.parts = parts;
    d.part_count = 2;
    d.group = number(1, 5);
    d.scratch_plane = lanes;
    d.scratch = guarded_floats(d.group * d.scratch_plane);
    memset(d.scratch, 0, (size_t)(d.group * d.scratch_plane) * 4);
  }
  d.factors.x = random_floats(planes * d.factors.x_plane);
  const int results = (d.rows - 1) * d.pitch + d.width + width - 1;
  d.y_plane = results + number(0, 3);
  d.y = guarded_floats((d.channels - 1) * d.y_plane + results);
  v->sparse.depthwise(&d);
  check_windows(&d);
  /* Fewer rows give the same bits. */
  const float *y = d.y;
  d.rows = number(1, d.rows);
  d.y = guarded_floats((d.channels - 1) * d.y_plane + results);
  v->sparse.depthwise(&d);
  for (int c = 0; c < d.channels; c++) {
    for (int i = 0; i < d.rows; i++) {
      const ptrdiff_t at = c * d.y_plane + i * d.pitch;
      check(!memcmp(d.y + at, y + at, (size_t)d.width * 4));
    }
  }
}

void test_f32_sparse(void) {
  int count;
  const st_f32_kernels *v = st_f32_kernels_table(&count);
  for (; count > 0; count--, v++) {
    test("st_f32_to_planes", v->name, v->sparse.to_planes != 0, test_to_planes, v);
    test("st_f32_from_planes", v->name, v->sparse.from_planes != 0, test_from_planes, v);
    test("st_f32_sparse_product", v->name, v->sparse.product != 0, test_product, v);
    test("st_f32_planes_depthwise", v->name, v->sparse.depthwise != 0, test_depthwise, v);
  }
}
