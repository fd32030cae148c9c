/* st_f32_sparse_product for one instruction set. Included behind one of vectors/. */
#include "f32_sparse.h"

#if defined(ST_HAS_32_REGISTERS)
enum { PLANE_VECTORS = 8 };
#else
enum { PLANE_VECTORS = 4 };
#endif

/* Lanes that are worked on together: at most PLANE_VECTORS vectors, in pieces of nearly equal
 * length. */
ST_INLINE int plane_pieces(int vectors) { return (vectors + PLANE_VECTORS - 1) / PLANE_VECTORS; }
ST_INLINE int piece_vectors(int vectors, int piece, int pieces) {
  return vectors * (piece + 1) / pieces - vectors * piece / pieces;
}

/* Calls NAME(count) with a constant count. */
#if defined(ST_HAS_32_REGISTERS)
#define ST_PIECE_SWITCH(count, NAME) \
  switch (count) {                   \
    case 8: NAME(8); break;          \
    case 7: NAME(7); break;          \
    case 6: NAME(6); break;          \
    case 5: NAME(5); break;          \
    case 4: NAME(4); break;          \
    case 3: NAME(3); break;          \
    case 2: NAME(2); break;          \
    default: NAME(1);                \
  }
#else
#define ST_PIECE_SWITCH(count, NAME) \
  switch (count) {                   \
    case 4: NAME(4); break;          \
    case 3: NAME(3); break;          \
    case 2: NAME(2); break;          \
    default: NAME(1);                \
  }
#endif

/* Adds weights e..<end of one column. Columns overlap, so that latency does not matter. */
VF void add_products(
    const st_f32_sparse_factors *f, const float *x, ptrdiff_t e, ptrdiff_t end, vf *sums,
    const int count) {
  const ptrdiff_t plane = f->x_plane;
  const int32_t *depths = f->depths;
  const float *weights = f->weights;
  for (; e < end; e++) {
    const float *from = x + depths[e] * plane;
    const vf weight = vf_set(weights[e]);
    ST_UNROLL for (int v = 0; v < count; v++) {
      sums[v] = vf_multiply_add(vf_load(from + v * VF_WIDTH), weight, sums[v]);
    }
  }
}

#define ST_PRODUCT_PIECE(count)                                                              \
  ST_TARGET static void product_piece_##count(const st_f32_sparse_product *s, int first) {   \
    const st_f32_sparse_factors f = s->factors;                                              \
    const int columns = s->columns;                                                          \
    const int32_t *order = s->order;                                                         \
    const ptrdiff_t plane = s->y_plane;                                                      \
    float *base = s->y + first;                                                              \
    for (int i = 0; i < columns; i++) {                                                      \
      float *y = base + order[i] * plane;                                                    \
      vf sums[count];                                                                        \
      ST_UNROLL for (int v = 0; v < count; v++) {                                            \
        sums[v] = f.bias ? vf_set(f.bias[i]) : vf_load(y + v * VF_WIDTH);                    \
      }                                                                                      \
      add_products(&f, f.x + first, f.starts[i], f.starts[i + 1], sums, count);              \
      ST_UNROLL for (int v = 0; v < count; v++) vf_store(y + v * VF_WIDTH, sums[v]);         \
    }                                                                                        \
  }
ST_PRODUCT_PIECE(1) ST_PRODUCT_PIECE(2) ST_PRODUCT_PIECE(3) ST_PRODUCT_PIECE(4)
#if defined(ST_HAS_32_REGISTERS)
ST_PRODUCT_PIECE(5) ST_PRODUCT_PIECE(6) ST_PRODUCT_PIECE(7) ST_PRODUCT_PIECE(8)
#endif

ST_TARGET void ST_VARIANT(st_f32_sparse_product)(const st_f32_sparse_product *s) {
  const int pieces = plane_pieces(s->vectors);
  int first = 0;
  for (int piece = 0; piece < pieces; piece++) {
    const int count = piece_vectors(s->vectors, piece, pieces);
#define ST_CALL_PIECE(count) product_piece_##count(s, first)
    ST_PIECE_SWITCH(count, ST_CALL_PIECE)
#undef ST_CALL_PIECE
    first += count * VF_WIDTH;
  }
}
