#ifndef C_STANCE_KERNELS_U8_FIRST_LAYER_H
#define C_STANCE_KERNELS_U8_FIRST_LAYER_H

#include <stddef.h>
#include <stdint.h>

#include "u8_output.h"

/*
 * A convolution of 3x3 pixels of 3 channels with a horizontal stride of 2:
 *
 *   y[p][n] = output(bias[n] + sum over k, l of rows[k][6 * p + l] * v[n][k][l]),  l = 0..<9
 *
 * Two pixels share a register: the 15 bytes of a row that they read are loaded once and shuffled
 * into 3 steps of 4 bytes. The 3 bytes that are left over in a row repeat those whose weights do
 * not fit int8. What this computes u8_gemm can compute, on every machine, though slower.
 */
typedef struct {
  const int8_t *weights;    /* [3 rows][3 steps][register_count][64], aligned to 64 bytes */
  const uint8_t *shuffles;  /* [3 rows][3 steps][64] */
  const int32_t *bias;      /* [register_count][16] */
  const float *scales;      /* likewise */
  int32_t register_count;   /* 1...4; two pixels of 8 * register_count channels */
  int32_t column_count;     /* 8 * register_count or less */
  uint8_t flip;             /* xor-ed to each byte of the rows */
  uint8_t padding;          /* a byte outside of the picture, as it would be stored */
  st_u8_output output;
} st_u8_first_layer;

/*
 * rows: the 3 rows at the first pixel's first byte; read up to 16 bytes behind what is needed.
 * y: column_count bytes at every ldy bytes.
 */
typedef void st_u8_first_layer_run(const st_u8_first_layer *layer, const void *const *rows,
                                   uint8_t *y, ptrdiff_t ldy, ptrdiff_t pixel_count);

/*
 * The same where windows reach beyond the picture: rows point to column 0, the first window begins
 * at `column`, and columns outside of 0..<width read as padding.
 */
typedef void st_u8_first_layer_border(const st_u8_first_layer *layer, const void *const *rows,
                                      ptrdiff_t column, ptrdiff_t width, uint8_t *y,
                                      ptrdiff_t ldy, ptrdiff_t pixel_count);

/* X(name, name at the border, instruction set, on which architecture) */
#define ST_U8_FIRST_LAYER_VARIANTS(X)                                                     \
  X(st_u8_first_layer__avx512vnni_12x32, st_u8_first_layer_border__avx512vnni_2x32,       \
    "avx512vnni", ST_X86_64)

typedef struct {
  const char *name;
  const char *instruction_set;
  st_u8_first_layer_run *run;
  st_u8_first_layer_border *border;
} st_u8_first_layer_variant;

const st_u8_first_layer_variant *st_u8_first_layer_variants(int32_t *count);

/*
 * Fills weights (9 * 64 * register_count bytes), shuffles (9 * 64), bias and scales (16 *
 * register_count) from weights [column][3][9]. Returns 0 where more than 3 bytes of a row have
 * weights that do not fit.
 */
int st_u8_first_layer_pack(const uint8_t *source, int32_t weight_flip, int32_t weight_zero_point,
                           int32_t input_zero_point, const int32_t *bias, const float *scales,
                           int32_t column_count, int32_t register_count, int8_t *packed,
                           uint8_t *shuffles, int32_t *packed_bias, float *packed_scales);

#endif
