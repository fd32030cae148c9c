/*
 * The depthwise convolution of bf16_depthwise.h for one instruction set. Included behind one of
 * vectors/.
 */
#include "../f32/activation.h"
#include "ring.h"

/* Lanes that are worked on at a time: two vectors. */
#define ST_LANE_COUNT (2 * VF_WIDTH)

/* A vector pair of lanes, and what to compute with it in one row. */
typedef struct {
  int first_lane;
  const float *weights;
  ptrdiff_t item_step, tap_step;  /* floats of the ring */
  ptrdiff_t y_step;               /* elements */
  vf lowest, highest;
} depthwise_lanes;

VF vf load_elements(const st_bf16_depthwise *d, ptrdiff_t at, int count) {
  if (d->x_is_bf16) {
    const uint16_t *x = (const uint16_t *)d->x + at;
    return count >= VF_WIDTH ? vf_load_bf16(x) : vf_load_bf16_first(x, st_larger(count, 0));
  }
  const float *x = (const float *)d->x + at;
  return count >= VF_WIDTH ? vf_load(x) : vf_load_first(x, st_larger(count, 0));
}

VF void store_lanes(void *y, const int is_bf16, ptrdiff_t at, vf result, int count) {
  if (is_bf16) {
    if (count == VF_WIDTH) vf_store_bf16((uint16_t *)y + at, result);
    else vf_store_bf16_first((uint16_t *)y + at, result, count);
  } else {
    if (count == VF_WIDTH) vf_store((float *)y + at, result);
    else vf_store_first((float *)y + at, result, count);
  }
}

/* ---- filling the ring */

VF void fill_zeros(float *to, ptrdiff_t count) {
  ptrdiff_t i = 0;
  for (; i + VF_WIDTH <= count; i += VF_WIDTH) vf_store(to + i, vf_zero());
  if (i < count) vf_store_first(to + i, vf_zero(), (int)(count - i));
}

VF vf repeated_channels(const st_bf16_depthwise *d, ptrdiff_t pixel, int first) {
  float lanes[VF_WIDTH] = {0};
  const int count = st_smaller(d->channels - first, VF_WIDTH);
  for (int l = 0; l < count; l++) {
    const ptrdiff_t at = pixel + (first + l) / d->multiplier;
    lanes[l] = d->x_is_bf16 ? st_f32_from_bf16(((const uint16_t *)d->x)[at])
                            : ((const float *)d->x)[at];
  }
  return vf_load(lanes);
}

/* The first `count` channels behind x[at] of some pixels, `depth` elements apart. */
VF void fill_pixels(
    const st_bf16_depthwise *d, ptrdiff_t at, int depth, int pixels, int count, float *to,
    const int is_bf16) {
  const ptrdiff_t row = (ptrdiff_t)d->width * depth;
  const int low = st_smaller(count, VF_WIDTH), high = st_smaller(count - low, VF_WIDTH);
  const uint16_t *halves = (const uint16_t *)d->x + at;
  const float *floats = (const float *)d->x + at;
  for (int p = 0; p < pixels; p++, to += ST_LANE_COUNT, halves += depth, floats += depth) {
    if (is_bf16) {
      __builtin_prefetch(halves + row);
      vf_store(to, low == VF_WIDTH ? vf_load_bf16(halves) : vf_load_bf16_first(halves, low));
      if (high == VF_WIDTH) vf_store(to + VF_WIDTH, vf_load_bf16(halves + VF_WIDTH));
      else if (high) vf_store(to + VF_WIDTH, vf_load_bf16_first(halves + VF_WIDTH, high));
    } else {
      __builtin_prefetch(floats + row);
      vf_store(to, low == VF_WIDTH ? vf_load(floats) : vf_load_first(floats, low));
      if (high == VF_WIDTH) vf_store(to + VF_WIDTH, vf_load(floats + VF_WIDTH));
      else if (high) vf_store(to + VF_WIDTH, vf_load_first(floats + VF_WIDTH, high));
    }
  }
}

