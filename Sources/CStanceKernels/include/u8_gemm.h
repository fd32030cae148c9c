#ifndef C_STANCE_KERNELS_U8_GEMM_H
#define C_STANCE_KERNELS_U8_GEMM_H

#include <stddef.h>
#include <stdint.h>

#include "u8_output.h"

/*
 * Rows of bytes times packed weights, requantised:
 *
 *   c[m][n] = output(bias[n] + sum over s, k of a(s, m, k) * v[n][s][k])
 *   a(s, m, k) = segments[s][m * lda + k],  k = 0..<segment_length
 *
 * with v = weight - weight zero point. A row of a is cut in segments, so that a convolution reads
 * the rows of a picture where they lie. Input zero points are part of the bias.
 *
 * Variants are of two kinds. Direct ones read bytes and multiply 4 at a time: v, -255...254, is held as
 * int8, and what does not fit in extra steps. Widened ones read int16, which st_u8_widen makes of
 * bytes, in one segment; 255 is left to them.
 *
 * A panel holds the columns of one tile: register_count registers of `lanes` 32-bit sums. Weights
 * lie as [segment][step][register][lane][k within step], then the extra steps. Column
 * 4 * (register_count * (lane / 4) + register) + lane % 4 is in this lane and register: so the
 * saturating packs leave columns in their natural order.
 */
typedef struct {
  const void *weights;    /* aligned to 64 bytes */
  const int32_t *bias;    /* [register][lane], zero points folded in; aligned to 64 bytes */
  const float *scales;    /* likewise */
  const int32_t *extras;  /* [extra_count][2]: segment, byte within it */
  int32_t segment_count;
  int32_t step_count;     /* of a segment: its length over the variant's step, rounded up */
  int32_t extra_count;
  int32_t register_count;
  int32_t column_count;   /* those of the result: 1...register_count * lanes */
  uint8_t flip;           /* xor-ed to each byte of a by the direct variants: 0 or 0x80 */
  st_u8_output output;
} st_u8_gemm_panel;

/*
 * c: column_count bytes at every ldc bytes; nothing beyond is written. segments: segment_count
 * pointers. lda and ldc in bytes. Direct variants read up to 3 bytes behind a segment's end, whose
 * values do not matter. c overlaps nothing.
 */
typedef void st_u8_gemm(const st_u8_gemm_panel *panel, const void *const *segments, ptrdiff_t lda,
                        uint8_t *c, ptrdiff_t ldc, ptrdiff_t row_count);

/* y[i] = x[i] ^ flip as int16, i = 0..<count. */
typedef void st_u8_widen(const uint8_t *x, uint8_t flip, int16_t *y, ptrdiff_t count);

/* X(name, instruction set, on which architecture, widen or 0, lanes, registers, rows, step, signed) */
#define ST_U8_GEMM_VARIANTS(X)                                                         \
  X(st_u8_gemm__scalar_1x16, "scalar", , st_u8_widen__scalar, 4, 4, 1, 1, 0)           \
  X(st_u8_gemm__avx2_6x16, "avx2", ST_X86_64, st_u8_widen__avx2, 8, 2, 6, 2, 0)        \
  X(st_u8_gemm__avxvnni_6x16, "avxvnni", ST_X86_64, 0, 8, 2, 6, 4, 0)                  \
  X(st_u8_gemm__avx512vnni_6x64, "avx512vnni", ST_X86_64, 0, 16, 4, 6, 4, 0)           \
  X(st_u8_gemm__neon_4x16, "neon", ST_ARM64, st_u8_widen__neon, 4, 4, 4, 1, 0)         \
  X(st_u8_gemm__neondot_4x16, "neondot", ST_ARM64, 0, 4, 4, 4, 4, 1)

typedef struct {
  const char *name;
  const char *instruction_set;
  st_u8_gemm *run;          /* null where the architecture is another */
  st_u8_widen *widen;       /* null for direct variants */
  int32_t lanes;
  int32_t registers;        /* the most of a panel */
  int32_t rows;             /* of a tile */
  int32_t step;             /* the k that are multiplied at a time */
  int32_t takes_signed;     /* a is int8: flip where the tensor is uint8 */
} st_u8_gemm_variant;

/* All variants, also those of other architectures; the plainest first. */
const st_u8_gemm_variant *st_u8_gemm_variants(int32_t *count);

/* What is packed into a panel. */
typedef struct {
  const uint8_t *weights;   /* [column][segment][k], the first of the panel's columns */
  const int32_t *bias;      /* of the panel's first column; null for none */
  const float *scales;      /* likewise */
  int32_t weight_flip;      /* 0x80 where weights are int8 */
  int32_t weight_zero_point;/* of the flipped weights: 0...255 */
  int32_t input_zero_point; /* as a is read: less 128 for variants that take it signed */
  int32_t segment_count, segment_length;
  int32_t lanes, register_count, column_count;
  int32_t step;
  int32_t is_wide;          /* int16 weights: no extra steps */
} st_u8_gemm_source;

/* How many extra steps a panel needs. */
int32_t st_u8_gemm_extra_count(const st_u8_gemm_source *source);

/*
 * Fills a panel's arrays: weights (zeroed before, as long as the layout says), bias and scales
 * (register_count * lanes), extras (2 * extra count).
 */
void st_u8_gemm_pack(const st_u8_gemm_source *source, void *weights, int32_t *bias, float *scales,
                     int32_t *extras);

#endif
