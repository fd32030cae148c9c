/*
 * The depthwise convolution of f32_depthwise.h for one instruction set. Included behind one of
 * vectors/. Channels go outside, as many at a time as let input rows be found again in the
 * first-level cache, and rows inside.
 */
#include "../f32/activation.h"
#include "geometry.h"

/* The vector of channels that is worked on. */
typedef struct {
  int first, count;
  const float *weights;
  vf bias;
  vf lowest, highest;
} depthwise_channels;

VF void depthwise_store(
    const st_f32_depthwise *d, const depthwise_channels *c, ptrdiff_t pixel, vf sum) {
  vf result = vf_min(c->highest, vf_max(c->lowest, sum));
  if (d->activation.kind > ST_F32_CLAMP) result = vf_activate(sum, &d->activation, c->first);
  float *y = d->y + pixel * d->y_stride + c->first;
  if (c->count == VF_WIDTH) vf_store(y, result);
  else vf_store_first(y, result, c->count);
}

VF vf depthwise_load(const float *x, const depthwise_channels *c, const int is_full) {
  return is_full ? vf_load(x) : vf_load_first(x, c->count);
}

/* ---- 3x3 from the picture: the last three columns stay in registers. */

typedef struct {
  vf rows[4];
} depthwise_column;

VF depthwise_column load_column(
    const st_f32_depthwise *d, const depthwise_channels *c, const float *x, int column,
    const int rows, const int is_full) {
  depthwise_column result = {{vf_zero(), vf_zero(), vf_zero(), vf_zero()}};
  if ((unsigned)column < (unsigned)d->width) {
    const ptrdiff_t row = (ptrdiff_t)d->width * d->channels;
    const float *from = x + (ptrdiff_t)column * d->channels;
    ST_UNROLL for (int k = 0; k < rows; k++) {
      result.rows[k] = depthwise_load(from + k * row, c, is_full);
    }
  }
  return result;
}

VF vf column_product(vf sum, const depthwise_column *column, const vf *weights, const int rows) {
  ST_UNROLL for (int k = 0; k < rows; k++) {
    sum = vf_multiply_add(column->rows[k], weights[3 * k], sum);
  }
  return sum;
}

/* Three chains, so that the latency of nine steps in a row does not matter. */
VF vf window_sum(
    const depthwise_channels *c, const depthwise_column *left, const depthwise_column *middle,
    const depthwise_column *right, const vf *w, const int rows) {
  return vf_add(
      column_product(c->bias, left, w, rows),
      vf_add(
          column_product(vf_zero(), middle, w + 1, rows),
          column_product(vf_zero(), right, w + 2, rows)));
}

/* Output pixels first..<end of a row, whose windows may reach over the left and right border; `rows`
 * of the windows' rows lie in the picture, from x on. */
VF void edge_pixels(
    const st_f32_depthwise *d, const depthwise_channels *c, const float *x, const vf *w, int first,
    int end, ptrdiff_t pixel, const int rows, const int is_full) {
  for (int j = first; j < end; j++) {
    const int column = j * d->stride_width - d->left;
    const depthwise_column left = load_column(d, c, x, column, rows, is_full);
    const depthwise_column middle = load_column(d, c, x, column + 1, rows, is_full);
    const depthwise_column right = load_column(d, c, x, column + 2, rows, is_full);
    depthwise_store(d, c, pixel + j, window_sum(c, &left, &middle, &right, w, rows));
  }
}

VF depthwise_column inner_column(
    const st_f32_depthwise *d, const depthwise_channels *c, const float *x, const int rows,
    const int is_full) {
  const ptrdiff_t row = (ptrdiff_t)d->width * d->channels;
  depthwise_column result;
  ST_UNROLL for (int k = 0; k < rows; k++) result.rows[k] = depthwise_load(x + k * row, c, is_full);
  return result;
}