/* Row `i` of the picture, the channels of one vector pair, or of one vector where there are no more. */
ST_TARGET static void fill_channels(const st_bf16_depthwise *d, int first, int i, float *to) {
  const int columns = padded_columns(d), depth = d->channels / d->multiplier;
  const int lower = st_smaller(st_larger(d->left, 0), columns);
  const int upper = st_larger(st_smaller(d->left + d->width, columns), lower);
  fill_zeros(to, (ptrdiff_t)lower * ST_LANE_COUNT);
  to += (ptrdiff_t)lower * ST_LANE_COUNT;
  ptrdiff_t at = ((ptrdiff_t)i * d->width + lower - d->left) * depth;
  if (d->multiplier != 1) {
    float *pixel = to;
    for (int column = lower; column < upper; column++, pixel += ST_LANE_COUNT, at += depth) {
      vf_store(pixel, repeated_channels(d, at, first));
      vf_store(pixel + VF_WIDTH, repeated_channels(d, at, first + VF_WIDTH));
    }
  } else {
    const int count = st_smaller(d->channels - first, ST_LANE_COUNT);
    if (!d->x_is_bf16) fill_pixels(d, at + first, depth, upper - lower, count, to, 0);
    else if (count == ST_LANE_COUNT) {
      fill_pixels(d, at + first, depth, upper - lower, ST_LANE_COUNT, to, 1);
    } else fill_pixels(d, at + first, depth, upper - lower, count, to, 1);
  }
  to += (ptrdiff_t)(upper - lower) * ST_LANE_COUNT;
  fill_zeros(to, (ptrdiff_t)(columns - upper) * ST_LANE_COUNT);
}

/* Row `i` of the picture, all of its elements. */
ST_TARGET static void fill_flat(const st_bf16_depthwise *d, int i, float *to) {
  const int columns = padded_columns(d);
  const int lower = st_smaller(st_larger(d->left, 0), columns);
  const int upper = st_larger(st_smaller(d->left + d->width, columns), lower);
  const ptrdiff_t begin = (ptrdiff_t)lower * d->channels, end = (ptrdiff_t)upper * d->channels;
  const ptrdiff_t at = ((ptrdiff_t)i * d->width - d->left) * d->channels;
  fill_zeros(to, begin);
  ptrdiff_t e = begin;
  for (; e + VF_WIDTH <= end; e += VF_WIDTH) vf_store(to + e, load_elements(d, at + e, VF_WIDTH));
  if (e < end) vf_store_first(to + e, load_elements(d, at + e, (int)(end - e)), (int)(end - e));
  fill_zeros(to + end, ring_row_length(d, VF_WIDTH) - end);
}

/* ---- a row of results */

/* Lanes begin..<end of the item whose first lane is y[at]. */
VF void store_item(
    const st_bf16_depthwise *d, const depthwise_lanes *c, ptrdiff_t at, vf low, vf high, int begin,
    int end) {
  if (d->activation.kind <= ST_F32_CLAMP) {
    low = vf_min(c->highest, vf_max(c->lowest, low));
    high = vf_min(c->highest, vf_max(c->lowest, high));
  } else {
    low = vf_activate(low, &d->activation, c->first_lane);
    high = vf_activate(high, &d->activation, c->first_lane + VF_WIDTH);
  }
  if (begin == 0 && end == ST_LANE_COUNT) {
    store_lanes(d->y, d->y_is_bf16, at, low, VF_WIDTH);
    store_lanes(d->y, d->y_is_bf16, at + VF_WIDTH, high, VF_WIDTH);
    return;
  }
  float lanes[ST_LANE_COUNT];
  vf_store(lanes, low);
  vf_store(lanes + VF_WIDTH, high);
  for (int l = begin; l < end; l += VF_WIDTH) {
    const int count = st_smaller(end - l, VF_WIDTH);
    store_lanes(d->y, d->y_is_bf16, at + l, vf_load_first(lanes + l, count), count);
  }
}

/* The `count` rows of a window that lie in the picture, from its row `first` on, in `slot`. */
typedef struct {
  const float *ring;
  ptrdiff_t length;
  int first, count, slot;
} window_rows;

