/*
 * The depthwise convolution of bf16_depthwise.h for one instruction set. Included behind one of
 * vectors/.
 */
#include "lanes.h"

#include "fill.h"
#include "items.h"
#include "slide.h"

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