/* The same of `lines` neighbouring rows, where the windows' columns lie in the picture. */
VF void inner_pixels(
    const st_f32_depthwise *d, const depthwise_channels *c, const float *x, const vf *w, int first,
    int end, ptrdiff_t pixel, const int rows, const int stride, const int lines,
    const int is_full) {
  const ptrdiff_t channels = d->channels, row = d->width * channels;
  const int taken = rows + lines - 1;
  x += ((ptrdiff_t)first * stride - d->left) * channels;
  depthwise_column left, middle, right;
  if (first < end) {
    left = inner_column(d, c, x, taken, is_full);
    middle = inner_column(d, c, x + channels, taken, is_full);
  }
  for (int j = first; j < end; j++, x += stride * channels) {
    for (int k = 0; k < (stride == 2 ? 2 : lines); k++) {
      __builtin_prefetch(x + 2 * channels + (taken + k) * row);
      if (stride == 2) __builtin_prefetch(x + channels + (taken + k) * row);
    }
    if (stride == 2) middle = inner_column(d, c, x + channels, taken, is_full);
    right = inner_column(d, c, x + 2 * channels, taken, is_full);
    ST_UNROLL for (int line = 0; line < lines; line++) {
      depthwise_column window[3];
      ST_UNROLL for (int k = 0; k < rows; k++) {
        window[0].rows[k] = left.rows[k + line];
        window[1].rows[k] = middle.rows[k + line];
        window[2].rows[k] = right.rows[k + line];
      }
      depthwise_store(
          d, c, pixel + line * d->out_width + j,
          window_sum(c, window, window + 1, window + 2, w, rows));
    }
    left = stride == 1 ? middle : right;
    if (stride == 1) middle = right;
  }
}

/* Output pixels first..<end of `lines` rows; `pixel` is where column 0 of the first one goes. */
VF void direct_row(
    const st_f32_depthwise *d, const depthwise_channels *c, const float *x, const float *weights,
    int first, int end, ptrdiff_t pixel, const int rows, const int stride, const int lines,
    const int is_full) {
  vf w[9];
  ST_UNROLL for (int k = 0; k < 3 * rows; k++) w[k] = vf_load(weights + k * VF_WIDTH);
  const int last = d->width - 3 + d->left;
  const int lower = st_smaller(st_larger((d->left + stride - 1) / stride, first), end);
  const int upper = st_larger(st_smaller(last < 0 ? 0 : last / stride + 1, end), lower);
  const ptrdiff_t row = (ptrdiff_t)d->width * d->channels;
  for (int line = 0; line < lines; line++) {
    const ptrdiff_t at = pixel + line * d->out_width;
    edge_pixels(d, c, x + line * row, w, first, lower, at, rows, is_full);
    edge_pixels(d, c, x + line * row, w, upper, end, at, rows, is_full);
  }
  inner_pixels(d, c, x, w, lower, upper, pixel, rows, stride, lines, is_full);
}

#define ST_DIRECT_ROW(rows, stride, lines)                                                       \
  ST_TARGET static void direct_row_##rows##_##stride##_##lines(                                  \
      const st_f32_depthwise *d, const depthwise_channels *c, const float *x,                    \
      const float *weights, int first, int end, ptrdiff_t pixel) {                               \
    if (c->count == VF_WIDTH) {                                                                  \
      direct_row(d, c, x, weights, first, end, pixel, rows, stride, lines, 1);                   \
    } else {                                                                                     \
      direct_row(d, c, x, weights, first, end, pixel, rows, stride, lines, 0);                   \
    }                                                                                            \
  }
ST_DIRECT_ROW(1, 1, 1) ST_DIRECT_ROW(2, 1, 1) ST_DIRECT_ROW(3, 1, 1)
ST_DIRECT_ROW(1, 2, 1) ST_DIRECT_ROW(2, 2, 1) ST_DIRECT_ROW(3, 2, 1)
#if defined(ST_HAS_32_REGISTERS)
ST_DIRECT_ROW(3, 1, 2)
#endif

VF depthwise_channels channels_from(const st_f32_depthwise *d, int first) {
  const int is_clamp = d->activation.kind == ST_F32_CLAMP;
  const depthwise_channels result = {
      first,
      st_smaller(d->channels - first, VF_WIDTH),
      d->weights + (ptrdiff_t)d->kernel_height * d->kernel_width * first,
      vf_load(d->bias + first),
      vf_set(is_clamp ? d->activation.lowest : -__builtin_inff()),
      vf_set(is_clamp ? d->activation.highest : __builtin_inff())};
  return result;
}