/*
 * `count` items, from ring element `at` on; lanes begin..<end of each go to y[y_at] and on. There
 * are lanes in so many vectors.
 */
VF void depthwise_items(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, ptrdiff_t at,
    ptrdiff_t y_at, int begin, int end, const int vectors, const int count,
    const int kernel_width, const ptrdiff_t item_step) {
  vf sums[8][2];
  ST_UNROLL for (int j = 0; j < count; j++) {
    ST_UNROLL for (int v = 0; v < 2; v++) sums[j][v] = vf_load(d->bias + c->first_lane + v * VF_WIDTH);
  }
  const float *w = c->weights + (ptrdiff_t)rows->first * kernel_width * ST_LANE_COUNT;
  const int slots = ring_rows(d);
  int slot = rows->slot;
  for (int k = 0; k < rows->count; k++) {
    const float *x = rows->ring + slot * rows->length + at;
    for (int l = 0; l < kernel_width; l++, x += c->tap_step, w += ST_LANE_COUNT) {
      ST_UNROLL for (int v = 0; v < vectors; v++) {
        const vf weight = vf_load(w + v * VF_WIDTH);
        ST_UNROLL for (int j = 0; j < count; j++) {
          const vf element = vf_load(x + j * item_step + v * VF_WIDTH);
          sums[j][v] = vf_multiply_add(element, weight, sums[j][v]);
        }
      }
    }
    slot += d->dilation_height;
    if (slot >= slots) slot -= slots;
  }
  ST_UNROLL for (int j = 0; j < count; j++) {
    store_item(d, c, y_at + j * c->y_step, sums[j][0], sums[j][1], begin, end);
  }
}

#define ST_ITEMS_CASE(n, vectors, taps, step)                                                  \
  case n:                                                                                      \
    depthwise_items(d, c, rows, at, y_at, begin, end, vectors, n, taps, step);                 \
    break;
/* `count` items in runs of nearly equal length. */
#define ST_ITEMS_FUNCTION(name, vectors, taps, step)                                           \
  ST_TARGET static void name(                                                                  \
      const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows,           \
      ptrdiff_t at, ptrdiff_t y_at, int begin, int end, int count) {                           \
    for (int runs = (count + 7) / 8; runs > 0; runs--) {                                       \
      const int n = (count + runs - 1) / runs;                                                 \
      switch (n) {                                                                             \
        ST_ITEMS_CASE(1, vectors, taps, step) ST_ITEMS_CASE(2, vectors, taps, step)            \
        ST_ITEMS_CASE(3, vectors, taps, step) ST_ITEMS_CASE(4, vectors, taps, step)            \
        ST_ITEMS_CASE(5, vectors, taps, step) ST_ITEMS_CASE(6, vectors, taps, step)            \
        ST_ITEMS_CASE(7, vectors, taps, step) ST_ITEMS_CASE(8, vectors, taps, step)            \
      }                                                                                        \
      at += n * c->item_step;                                                                  \
      y_at += n * c->y_step;                                                                   \
      count -= n;                                                                              \
    }                                                                                          \
  }
ST_ITEMS_FUNCTION(items_3_dense, 2, 3, ST_LANE_COUNT)
ST_ITEMS_FUNCTION(items_3_strided, 2, 3, 2 * ST_LANE_COUNT)
ST_ITEMS_FUNCTION(items_5_dense, 2, 5, ST_LANE_COUNT)
ST_ITEMS_FUNCTION(items_5_strided, 2, 5, 2 * ST_LANE_COUNT)
ST_ITEMS_FUNCTION(items_any, 2, d->kernel_width, c->item_step)
ST_ITEMS_FUNCTION(items_of_one_vector, 1, d->kernel_width, c->item_step)

ST_TARGET static void run_items(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, ptrdiff_t at,
    ptrdiff_t y_at, int begin, int end, int count) {
  if (count <= 0) return;
  const int is_dense = c->item_step == ST_LANE_COUNT;
  const int is_strided = c->item_step == 2 * ST_LANE_COUNT;
#define ST_RUN(name) name(d, c, rows, at, y_at, begin, end, count)
  if (end <= VF_WIDTH) ST_RUN(items_of_one_vector);
  else if (d->kernel_width == 3 && is_dense) ST_RUN(items_3_dense);
  else if (d->kernel_width == 3 && is_strided) ST_RUN(items_3_strided);
  else if (d->kernel_width == 5 && is_dense) ST_RUN(items_5_dense);
  else if (d->kernel_width == 5 && is_strided) ST_RUN(items_5_strided);
  else ST_RUN(items_any);
#undef ST_RUN
}

