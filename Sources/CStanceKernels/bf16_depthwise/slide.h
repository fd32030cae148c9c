/* Windows of 3x3 whose columns are used thrice. Included behind lanes.h. */

/*
 * Dense windows of 3x3 that lie in the picture from top to bottom, one vector of channels: the last
 * three columns stay in registers.
 */
VF void slide_3x3(
    const st_bf16_depthwise *d, const depthwise_lanes *c, const window_rows *rows, ptrdiff_t at,
    ptrdiff_t y_at, const int half, int count, const int lanes, const int y_is_bf16) {
  /* Copies, since for all that compilers know results are stored over the originals. */
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
