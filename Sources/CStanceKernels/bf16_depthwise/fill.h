/* Fills the ring with rows of the picture. Included behind lanes.h. */

VF vf load_elements(const st_bf16_depthwise *d, ptrdiff_t at, int count) {
  if (d->x_is_bf16) {
    const uint16_t *x = (const uint16_t *)d->x + at;
    return count >= VF_WIDTH ? vf_load_bf16(x) : vf_load_bf16_first(x, st_larger(count, 0));
  }
  const float *x = (const float *)d->x + at;
  return count >= VF_WIDTH ? vf_load(x) : vf_load_first(x, st_larger(count, 0));
}

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

/* Row `i` of the picture, the channels of a vector pair, or of one vector where they are the last. */
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
