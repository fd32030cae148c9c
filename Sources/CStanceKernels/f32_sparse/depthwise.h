/* st_f32_planes_depthwise for one instruction set. Included behind product.h. */
#include "../f32/activation.h"
#include "f32_sparse.h"

/* What clamping is not enough for, on lanes that are all of one channel. */
VF void activate_lanes(
    const st_f32_activation *activation, ptrdiff_t channel, float *lanes, int vectors) {
  if (activation->kind == ST_F32_PRELU) {
    const vf slope = vf_set(activation->slopes[channel]);
    for (int v = 0; v < vectors; v++, lanes += VF_WIDTH) {
      const vf x = vf_load(lanes);
      vf_store(lanes, vf_where_negative(x, vf_multiply(x, slope), x));
    }
  } else if (activation->kind != ST_F32_CLAMP && activation->kind != ST_F32_IDENTITY) {
    for (int v = 0; v < vectors; v++, lanes += VF_WIDTH) {
      vf_store(lanes, vf_activate(vf_load(lanes), activation, channel));
    }
  }
}

/* ---- the sparse convolution, for some channels */

#define ST_EXPAND_PIECE(count)                                                                  \
  ST_TARGET static void expand_piece_##count(                                                   \
      const st_f32_planes_depthwise *d, int channel, int end, ptrdiff_t first) {                \
    const st_f32_sparse_factors f = d->factors;                                                 \
    const vf_bounds bounds = bounds_of(&d->expansion);                                       \
    const ptrdiff_t plane = d->scratch_plane;                                                   \
    float *to = d->scratch + first;                                                             \
    for (; channel < end; channel++, to += plane) {                                             \
      vf sums[count];                                                                           \
      ST_UNROLL for (int v = 0; v < count; v++) sums[v] = vf_set(f.bias[channel]);              \
      add_products(&f, f.x + first, f.starts[channel], f.starts[channel + 1], sums, count);     \
      ST_UNROLL for (int v = 0; v < count; v++) {                                               \
        vf_store(to + v * VF_WIDTH, bounded(sums[v], &bounds));                                   \
      }                                                                                         \
    }                                                                                           \
  }
ST_EXPAND_PIECE(1) ST_EXPAND_PIECE(2) ST_EXPAND_PIECE(3) ST_EXPAND_PIECE(4)
#if defined(ST_HAS_32_REGISTERS)
ST_EXPAND_PIECE(5) ST_EXPAND_PIECE(6) ST_EXPAND_PIECE(7) ST_EXPAND_PIECE(8)
#endif

VF void clear_gaps(const st_f32_planes_depthwise *d, const st_f32_plane_rows *part, float *plane) {
  float *row = plane + part->first + part->width;
  for (int i = 0; i < part->rows; i++, row += d->pitch) {
    for (int j = 0; j < part->gap; j += VF_WIDTH) {
      vf_store_first(row + j, vf_zero(), st_smaller(part->gap - j, VF_WIDTH));
    }
  }
  if (part->rows) vf_store(row - d->pitch + part->gap, vf_zero());
}

ST_TARGET static void expand(const st_f32_planes_depthwise *d, int channel, int end) {
  for (int p = 0; p < d->part_count; p++) {
    const st_f32_plane_rows *part = &d->parts[p];
    if (part->rows == 0) continue;
    const int lanes = (part->rows - 1) * d->pitch + part->width;
    const int vectors = (lanes + VF_WIDTH - 1) / VF_WIDTH, pieces = plane_pieces(vectors);
    ptrdiff_t first = part->first;
    for (int piece = 0; piece < pieces; piece++) {
      const int count = piece_vectors(vectors, piece, pieces);
#define ST_CALL_PIECE(count) expand_piece_##count(d, channel, end, first)
      ST_PIECE_SWITCH(count, ST_CALL_PIECE)
#undef ST_CALL_PIECE
      first += count * VF_WIDTH;
    }
    float *plane = d->scratch;
    for (int c = channel; c < end; c++, plane += d->scratch_plane) {
      activate_lanes(&d->expansion, c, plane + part->first, vectors);
      clear_gaps(d, part, plane);
    }
  }
}

/* ---- the windows, for one channel */

/* Taps below each other: what one row of lanes is multiplied with goes to several sums. */
VF void add_taps(
    const st_f32_planes_depthwise *d, const float *x, const float *weights, vf *sums,
    const int rows, const int vectors, const int length) {
  vf w[ST_F32_LONGEST_TAPS];
  ST_UNROLL for (int k = 0; k < length; k++) w[k] = vf_set(weights[k]);
  ST_UNROLL for (int i = 0; i < rows + length - 1; i++, x += d->pitch) {
    ST_UNROLL for (int v = 0; v < vectors; v++) {
      const vf lanes = vf_load(x + v * VF_WIDTH);
      ST_UNROLL for (int k = 0; k < length; k++) {
        if (i >= k && i - k < rows) {
          vf *sum = &sums[(i - k) * vectors + v];
          *sum = vf_multiply_add(lanes, w[k], *sum);
        }
      }
    }
  }
}