/* Output pixels first..<end of row i, of channels from..<to. `pixel` is where column 0 goes. */
ST_TARGET static void direct_pixels(
    const st_f32_depthwise *d, int i, int first, int end, int from, int to, ptrdiff_t pixel,
    int lines) {
  const ptrdiff_t row = (ptrdiff_t)d->width * d->channels;
  const int top = i * d->stride_height - d->top;
  const int lower = st_smaller(st_larger(-top, 0), 3);
  const int rows = st_larger(st_smaller(d->height - top, 3) - lower, 0);
  for (int channel = from; channel < to; channel += VF_WIDTH) {
    const depthwise_channels c = channels_from(d, channel);
    const float *x = rows ? d->x + (top + lower) * row + channel : d->x;
    const float *weights = c.weights + lower * 3 * VF_WIDTH;
    switch (rows * 4 + d->stride_width * 2 + lines) {
      case 4 + 3: direct_row_1_1_1(d, &c, x, weights, first, end, pixel); break;
      case 4 + 5: direct_row_1_2_1(d, &c, x, weights, first, end, pixel); break;
      case 8 + 3: direct_row_2_1_1(d, &c, x, weights, first, end, pixel); break;
      case 8 + 5: direct_row_2_2_1(d, &c, x, weights, first, end, pixel); break;
      case 12 + 3: direct_row_3_1_1(d, &c, x, weights, first, end, pixel); break;
      case 12 + 5: direct_row_3_2_1(d, &c, x, weights, first, end, pixel); break;
#if defined(ST_HAS_32_REGISTERS)
      case 12 + 4: direct_row_3_1_2(d, &c, x, weights, first, end, pixel); break;
#endif
      default:
        for (int j = first; j < end; j++) depthwise_store(d, &c, pixel + j, c.bias);
    }
  }
}

/* Whether row i and the next one can be computed together. */
ST_INLINE int is_pair(const st_f32_depthwise *d, int i) {
#if defined(ST_HAS_32_REGISTERS)
  const int has_registers = 1;
#else
  const int has_registers = 0;
#endif
  const int top = i - d->top;
  return has_registers && d->stride_height == 1 && d->stride_width == 1 && top >= 0 &&
         top + 4 <= d->height;
}

/* As many channels at a time as leave four rows of them in the first-level cache. */
ST_TARGET static void direct(const st_f32_depthwise *d) {
  const int fitting = (int)((16 << 10) / (16 * (long)d->width) / VF_WIDTH) * VF_WIDTH;
  const int block = st_larger(fitting, VF_WIDTH);
  for (int from = 0; from < d->channels; from += block) {
    const int to = st_smaller(from + block, d->channels);
    int i = d->first_pixel / d->out_width, first = d->first_pixel % d->out_width;
    for (int done = 0; done < d->pixel_count;) {
      const int left = d->pixel_count - done;
      const int lines = first == 0 && left >= 2 * d->out_width && is_pair(d, i) ? 2 : 1;
      const int end = st_smaller(d->out_width, first + left);
      direct_pixels(d, i, first, end, from, to, done - first, lines);
      done += lines == 2 ? 2 * d->out_width : end - first;
      i += lines;
      first = 0;
    }
  }
}

/* ---- any window: the vector's channels of some rows are copied, with the padding around them. */

VF vf gather_channels(const st_f32_depthwise *d, const depthwise_channels *c, const float *pixel) {
  if (d->multiplier == 1) return depthwise_load(pixel + c->first, c, c->count == VF_WIDTH);
  float lanes[VF_WIDTH] = {0};
  for (int l = 0; l < c->count; l++) lanes[l] = pixel[(c->first + l) / d->multiplier];
  return vf_load(lanes);
}

VF float *fill_zeros(float *to, int count) {
  for (int column = 0; column < count; column++, to += VF_WIDTH) vf_store(to, vf_zero());
  return to;
}

/* Fills rows first..<first + count of the padded picture. */
ST_TARGET static void fill_scratch(
    const st_f32_depthwise *d, const depthwise_channels *c, int first, int count) {
  const int width = padded_width(d), depth = d->channels / d->multiplier;
  const int lower = st_smaller(st_larger(d->left, 0), width);
  const int upper = st_larger(st_smaller(d->left + d->width, width), lower);
  float *to = d->scratch;
  for (int i = first - d->top; i < first - d->top + count; i++) {
    if (i < 0 || i >= d->height) {
      to = fill_zeros(to, width);
      continue;
    }
    to = fill_zeros(to, lower);
    const float *x = d->x + ((ptrdiff_t)i * d->width + lower - d->left) * depth;
    for (int column = lower; column < upper; column++, to += VF_WIDTH, x += depth) {
        /* The next vector of channels, which is what is read next. */
      __builtin_prefetch(x + c->first + VF_WIDTH);
      vf_store(to, gather_channels(d, c, x));
    }
    to = fill_zeros(to, width - upper);
  }
}

