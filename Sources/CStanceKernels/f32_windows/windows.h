/* The functions of f32_windows.h for one instruction set. Included behind one of vectors/. */
#include "f32_windows.h"
#include "../vectors/common.h"

/* The part of a picture that lies under a window. */
typedef struct {
  const float *x;
  int rows, columns;
  ptrdiff_t row_stride, column_stride;
} covered_pixels;

ST_INLINE covered_pixels window_at(const st_f32_pooling *p, int pixel) {
  const int top = pixel / p->out_width * p->stride_height - p->top;
  const int left = pixel % p->out_width * p->stride_width - p->left;
  const int i = st_smaller(st_larger(top, 0), p->height);
  const int j = st_smaller(st_larger(left, 0), p->width);
  const covered_pixels result = {
      p->x + ((ptrdiff_t)i * p->width + j) * p->channels,
      st_larger(st_smaller(top + p->kernel_height, p->height) - i, 0),
      st_larger(st_smaller(left + p->kernel_width, p->width) - j, 0),
      (ptrdiff_t)p->width * p->channels,
      p->channels,
  };
  return result;
}

VF vf pool_channels(
    const st_f32_pooling *p, const covered_pixels *covered, int channel, int count,
    const int is_full) {
  vf result = p->is_average ? vf_zero() : vf_set(p->initial);
  for (int i = 0; i < covered->rows; i++) {
    const float *x = covered->x + i * covered->row_stride + channel;
    for (int j = 0; j < covered->columns; j++, x += covered->column_stride) {
      const vf element = is_full ? vf_load(x) : vf_load_first(x, count);
      result = p->is_average ? vf_add(result, element) : vf_max(result, element);
    }
  }
  if (p->is_average) {
    result = vf_multiply(result, vf_set(1.0f / (float)(covered->rows * covered->columns)));
  }
  return vf_min(vf_set(p->highest), vf_max(vf_set(p->lowest), result));
}

ST_TARGET void ST_VARIANT(st_f32_pooling)(const st_f32_pooling *p) {
  float *y = p->y;
  for (int pixel = p->first_pixel; pixel < p->first_pixel + p->pixel_count; pixel++) {
    const covered_pixels covered = window_at(p, pixel);
    int c = 0;
    for (; c + VF_WIDTH <= p->channels; c += VF_WIDTH) {
      vf_store(y + c, pool_channels(p, &covered, c, VF_WIDTH, 1));
    }
    const int left = p->channels - c;
    if (left) vf_store_first(y + c, pool_channels(p, &covered, c, left, 0), left);
    y += p->channels;
  }
}

VF vf sum_channels(
    const float *x, ptrdiff_t rows, int channels, int count, const int is_full) {
  vf total = vf_zero();
  for (ptrdiff_t first = 0; first < rows; first += 64) {
    const ptrdiff_t end = first + 64 < rows ? first + 64 : rows;
    vf even = vf_zero(), odd = vf_zero();
    for (ptrdiff_t r = first; r < end; r += 2) {
      const float *row = x + r * channels;
      even = vf_add(even, is_full ? vf_load(row) : vf_load_first(row, count));
      if (r + 1 < end) {
        row += channels;
        odd = vf_add(odd, is_full ? vf_load(row) : vf_load_first(row, count));
      }
    }
    total = vf_add(total, vf_add(even, odd));
  }
  return total;
}

ST_TARGET void ST_VARIANT(st_f32_sum)(
    const float *x, ptrdiff_t rows, int channels, int first, int count, float scale, float *y) {
  int c = 0;
  for (; c + VF_WIDTH <= count; c += VF_WIDTH) {
    const vf sum = sum_channels(x + first + c, rows, channels, VF_WIDTH, 1);
    vf_store(y + c, vf_multiply(sum, vf_set(scale)));
  }
  const int left = count - c;
  if (left) {
    const vf sum = sum_channels(x + first + c, rows, channels, left, 0);
    vf_store_first(y + c, vf_multiply(sum, vf_set(scale)), left);
  }
}

VF vf between(vf a, vf b, vf fraction) {
  return vf_multiply_add(vf_subtract(b, a), fraction, a);
}

VF vf resize_channels(const st_f32_resize *r, int j, int c, int count, const int is_full) {
  const float *lower = r->x + r->lower[j] + c, *upper = r->x + r->upper[j] + c;
  return between(
      is_full ? vf_load(lower) : vf_load_first(lower, count),
      is_full ? vf_load(upper) : vf_load_first(upper, count), vf_set(r->fractions[j]));
}

ST_TARGET void ST_VARIANT(st_f32_resize)(const st_f32_resize *r) {
  float *y = r->y;
  for (int j = 0; j < r->count; j++, y += r->channels) {
    int c = 0;
    for (; c + VF_WIDTH <= r->channels; c += VF_WIDTH) {
      vf_store(y + c, resize_channels(r, j, c, VF_WIDTH, 1));
    }
    const int left = r->channels - c;
    if (left) vf_store_first(y + c, resize_channels(r, j, c, left, 0), left);
  }
}

ST_TARGET void ST_VARIANT(st_f32_blend)(
    const float *a, const float *b, float fraction, ptrdiff_t count, float *y) {
  const vf part = vf_set(fraction);
  ptrdiff_t i = 0;
  for (; i + VF_WIDTH <= count; i += VF_WIDTH) {
    vf_store(y + i, between(vf_load(a + i), vf_load(b + i), part));
  }
  const int left = (int)(count - i);
  if (left) {
    const vf result = between(vf_load_first(a + i, left), vf_load_first(b + i, left), part);
    vf_store_first(y + i, result, left);
  }
}
