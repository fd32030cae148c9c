/* Transposes VF_WIDTH vectors. Included behind one of the vector headers. */
#ifndef C_STANCE_KERNELS_VECTORS_TRANSPOSE_H
#define C_STANCE_KERNELS_VECTORS_TRANSPOSE_H

/* Lanes of a pair of rows, `distance` apart: lane l takes from b where the bit is set. */
#if VF_WIDTH == 16
#define ST_LANES(V)                                                                       \
  V(0), V(1), V(2), V(3), V(4), V(5), V(6), V(7), V(8), V(9), V(10), V(11), V(12), V(13), \
      V(14), V(15)
#elif VF_WIDTH == 8
#define ST_LANES(V) V(0), V(1), V(2), V(3), V(4), V(5), V(6), V(7)
#else
#define ST_LANES(V) V(0), V(1), V(2), V(3)
#endif

#define ST_EXCHANGE(distance, UPPER, LOWER)                                               \
  ST_UNROLL for (int i = 0; i < VF_WIDTH; i++) {                                          \
    if (i & (distance)) continue;                                                         \
    const vf a = rows[i], b = rows[i + (distance)];                                       \
    rows[i] = __builtin_shufflevector(a, b, ST_LANES(UPPER));                             \
    rows[i + (distance)] = __builtin_shufflevector(a, b, ST_LANES(LOWER));                \
  }
#define ST_UPPER(l, d) ((l) & (d) ? VF_WIDTH + (l) - (d) : (l))
#define ST_LOWER(l, d) ((l) & (d) ? VF_WIDTH + (l) : (l) + (d))
#define ST_UPPER_1(l) ST_UPPER(l, 1)
#define ST_LOWER_1(l) ST_LOWER(l, 1)
#define ST_UPPER_2(l) ST_UPPER(l, 2)
#define ST_LOWER_2(l) ST_LOWER(l, 2)
#define ST_UPPER_4(l) ST_UPPER(l, 4)
#define ST_LOWER_4(l) ST_LOWER(l, 4)
#define ST_UPPER_8(l) ST_UPPER(l, 8)
#define ST_LOWER_8(l) ST_LOWER(l, 8)

VF void vf_transpose(vf rows[VF_WIDTH]) {
  ST_EXCHANGE(1, ST_UPPER_1, ST_LOWER_1)
  ST_EXCHANGE(2, ST_UPPER_2, ST_LOWER_2)
#if VF_WIDTH >= 8
  ST_EXCHANGE(4, ST_UPPER_4, ST_LOWER_4)
#endif
#if VF_WIDTH >= 16
  ST_EXCHANGE(8, ST_UPPER_8, ST_LOWER_8)
#endif
}

#endif