/* `count` neighbouring output pixels of a row. */
VF void padded_pixels(
    const st_f32_depthwise *d, const depthwise_channels *c, const float *x, ptrdiff_t pixel,
    const int count, const int kernel_height, const int kernel_width, const int stride) {
  vf sums[8];
  ST_UNROLL for (int j = 0; j < count; j++) sums[j] = c->bias;
  const ptrdiff_t row = (ptrdiff_t)d->dilation_height * padded_width(d) * VF_WIDTH;
  const ptrdiff_t column = (ptrdiff_t)d->dilation_width * VF_WIDTH;
  const float *w = c->weights;
  for (int k = 0; k < kernel_height; k++, x += row) {
    const float *from = x;
    for (int l = 0; l < kernel_width; l++, from += column, w += VF_WIDTH) {
      const vf weight = vf_load(w);
      ST_UNROLL for (int j = 0; j < count; j++) {
        sums[j] = vf_multiply_add(vf_load(from + j * stride * VF_WIDTH), weight, sums[j]);
      }
    }
  }
  ST_UNROLL for (int j = 0; j < count; j++) depthwise_store(d, c, pixel + j, sums[j]);
}

VF void padded_row(
    const st_f32_depthwise *d, const depthwise_channels *c, const float *x, int first, int end,
    ptrdiff_t pixel, const int kernel_height, const int kernel_width, const int stride) {
  int j = first;
  x += (ptrdiff_t)first * stride * VF_WIDTH;
#define ST_PADDED_PIXELS(count)                                                              \
  for (; j + count <= end; j += count, pixel += count, x += count * stride * VF_WIDTH) {     \
    padded_pixels(d, c, x, pixel, count, kernel_height, kernel_width, stride);               \
  }
  ST_PADDED_PIXELS(8)
  ST_PADDED_PIXELS(4)
  ST_PADDED_PIXELS(2)
  ST_PADDED_PIXELS(1)
#undef ST_PADDED_PIXELS
}

ST_TARGET static void padded_channels(const st_f32_depthwise *d, const depthwise_channels *c) {
  const ptrdiff_t row = (ptrdiff_t)d->stride_height * padded_width(d) * VF_WIDTH;
  const int step = st_f32_depthwise_scratch_rows(d, VF_WIDTH);
  const int last = (d->first_pixel + d->pixel_count - 1) / d->out_width;
  int i = d->first_pixel / d->out_width, first = d->first_pixel % d->out_width;
  for (int done = 0; done < d->pixel_count;) {
    const int rows = st_smaller(step, last - i + 1);
    fill_scratch(d, c, i * d->stride_height, (rows - 1) * d->stride_height + window_height(d));
    const float *x = d->scratch;
    for (int r = 0; r < rows; r++, i++, x += row) {
      const int end = st_smaller(d->out_width, first + d->pixel_count - done);
      const int height = d->kernel_height, width = d->kernel_width;
#if defined(ST_HAS_32_REGISTERS)
      const int is_5x5 = height == 5 && width == 5;
      if (is_5x5 && d->stride_width == 1) padded_row(d, c, x, first, end, done, 5, 5, 1);
      else if (is_5x5 && d->stride_width == 2) padded_row(d, c, x, first, end, done, 5, 5, 2);
      else
#endif
      if (d->stride_width == 1) padded_row(d, c, x, first, end, done, height, width, 1);
      else if (d->stride_width == 2) padded_row(d, c, x, first, end, done, height, width, 2);
      else padded_row(d, c, x, first, end, done, height, width, d->stride_width);
      done += end - first;
      first = 0;
    }
  }
}

ST_TARGET void ST_VARIANT(st_f32_depthwise)(const st_f32_depthwise *d) {
  if (st_f32_depthwise_is_direct(d)) {
    direct(d);
    return;
  }
  for (int first = 0; first < d->channels; first += VF_WIDTH) {
    const depthwise_channels c = channels_from(d, first);
    padded_channels(d, &c);
  }
}
