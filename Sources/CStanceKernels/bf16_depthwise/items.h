/* Any window, up to eight pixels at a time. Included behind lanes.h. */

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
    sums[j][0] = vf_load(d->bias + c->first_lane);
    sums[j][1] = vf_load(d->bias + c->first_lane + VF_WIDTH);
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
