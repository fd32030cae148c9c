#include "harness.h"

/* A multiplication of either precision: factors as numbers, and as the kernel takes them. */
typedef struct {
  st_f32_gemm packed;
  int is_bf16, is_column;
  int segment_length; /* in elements, as all that follows */
  int first_depth, depth, a_stride;
  ptrdiff_t segments[4];
  const float *a;
  const float *weights; /* [columns][depth] */
  const float *bias;
} multiplication;

/* What the kernel is given of the factors. */
static void pack(multiplication *m, st_gemm_packing packing, int a_count) {
  const int columns = m->packed.columns, depth = m->depth;
  if (m->is_column) {
    const int length = m->segment_length, count = depth / length;
    if (m->is_bf16) {
      uint16_t *weights = packed(st_bf16_gemm_column_count(packing, count, length) * 2);
      st_bf16_gemm_column_pack(packing, count, length, m->weights, 1, weights);
      m->packed.weights = weights;
    } else {
      float *weights = packed(st_f32_gemm_column_count(packing, count, length) * 4);
      st_f32_gemm_column_pack(packing, count, length, m->weights, 1, weights);
      m->packed.weights = weights;
    }
  } else if (m->is_bf16) {
    uint16_t *weights = packed(st_bf16_gemm_packed_count(packing, depth, columns) * 2);
    st_bf16_gemm_pack(packing, depth, columns, m->weights, 1, depth, weights);
    m->packed.weights = weights;
  } else {
    float *weights = packed(st_f32_gemm_packed_count(packing, depth, columns) * 4);
    st_f32_gemm_pack(packing, depth, columns, m->weights, 1, depth, weights);
    m->packed.weights = weights;
  }
  m->packed.a = m->a;
  if (!m->is_bf16) return;
  uint16_t *a = guarded((size_t)a_count * 2, 0, 4);
  for (int i = 0; i < a_count; i++) a[i] = bf16_from(m->a[i]);
  m->packed.a = a;
}

static multiplication random_multiplication(
    st_gemm_packing packing, int is_bf16, int is_column) {
  multiplication m = {.is_bf16 = is_bf16, .is_column = is_column};
  const int width = packing.width, step = is_bf16 ? 2 : 1;
  st_f32_gemm *g = &m.packed;
  g->segment_count = number(1, 4);
  g->segment_length = size_around(8, 50) + 1;
  g->rows = size_around(13, 45);
  g->columns =
      is_column ? 1 : 1 + size_around(packing.panel * width, (2 * packing.panel + 2) * width);
  g->first_depth = once_in(3) ? number(1, 9) : 0;
  if (is_column) g->first_depth *= g->segment_length;
  g->depth = g->first_depth + g->segment_count * g->segment_length;
  if (once_in(3)) g->depth += number(1, 9) * (is_column ? g->segment_length : 1);
  const int gap = g->segment_length + number(0, 3), reach = (g->segment_count - 1) * gap;
  static ptrdiff_t segments[4];
  for (int i = 0; i < g->segment_count; i++) {
    segments[i] = (ptrdiff_t)i * gap;
    m.segments[i] = segments[i] * step;
  }
  g->segments = segments;
  /* Rows may overlap, as windows do. */
  g->a_stride = number(1, reach + g->segment_length + 3);
  m.segment_length = g->segment_length * step;
  m.first_depth = g->first_depth * step;
  m.depth = g->depth * step;
  m.a_stride = (int)g->a_stride * step;
  const int a_count =
      g->rows ? (int)((g->rows - 1) * g->a_stride + reach + g->segment_length) * step : 0;
  m.a = random_floats(a_count);
  m.weights = random_floats((ptrdiff_t)g->columns * m.depth);
  pack(&m, packing, a_count);
  float *bias = guarded_floats((g->columns + width - 1) / width * width);
  for (int n = 0; n < g->columns; n++) bias[n] = real();
  m.bias = g->bias = bias;
  g->y_stride = g->columns + number(0, 3);
  g->y = guarded_floats(g->rows ? (g->rows - 1) * g->y_stride + g->columns : 0);
  if (once_in(2)) {
    g->addend_stride = g->columns + number(0, 3);
    g->addend = random_floats(g->rows ? (g->rows - 1) * g->addend_stride + g->columns : 0);
  }
  if (once_in(2)) {
    const int count = number(0, 500);
    g->next = guarded_floats(count);
    g->next_bytes = count * 4;
  }
  g->before = random_activation(g->columns, width);
  g->after = random_activation(g->columns, width);
  return m;
}

static float factor(const multiplication *m, float x) {
  return m->is_bf16 ? from_bf16(bf16_from(x)) : x;
}