/*
 * Dense windows of 3x3 that lie in the picture from top to bottom, one vector of channels: the last
 * three columns stay in registers.
 */
VF void slide_3x3(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, ptrdiff_t at,
    ptrdiff_t y_at, const int half, int count, const int lanes, const int y_is_bf16) {
  /* Copies, as results might be stored over what they are copies of, for all that compilers know. */
  void *const y = d->y;
  const ptrdiff_t y_step = c->y_step;
  const vf lowest = c->lowest, highest = c->highest;
  vf w[9];
  ST_UNROLL for (int k = 0; k < 9; k++) {
    w[k] = vf_load(c->weights + k * ST_LANE_COUNT + half * VF_WIDTH);
  }
  const vf bias = vf_load(d->bias + c->first_lane + half * VF_WIDTH);
  const float *x[3];
  int slot = rows->slot;
  for (int k = 0; k < 3; k++) {
    x[k] = rows->ring + slot * rows->length + at + half * VF_WIDTH;
    slot = slot == 2 ? 0 : slot + 1;
  }
  vf left[3], middle[3], right[3];
  ST_UNROLL for (int k = 0; k < 3; k++) {
    left[k] = vf_load(x[k]);
    middle[k] = vf_load(x[k] + ST_LANE_COUNT);
  }
  for (int j = 0; j < count; j++, y_at += y_step) {
    ST_UNROLL for (int k = 0; k < 3; k++) {
      right[k] = vf_load(x[k] + (ptrdiff_t)(j + 2) * ST_LANE_COUNT);
    }
    vf sums[3] = {bias, vf_zero(), vf_zero()};
    ST_UNROLL for (int k = 0; k < 3; k++) {
      sums[0] = vf_multiply_add(left[k], w[3 * k], sums[0]);
      sums[1] = vf_multiply_add(middle[k], w[3 * k + 1], sums[1]);
      sums[2] = vf_multiply_add(right[k], w[3 * k + 2], sums[2]);
      left[k] = middle[k];
      middle[k] = right[k];
    }
    const vf sum = vf_add(sums[0], vf_add(sums[1], sums[2]));
    const vf result = vf_min(highest, vf_max(lowest, sum));
    store_lanes(y, y_is_bf16, y_at + half * VF_WIDTH, result, lanes);
  }
}

ST_TARGET static void slide_row(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, ptrdiff_t at,
    ptrdiff_t y_at, int lanes, int count) {
#define ST_SLIDE(half, lanes)                                                                  \
  if (d->y_is_bf16) slide_3x3(d, c, rows, at, y_at, half, count, lanes, 1);                    \
  else slide_3x3(d, c, rows, at, y_at, half, count, lanes, 0)
  if (lanes < VF_WIDTH) {
    ST_SLIDE(0, lanes);
    return;
  }
  ST_SLIDE(0, VF_WIDTH);
  if (lanes == ST_LANE_COUNT) {
    ST_SLIDE(1, VF_WIDTH);
  } else if (lanes > VF_WIDTH) {
    ST_SLIDE(1, lanes - VF_WIDTH);
  }
#undef ST_SLIDE
}

/* Pixels first..<end of a row, where lanes are channels; `y_at` is the first one's. */
VF void run_pixels(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, int first,
    int end, ptrdiff_t y_at) {
  const int lanes = st_smaller(d->channels - c->first_lane, ST_LANE_COUNT);
  const int is_dense =
      d->stride_width == 1 && d->dilation_width == 1 && d->dilation_height == 1;
  if (d->kernel_height == 3 && d->kernel_width == 3 && rows->count == 3 && is_dense &&
      d->activation.kind <= ST_F32_CLAMP) {
    slide_row(d, c, rows, first * c->item_step, y_at + c->first_lane, lanes, end - first);
    return;
  }
  run_items(
      d, c, rows, first * c->item_step, y_at + c->first_lane, 0, lanes, end - first);
}

