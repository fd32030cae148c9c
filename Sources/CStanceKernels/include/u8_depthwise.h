#ifndef C_STANCE_KERNELS_U8_DEPTHWISE_H
#define C_STANCE_KERNELS_U8_DEPTHWISE_H

#include <stddef.h>
#include <stdint.h>

#include "u8_output.h"

/*
 * Depthwise convolution of bytes, each output channel with weights of its own:
 *
 *   y[p][c] = output(bias[c] + sum over t of taps[t][p * tap_stride + c / multiplier] * v[t][c])
 *
 * with v = weight - weight zero point. Input zero points are part of the bias: what lies outside of
 * the picture must read as the input zero point.
 *
 * Weights lie as [block][group][register][lane][tap within group], where a block has `registers`
 * registers of `lanes` 32-bit sums. Channel 4 * (registers * (lane / 4) + register) + lane % 4 of a
 * block is in this lane and register.
 */
typedef struct {
  const void *weights;        /* int16, or int8 with what does not fit in `rests` */
  const int8_t *rests;
  const uint8_t *has_rests;   /* [block]: whether its rests are not all zero */
  const int32_t *bias;        /* [block][register][lane] */
  const float *scales;        /* likewise */
  int32_t group_count;
  int32_t block_count;
  int32_t channel_count;      /* of y */
  int32_t multiplier;         /* 1 but for the scalar variant */
  uint8_t input_flip;         /* xor-ed to each byte of the taps */
  uint8_t input_zero_point;   /* of flipped bytes */
  st_u8_output output;
} st_u8_depthwise;

/*
 * taps: group_count * step pointers, valid also where weights are zero padding; tap_stride and ldy
 * in bytes. Reads nothing but channel_count / multiplier bytes of each pixel.
 */
typedef void st_u8_depthwise_run(const st_u8_depthwise *layer, const uint8_t *const *taps,
                                 ptrdiff_t tap_stride, uint8_t *y, ptrdiff_t ldy,
                                 ptrdiff_t pixel_count);

/* Where the pixels of a row of a 3x3 convolution lie. */
typedef struct {
  const uint8_t *rows[3];     /* at column 0; a row outside of the picture: one of zero points */
  ptrdiff_t width;            /* columns outside of 0..<width read as the zero point */
  ptrdiff_t stride, dilation; /* horizontally: stride 1, or stride 2 and dilation 1 */
  ptrdiff_t padding;          /* output column x looks at x * stride - padding and on */
} st_u8_depthwise_rows;

/*
 * 3x3, groups are the columns of the window: y[0] is output column `first`. The rolling variant keeps
 * the last columns in registers. The flat one takes a row for a string of bytes, where weights
 * repeat every block_count * 64; it needs ldy = channel_count, a stride of 1 and windows within the
 * picture, and reads up to 63 bytes behind the rows.
 */
typedef void st_u8_depthwise_3x3(const st_u8_depthwise *layer, const st_u8_depthwise_rows *rows,
                                 ptrdiff_t first, uint8_t *y, ptrdiff_t ldy,
                                 ptrdiff_t pixel_count);

/* X(name, instruction set, on which architecture, 3x3 rolling, 3x3 flat, lanes, registers, step,
   is_wide) */
#define ST_U8_DEPTHWISE_VARIANTS(X)                                                        \
  X(st_u8_depthwise__scalar_16, "scalar", , 0, 0, 4, 4, 1, 1)                              \
  X(st_u8_depthwise__avx2_16, "avx2", ST_X86_64, 0, 0, 8, 2, 2, 1)                         \
  X(st_u8_depthwise__avx512vnni_64, "avx512vnni", ST_X86_64,                               \
    ST_X86_64(st_u8_depthwise_3x3__avx512vnni_64),                                         \
    ST_X86_64(st_u8_depthwise_3x3_flat__avx512vnni_64), 16, 4, 4, 0)                       \
  X(st_u8_depthwise__neon_16, "neon", ST_ARM64, 0, 0, 4, 4, 1, 1)

typedef struct {
  const char *name;
  const char *instruction_set;
  st_u8_depthwise_run *run;
  st_u8_depthwise_3x3 *rolling, *flat;   /* null for none */
  int32_t lanes, registers;
  int32_t step;                          /* taps of a group */
  int32_t is_wide;                       /* int16 weights */
} st_u8_depthwise_variant;

const st_u8_depthwise_variant *st_u8_depthwise_variants(int32_t *count);

typedef struct {
  const uint8_t *weights;       /* [tap][channel] */
  const int32_t *bias;          /* null for none */
  const float *scales;          /* [channel] */
  const int32_t *taps;          /* [group * step]: which tap; -1 for none */
  int32_t weight_flip, weight_zero_point, input_zero_point;
  int32_t tap_count, channel_count, group_count, block_count;
  int32_t lanes, registers, step, is_wide;
  int32_t repeats;              /* channels begin again after the last: the flat variant */
} st_u8_depthwise_source;

/* Fills the arrays of a layer: weights and rests zeroed before. */
void st_u8_depthwise_pack(const st_u8_depthwise_source *source, void *weights, int8_t *rests,
                          uint8_t *has_rests, int32_t *bias, float *scales);

#endif