VF void taps_tile(
    const st_f32_planes_depthwise *d, int channel, const float *from, float *y, const int rows,
    const int vectors) {
  vf sums[PLANE_VECTORS];
  ST_UNROLL for (int i = 0; i < rows * vectors; i++) sums[i] = vf_set(d->bias[channel]);
  const float *weights = d->weights + (ptrdiff_t)channel * d->tap_count;
  for (int t = 0; t < d->taps_count; t++) {
    const float *x = from + d->taps[t].offset;
    switch (d->taps[t].length) {
      case 1: add_taps(d, x, weights, sums, rows, vectors, 1); break;
      case 2: add_taps(d, x, weights, sums, rows, vectors, 2); break;
      case 3: add_taps(d, x, weights, sums, rows, vectors, 3); break;
      case 4: add_taps(d, x, weights, sums, rows, vectors, 4); break;
      default: add_taps(d, x, weights, sums, rows, vectors, 5);
    }
    weights += d->taps[t].length;
  }
  const vf_bounds bounds = bounds_of(&d->activation);
  ST_UNROLL for (int r = 0; r < rows; r++) {
    ST_UNROLL for (int v = 0; v < vectors; v++) {
      vf_store(y + r * d->pitch + v * VF_WIDTH, bounded(sums[r * vectors + v], &bounds));
    }
  }
}

/* All lanes, in the order that they have. */
#define ST_TAPS_PIECE(count)                                                                    \
  ST_TARGET static void taps_piece_##count(                                                     \
      const st_f32_planes_depthwise *d, int channel, const float *from, float *y) {             \
    taps_tile(d, channel, from, y, 1, count);                                                   \
  }
ST_TAPS_PIECE(1) ST_TAPS_PIECE(2) ST_TAPS_PIECE(3) ST_TAPS_PIECE(4)
#if defined(ST_HAS_32_REGISTERS)
ST_TAPS_PIECE(5) ST_TAPS_PIECE(6) ST_TAPS_PIECE(7) ST_TAPS_PIECE(8)
#endif

VF void taps_lanes(const st_f32_planes_depthwise *d, int channel, const float *from, float *y) {
  const int lanes = (d->rows - 1) * d->pitch + d->width;
  const int vectors = (lanes + VF_WIDTH - 1) / VF_WIDTH;
  const int pieces = plane_pieces(vectors);
  for (int piece = 0; piece < pieces; piece++) {
    const int count = piece_vectors(vectors, piece, pieces);
#define ST_CALL_PIECE(count) taps_piece_##count(d, channel, from, y)
    ST_PIECE_SWITCH(count, ST_CALL_PIECE)
#undef ST_CALL_PIECE
    from += count * VF_WIDTH;
    y += count * VF_WIDTH;
  }
}

/* Several rows together. Lanes behind a row are the next one's, and become the same. */
#if defined(ST_HAS_32_REGISTERS)
enum { TILE_VECTORS = 2 };
#else
enum { TILE_VECTORS = 1 };
#endif
#define ST_TAPS_ROWS(rows)                                                                      \
  ST_TARGET static void taps_rows_##rows(                                                       \
      const st_f32_planes_depthwise *d, int channel, const float *from, float *y) {             \
    int j = 0;                                                                                  \
    for (; j + (TILE_VECTORS - 1) * VF_WIDTH < d->width; j += TILE_VECTORS * VF_WIDTH) {        \
      taps_tile(d, channel, from + j, y + j, rows, TILE_VECTORS);                               \
    }                                                                                           \
    if (j < d->width) taps_tile(d, channel, from + j, y + j, rows, 1);                          \
  }
ST_TAPS_ROWS(1) ST_TAPS_ROWS(2) ST_TAPS_ROWS(3) ST_TAPS_ROWS(4)

VF void taps_rows(const st_f32_planes_depthwise *d, int channel, const float *from, float *y) {
  for (int i = 0; i < d->rows; i += 4) {
    switch (d->rows - i) {
      case 1: taps_rows_1(d, channel, from, y); break;
      case 2: taps_rows_2(d, channel, from, y); break;
      case 3: taps_rows_3(d, channel, from, y); break;
      default: taps_rows_4(d, channel, from, y);
    }
    from += 4 * d->pitch;
    y += 4 * d->pitch;
  }
}

ST_TARGET void ST_VARIANT(st_f32_planes_depthwise)(const st_f32_planes_depthwise *d) {
  /* Narrow rows would leave lanes idle. */
  const int row_lanes = (d->width + VF_WIDTH - 1) / VF_WIDTH * VF_WIDTH;
  const int takes_rows = row_lanes * 2 <= d->pitch * 3;
  const int group = d->factors.starts ? d->group : d->channels;
  for (int first = 0; first < d->channels; first += group) {
    const int end = st_smaller(first + group, d->channels);
    if (d->factors.starts) expand(d, first, end);
    for (int c = first; c < end; c++) {
      const float *from = d->factors.starts ? d->scratch + (c - first) * d->scratch_plane
                                            : d->factors.x + c * d->factors.x_plane;
      float *y = d->y + c * d->y_plane;
      if (takes_rows) taps_rows(d, c, from, y);
      else taps_lanes(d, c, from, y);
      const int lanes = (d->rows - 1) * d->pitch + d->width;
      activate_lanes(&d->activation, c, y, (lanes + VF_WIDTH - 1) / VF_WIDTH);
    }
  }
}
