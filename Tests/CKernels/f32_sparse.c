#include "harness.h"

enum { BLOCK = ST_F32_SPARSE_BLOCK };

/* Lists the weights that are not zero, [columns][depth], block by block. */
static void store_weights(st_f32_sparse *s, const float *w) {
  const int blocks = (s->depth + BLOCK - 1) / BLOCK, columns = s->columns;
  int32_t *starts = packed(((size_t)blocks * columns + 1) * 4), count = 0;
  int32_t depths[60 * 260];
  float weights[60 * 260];
  for (int b = 0; b < blocks; b++) {
    for (int n = 0; n < columns; n++) {
      starts[b * columns + n] = count;
      for (int k = b * BLOCK; k < s->depth && k < (b + 1) * BLOCK; k++) {
        if (w[n * s->depth + k] == 0) continue;
        depths[count] = k - b * BLOCK;
        weights[count++] = w[n * s->depth + k];
      }
      if (count % 2) {
        depths[count] = BLOCK;
        weights[count++] = 0;
      }
    }
  }
  starts[blocks * columns] = count;
  int32_t *kept_depths = guarded((size_t)count * 4, 0, 4);
  float *kept_weights = guarded_floats(count);
  memcpy(kept_depths, depths, (size_t)count * 4);
  memcpy(kept_weights, weights, (size_t)count * 4);
  s->starts = starts;
  s->depths = kept_depths;
  s->weights = kept_weights;
}

static void test_variant(const void *variant) {
  const st_f32_kernels *v = variant;
  const int width = v->packing.width, pixels = width * ST_F32_SPARSE_VECTORS;
  st_f32_sparse s = {.rows = size_around(pixels, 2 * pixels + 5), .depth = number(1, 240)};
  s.columns = 1 + size_around(width, 50);
  s.x_stride = s.depth + number(0, 3);
  s.y_stride = s.columns + number(0, 3);
  float *w = random_floats((ptrdiff_t)s.columns * s.depth);
  const int density = number(0, 60);
  for (int i = 0; i < s.columns * s.depth; i++) w[i] = number(0, 99) < density ? w[i] : 0;
  store_weights(&s, w);
  const float *x = random_floats(s.rows ? (s.rows - 1) * s.x_stride + s.depth : 0);
  s.x = x;
  float *bias = guarded_floats((s.columns + width - 1) / width * width);
  for (int n = 0; n < s.columns; n++) bias[n] = real();
  s.bias = bias;
  s.y = guarded_floats(s.rows ? (s.rows - 1) * s.y_stride + s.columns : 0);
  const float *addend = 0;
  if (once_in(2)) {
    s.addend_stride = s.columns + number(0, 3);
    addend = random_floats(s.rows ? (s.rows - 1) * s.addend_stride + s.columns : 0);
  }
  s.addend = addend;
  s.before = random_activation(s.columns, width);
  s.after = random_activation(s.columns, width);
  s.scratch = guarded((size_t)st_f32_sparse_scratch_count(width, s.columns) * 4, 0, 64);
  v->sparse(&s);
  for (int r = 0; r < s.rows; r++) {
    for (int n = 0; n < s.columns; n++) {
      double sum = bias[n], magnitude = fabs(sum) + 1;
      for (int k = 0; k < s.depth; k++) {
        const double product = (double)x[r * s.x_stride + k] * w[n * s.depth + k];
        sum += product;
        magnitude += fabs(product);
      }
      double expected = activated(sum, &s.before, n);
      if (addend) expected += addend[r * s.addend_stride + n];
      check_near(s.y[r * s.y_stride + n], activated(expected, &s.after, n), magnitude);
    }
  }
  if (s.rows == 0) return check(1);
  /* Some of the rows alone give the same bits. */
  const int first = number(0, s.rows - 1);
  const float *whole = s.y + first * s.y_stride;
  s.rows = number(1, s.rows - first);
  s.x += first * s.x_stride;
  if (s.addend) s.addend += first * s.addend_stride;
  s.y = guarded_floats((s.rows - 1) * s.y_stride + s.columns);
  v->sparse(&s);
  for (int r = 0; r < s.rows; r++)
    check(!memcmp(s.y + r * s.y_stride, whole + r * s.y_stride, (size_t)s.columns * 4));
}

void test_f32_sparse(void) {
  int count;
  const st_f32_kernels *v = st_f32_kernels_table(&count);
  for (; count > 0; count--, v++) test("st_f32_sparse", v->name, v->sparse != 0, test_variant, v);
}
