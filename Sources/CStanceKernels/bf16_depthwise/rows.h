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
} depthwise_lanes;

VF vf load_elements(const st_bf16_depthwise *d, ptrdiff_t at, int count) {
  if (d->x_is_bf16) {
    const uint16_t *x = (const uint16_t *)d->x + at;
    return count >= VF_WIDTH ? vf_load_bf16(x) : vf_load_bf16_first(x, st_larger(count, 0));
  }
  const float *x = (const float *)d->x + at;
  return count >= VF_WIDTH ? vf_load(x) : vf_load_first(x, st_larger(count, 0));
}

VF void store_elements(const st_bf16_depthwise *d, ptrdiff_t at, vf result, int count) {
  if (d->y_is_bf16) {
    uint16_t *y = (uint16_t *)d->y + at;
    if (count == VF_WIDTH) vf_store_bf16(y, result);
    else vf_store_bf16_first(y, result, count);
  } else {
    float *y = (float *)d->y + at;
    if (count == VF_WIDTH) vf_store(y, result);
    else vf_store_first(y, result, count);
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

/* Row `i` of the picture, the channels of one vector pair. */
ST_TARGET static void fill_channels(const st_bf16_depthwise *d, int first, int i, float *to) {
  const int columns = padded_columns(d), depth = d->channels / d->multiplier;
  const int lower = st_smaller(st_larger(d->left, 0), columns);
  const int upper = st_larger(st_smaller(d->left + d->width, columns), lower);
  fill_zeros(to, (ptrdiff_t)lower * ST_LANE_COUNT);
  to += (ptrdiff_t)lower * ST_LANE_COUNT;
  const ptrdiff_t row = (ptrdiff_t)d->width * depth;
  ptrdiff_t at = i * row + (ptrdiff_t)(lower - d->left) * depth;
  const int count = d->channels - first;
  if (d->multiplier != 1) {
    for (int column = lower; column < upper; column++, to += ST_LANE_COUNT, at += depth) {
      vf_store(to, repeated_channels(d, at, first));
      vf_store(to + VF_WIDTH, repeated_channels(d, at, first + VF_WIDTH));
    }
  } else if (d->x_is_bf16 && count >= ST_LANE_COUNT) {
    const uint16_t *x = (const uint16_t *)d->x + at + first;
    for (int column = lower; column < upper; column++, to += ST_LANE_COUNT, x += depth) {
      __builtin_prefetch(x + row);
      vf_store(to, vf_load_bf16(x));
      vf_store(to + VF_WIDTH, vf_load_bf16(x + VF_WIDTH));
    }
  } else {
    for (int column = lower; column < upper; column++, to += ST_LANE_COUNT, at += depth) {
      vf_store(to, load_elements(d, at + first, count));
      vf_store(to + VF_WIDTH, load_elements(d, at + first + VF_WIDTH, count - VF_WIDTH));
    }
  }
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
  low = vf_activate(low, &d->activation, c->first_lane);
  high = vf_activate(high, &d->activation, c->first_lane + VF_WIDTH);
  if (begin == 0 && end == ST_LANE_COUNT) {
    store_elements(d, at, low, VF_WIDTH);
    store_elements(d, at + VF_WIDTH, high, VF_WIDTH);
    return;
  }
  float lanes[ST_LANE_COUNT];
  vf_store(lanes, low);
  vf_store(lanes + VF_WIDTH, high);
  for (int l = begin; l < end; l += VF_WIDTH) {
    const int count = st_smaller(end - l, VF_WIDTH);
    store_elements(d, at + l, vf_load_first(lanes + l, count), count);
  }
}

/* The `count` rows of a window that lie in the picture, from its row `first` on, in `slot`. */
typedef struct {
  const float *ring;
  ptrdiff_t length;
  int first, count, slot;
} window_rows;

/* `count` items, from ring element `at` on; lanes begin..<end of each go to y[y_at] and on. */
VF void depthwise_items(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, ptrdiff_t at,
    ptrdiff_t y_at, int begin, int end, const int count, const int kernel_width,
    const ptrdiff_t item_step) {
  vf sums[8][2];
  ST_UNROLL for (int j = 0; j < count; j++) {
    sums[j][0] = vf_load(d->bias + c->first_lane);
    sums[j][1] = vf_load(d->bias + c->first_lane + VF_WIDTH);
  }
  const float *w = c->weights + (ptrdiff_t)rows->first * kernel_width * ST_LANE_COUNT;
  const int slots = ring_rows(d);
  int slot = rows->slot;
  for (int k = 0; k < rows->count; k++) {
    const float *x = rows->ring + slot * rows->length + at;
    for (int l = 0; l < kernel_width; l++, x += c->tap_step, w += ST_LANE_COUNT) {
      const vf w0 = vf_load(w), w1 = vf_load(w + VF_WIDTH);
      ST_UNROLL for (int j = 0; j < count; j++) {
        sums[j][0] = vf_multiply_add(vf_load(x + j * item_step), w0, sums[j][0]);
        sums[j][1] = vf_multiply_add(vf_load(x + j * item_step + VF_WIDTH), w1, sums[j][1]);
      }
    }
    slot += d->dilation_height;
    if (slot >= slots) slot -= slots;
  }
  ST_UNROLL for (int j = 0; j < count; j++) {
    store_item(d, c, y_at + j * c->y_step, sums[j][0], sums[j][1], begin, end);
  }
}

#define ST_ITEMS_CASE(n, taps, step)                                              \
  case n:                                                                                      \
    depthwise_items(d, c, rows, at, y_at, begin, end, n, taps, step);             \
    break;
/* `count` items in runs of nearly equal length. */
#define ST_ITEMS_FUNCTION(name, taps, step)                                       \
  ST_TARGET static void name(                                                                  \
      const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows,           \
      ptrdiff_t at, ptrdiff_t y_at, int begin, int end, int count) {                           \
    for (int runs = (count + 7) / 8; runs > 0; runs--) {                                       \
      const int n = (count + runs - 1) / runs;                                                 \
      switch (n) {                                                                             \
        ST_ITEMS_CASE(1, taps, step) ST_ITEMS_CASE(2, taps, step)    \
        ST_ITEMS_CASE(3, taps, step) ST_ITEMS_CASE(4, taps, step)    \
        ST_ITEMS_CASE(5, taps, step) ST_ITEMS_CASE(6, taps, step)    \
        ST_ITEMS_CASE(7, taps, step) ST_ITEMS_CASE(8, taps, step)    \
      }                                                                                        \
      at += n * c->item_step;                                                                  \
      y_at += n * c->y_step;                                                                   \
      count -= n;                                                                              \
    }                                                                                          \
  }
ST_ITEMS_FUNCTION(items_3_dense, 3, ST_LANE_COUNT)
ST_ITEMS_FUNCTION(items_3_strided, 3, 2 * ST_LANE_COUNT)
ST_ITEMS_FUNCTION(items_5_dense, 5, ST_LANE_COUNT)
ST_ITEMS_FUNCTION(items_5_strided, 5, 2 * ST_LANE_COUNT)
ST_ITEMS_FUNCTION(items_any, d->kernel_width, c->item_step)

ST_TARGET static void run_items(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, ptrdiff_t at,
    ptrdiff_t y_at, int begin, int end, int count) {
  if (count <= 0) return;
  const int is_dense = c->item_step == ST_LANE_COUNT;
  const int is_strided = c->item_step == 2 * ST_LANE_COUNT;
#define ST_RUN(name) name(d, c, rows, at, y_at, begin, end, count)
  if (d->kernel_width == 3 && is_dense) ST_RUN(items_3_dense);
  else if (d->kernel_width == 3 && is_strided) ST_RUN(items_3_strided);
  else if (d->kernel_width == 5 && is_dense) ST_RUN(items_5_dense);
  else if (d->kernel_width == 5 && is_strided) ST_RUN(items_5_strided);
  else ST_RUN(items_any);
#undef ST_RUN
}

/* Pixels first..<end of a row, where lanes are channels; `y_at` is the first one's. */
VF void run_pixels(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, int first,
    int end, ptrdiff_t y_at) {
  const int lanes = st_smaller(d->channels - c->first_lane, ST_LANE_COUNT);
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
      depthwise_lanes c = {lane, d->weights + taps * lane, 0, 0, 0};
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