static void check_results(const multiplication *m) {
  const st_f32_gemm *g = &m->packed;
  const float *y = g->y;
  for (int r = 0; r < g->rows; r++) {
    for (int n = 0; n < g->columns; n++) {
      double sum = m->bias[n], magnitude = fabs(sum) + 1;
      for (int i = 0; i < g->segment_count; i++) {
        const float *a = m->a + (ptrdiff_t)r * m->a_stride + m->segments[i];
        const float *w =
            m->weights + (ptrdiff_t)n * m->depth + m->first_depth + i * m->segment_length;
        for (int k = 0; k < m->segment_length; k++) {
          const double product = (double)factor(m, a[k]) * factor(m, w[k]);
          sum += product;
          magnitude += fabs(product);
        }
      }
      double expected = activated(sum, &g->before, n);
      if (g->addend) expected += ((const float *)g->addend)[r * g->addend_stride + n];
      check_near(y[r * g->y_stride + n], activated(expected, &g->after, n), magnitude);
    }
    for (int n = g->columns; n < g->y_stride && r + 1 < g->rows; n++)
      check(isnan(y[r * g->y_stride + n]));
  }
}

/* Some of the rows alone give the same bits. */
static void check_part(const multiplication *m, st_f32_gemm_function *run) {
  st_f32_gemm part = m->packed;
  if (part.rows == 0) return check(1);
  const int first = number(0, part.rows - 1);
  part.rows = number(1, part.rows - first);
  part.a = (const char *)part.a + first * part.a_stride * 4;
  if (part.addend) part.addend = (const float *)part.addend + first * part.addend_stride;
  const float *whole = (const float *)part.y + first * part.y_stride;
  float *y = guarded_floats((part.rows - 1) * part.y_stride + part.columns);
  part.y = y;
  run(&part);
  for (int r = 0; r < part.rows; r++)
    check(!memcmp(y + r * part.y_stride, whole + r * part.y_stride, (size_t)part.columns * 4));
}

/* Stored as bfloat16, results are the same numbers rounded. */
static void check_stored(const multiplication *m, st_f32_gemm_function *run) {
  st_f32_gemm stored = m->packed;
  if (stored.rows == 0) return check(1);
  if (stored.addend) {
    const ptrdiff_t count = (stored.rows - 1) * stored.addend_stride + stored.columns;
    uint16_t *addend = guarded((size_t)count * 2, 0, 2);
    float *rounded = guarded_floats(count);
    for (ptrdiff_t i = 0; i < count; i++) {
      addend[i] = bf16_from(((const float *)stored.addend)[i]);
      rounded[i] = from_bf16(addend[i]);
    }
    stored.addend = rounded;
    run(&stored);
    stored.addend = addend;
    stored.addend_is_bf16 = 1;
  }
  const float *expected = stored.y;
  uint16_t *y =
      guarded((size_t)((stored.rows - 1) * stored.y_stride + stored.columns) * 2, 0, 2);
  stored.y = y;
  stored.y_is_bf16 = 1;
  run(&stored);
  for (int r = 0; r < stored.rows; r++) {
    for (int n = 0; n < stored.columns; n++) {
      const ptrdiff_t at = r * stored.y_stride + n;
      /* Denormal numbers may count as zero. */
      check(y[at] == bf16_from(expected[at]) || fabsf(expected[at]) < 0x1p-126f);
    }
  }
}

static void test_function_of(
    st_f32_gemm_function *run, st_gemm_packing packing, int is_bf16, int is_column) {
  const multiplication m = random_multiplication(packing, is_bf16, is_column);
  run(&m.packed);
  check_results(&m);
  check_part(&m, run);
  if (is_bf16) check_stored(&m, run);
}

static void test_f32(const void *variant) {
  const st_f32_kernels *v = variant;
  test_function_of(v->gemm, v->packing, 0, 0);
}

static void test_f32_column(const void *variant) {
  const st_f32_kernels *v = variant;
  test_function_of(v->gemm_column, v->packing, 0, 1);
}

static void test_bf16(const void *variant) {
  const st_bf16_kernels *v = variant;
  test_function_of(v->gemm, v->packing, 1, 0);
}

static void test_bf16_column(const void *variant) {
  const st_bf16_kernels *v = variant;
  test_function_of(v->gemm_column, v->packing, 1, 1);
}

void test_f32_gemm(void) {
  int count;
  const st_f32_kernels *f = st_f32_kernels_table(&count);
  for (; count > 0; count--, f++) {
    test("st_f32_gemm", f->name, 1, test_f32, f);
    test("st_f32_gemm_column", f->name, 1, test_f32_column, f);
  }
  const st_bf16_kernels *b = st_bf16_kernels_table(&count);
  for (; count > 0; count--, b++) {
    test("st_bf16_gemm", b->name, 1, test_bf16, b);
    test("st_bf16_gemm_column", b->name, 1, test_bf16_column, b);
  }
}