/* The same where lanes are elements of the row, some of which belong to other pixels. */
VF void run_elements(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, int first,
    int end, ptrdiff_t y_at) {
  const int begin = first * d->channels, stop = end * d->channels;
  y_at -= begin;
  int e = c->first_lane;
  if (begin >= e + ST_LANE_COUNT) e += (begin - e - ST_LANE_COUNT) / d->lanes * d->lanes + d->lanes;
  if (e < begin && e < stop) {
    run_items(d, c, rows, e, y_at + e, begin - e, st_smaller(stop - e, ST_LANE_COUNT), 1);
    e += d->lanes;
  }
  const int whole = stop - e >= ST_LANE_COUNT ? (stop - e - ST_LANE_COUNT) / d->lanes + 1 : 0;
  run_items(d, c, rows, e, y_at + e, 0, ST_LANE_COUNT, whole);
  e += whole * d->lanes;
  if (e < stop) run_items(d, c, rows, e, y_at + e, 0, stop - e, 1);
}

/* All rows of pixels, for lanes first..<end, which share a filling of the ring. */
ST_TARGET static void run_rows(const st_bf16_depthwise *d, int first_lane, int end_lane) {
  const int flat = is_flat(d), slots = ring_rows(d);
  const ptrdiff_t taps = (ptrdiff_t)d->kernel_height * d->kernel_width;
  window_rows rows = {d->scratch, ring_row_length(d, VF_WIDTH), 0, 0, 0};
  int i = d->first_pixel / d->out_width, first = d->first_pixel % d->out_width, filled = 0;
  for (int done = 0; done < d->pixel_count; i++) {
    const int end = st_smaller(d->out_width, first + d->pixel_count - done);
    const int top = i * d->stride_height - d->top, below = d->height - top;
    const int step = d->dilation_height;
    const int lower = top < 0 ? st_smaller((-top + step - 1) / step, d->kernel_height) : 0;
    const int upper = below > 0 ? st_smaller((below - 1) / step + 1, d->kernel_height) : 0;
    rows.first = lower;
    rows.count = st_larger(upper - lower, 0);
    rows.slot = rows.count ? (top + lower * step) % slots : 0;
    filled = st_larger(filled, top);
    for (; filled < st_smaller(top + slots, d->height); filled++) {
      float *to = d->scratch + (filled % slots) * rows.length;
      if (flat) fill_flat(d, filled, to);
      else fill_channels(d, first_lane, filled, to);
    }
    for (int lane = first_lane; lane < end_lane; lane += ST_LANE_COUNT) {
      const int is_clamp = d->activation.kind == ST_F32_CLAMP;
      depthwise_lanes c = {
          lane, d->weights + taps * lane, 0, 0, 0,
          vf_set(is_clamp ? d->activation.lowest : -__builtin_inff()),
          vf_set(is_clamp ? d->activation.highest : __builtin_inff())};
      if (flat) {
        c.item_step = c.y_step = d->lanes;
        c.tap_step = (ptrdiff_t)d->dilation_width * d->channels;
        run_elements(d, &c, &rows, first, end, done * d->y_stride);
      } else {
        c.item_step = (ptrdiff_t)d->stride_width * ST_LANE_COUNT;
        c.tap_step = (ptrdiff_t)d->dilation_width * ST_LANE_COUNT;
        c.y_step = d->y_stride;
        run_pixels(d, &c, &rows, first, end, done * d->y_stride);
      }
    }
    done += end - first;
    first = 0;
  }
}

ST_TARGET void ST_VARIANT(st_bf16_depthwise)(const st_bf16_depthwise *d) {
  if (is_flat(d)) {
    run_rows(d, 0, d->lanes);
    return;
  }
  for (int lane = 0; lane < d->channels; lane += ST_LANE_COUNT) {
    run_rows(d, lane, lane + ST_LANE_COUNT);
  }
}
