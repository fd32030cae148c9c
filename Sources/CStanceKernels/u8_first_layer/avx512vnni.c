#include "u8_first_layer.h"

#if defined(__x86_64__)
#include "../common/u8_output_avx512.h"

#define TARGET ST_TARGET_AVX512VNNI
#define INLINE ST_TARGET_AVX512VNNI ST_INLINE

INLINE void store(const int REGISTERS, const int PAIRS, const int KIND, __m512i sums[6][4],
                  const st_u8_first_layer *layer, uint8_t *y, ptrdiff_t ldy,
                  ptrdiff_t pixel_count) {
  const st_u8_output_zmm output = st_u8_output_load_zmm(&layer->output);
  const __mmask64 mask = ~0ull >> (64 - layer->column_count);
  /* The dwords of the first pixel, then of the second, out of what packing leaves. */
  const __m512i order =
      REGISTERS == 1   ? _mm512_setr_epi32(0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
      : REGISTERS == 2 ? _mm512_setr_epi32(0, 1, 4, 5, 8, 9, 12, 13, 0, 0, 0, 0, 0, 0, 0, 0)
      : REGISTERS == 3
          ? _mm512_setr_epi32(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0)
          : _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m512i second = _mm512_add_epi32(
      _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0),
      _mm512_set1_epi32(2 * REGISTERS));
  ST_UNROLL
  for (int i = 0; i < PAIRS; i++) {
    __m512i steps[4];
    ST_UNROLL
    for (int j = 0; j < REGISTERS; j++)
      steps[j] = st_u8_steps_zmm(sums[i][j], layer->scales + 16 * j, output, KIND);
    const __m512i low = _mm512_packs_epi32(steps[0], steps[REGISTERS > 1 ? 1 : 0]);
    const __m512i high =
        REGISTERS > 2 ? _mm512_packs_epi32(steps[2], steps[REGISTERS > 3 ? 3 : 2]) : low;
    const __m512i bytes =
        _mm512_permutexvar_epi32(order, st_u8_bytes_zmm(low, high, output, KIND));
    _mm512_mask_storeu_epi8(y + 2 * i * ldy, mask, bytes);
    if (2 * i + 1 < pixel_count)
      _mm512_mask_storeu_epi8(y + (2 * i + 1) * ldy, mask, _mm512_permutexvar_epi32(second, bytes));
  }
}

/* BORDER: one pair of pixels; bytes that `inside` lacks are outside of the picture. */
INLINE void tile(const int REGISTERS, const int PAIRS, const int BORDER,
                 const st_u8_first_layer *layer, const void *const *rows, ptrdiff_t first,
                 __mmask16 inside, uint8_t *y, ptrdiff_t ldy, ptrdiff_t pixel_count) {
  __m512i sums[6][4];
  ST_UNROLL
  for (int j = 0; j < REGISTERS; j++) {
    ST_UNROLL
    for (int i = 0; i < PAIRS; i++) sums[i][j] = _mm512_load_si512(layer->bias + 16 * j);
  }
  const __m512i flip = _mm512_set1_epi8((char)layer->flip);
  const __m128i padding = _mm_set1_epi8((char)layer->padding);
  const int8_t *weights = layer->weights;
  for (int row = 0; row < 3; row++) {
    const uint8_t *a = (const uint8_t *)rows[row] + first;
    ST_UNROLL
    for (int step = 0; step < 3; step++, weights += 64 * REGISTERS) {
      /* Keeps the loads of the three steps apart, which would be merged and spilled. */
      __asm__ volatile("" : "+r"(a));
      const __m512i shuffle = _mm512_load_si512(layer->shuffles + 64 * (3 * row + step));
      __m512i w[4];
      ST_UNROLL
      for (int j = 0; j < REGISTERS; j++) w[j] = _mm512_load_si512(weights + 64 * j);
      ST_UNROLL
      for (int i = 0; i < PAIRS; i++) {
        const __m128i five = BORDER ? _mm_mask_loadu_epi8(padding, inside, a)
                                    : _mm_loadu_si128((const __m128i *)(a + 12 * i));
        const __m512i bytes = _mm512_broadcast_i32x4(five);
        const __m512i v = _mm512_shuffle_epi8(_mm512_xor_si512(bytes, flip), shuffle);
        ST_UNROLL
        for (int j = 0; j < REGISTERS; j++)
          sums[i][j] = _mm512_dpbusd_epi32(sums[i][j], v, w[j]);
      }
    }
  }
  switch (layer->output.kind) {
    case ST_U8_PLAIN:
      store(REGISTERS, PAIRS, ST_U8_PLAIN, sums, layer, y, ldy, pixel_count);
      break;
    case ST_U8_SMALL:
      store(REGISTERS, PAIRS, ST_U8_SMALL, sums, layer, y, ldy, pixel_count);
      break;
    default: store(REGISTERS, PAIRS, ST_U8_ANY, sums, layer, y, ldy, pixel_count);
  }
}

typedef void tile_function(const st_u8_first_layer *, const void *const *, ptrdiff_t, uint8_t *,
                           ptrdiff_t, ptrdiff_t);
#define TILE(registers, pairs)                                                             \
  TARGET static void tile_##registers##_##pairs(                                           \
      const st_u8_first_layer *layer, const void *const *rows, ptrdiff_t first, uint8_t *y, \
      ptrdiff_t ldy, ptrdiff_t pixel_count) {                                              \
    tile(registers, pairs, 0, layer, rows, first, 0, y, ldy, pixel_count);                       \
  }
#define NAME(registers, pairs) tile_##registers##_##pairs,
#define SIX(X, n) X(n, 1) X(n, 2) X(n, 3) X(n, 4) X(n, 5) X(n, 6)
SIX(TILE, 1) SIX(TILE, 2) SIX(TILE, 3) SIX(TILE, 4)
static tile_function *const tiles[4][6] = {{SIX(NAME, 1)}, {SIX(NAME, 2)}, {SIX(NAME, 3)},
                                           {SIX(NAME, 4)}};

void st_u8_first_layer__avx512vnni_12x32(const st_u8_first_layer *layer, const void *const *rows,
                                         uint8_t *y, ptrdiff_t ldy, ptrdiff_t pixel_count) {
  const ptrdiff_t pairs = (pixel_count + 1) / 2;
  ptrdiff_t left = (pairs + 5) / 6;
  for (ptrdiff_t pair = 0; left > 0; left--) {
    const ptrdiff_t count = (pairs - pair + left - 1) / left;
    /* Rows are too short for the processor to foresee what is read next. */
    for (int row = 1; row < 3; row++) {
      __builtin_prefetch((const uint8_t *)rows[row] + 12 * pair + 512);
      __builtin_prefetch((const uint8_t *)rows[row] + 12 * pair + 576);
    }
    tiles[layer->register_count - 1][count - 1](layer, rows, 12 * pair, y + 2 * pair * ldy, ldy,
                                                pixel_count - 2 * pair);
    pair += count;
  }
}

#define BORDER(registers)                                                                   \
  TARGET static void border_##registers(const st_u8_first_layer *layer,                     \
                                        const void *const *rows, ptrdiff_t first,           \
                                        __mmask16 inside, uint8_t *y, ptrdiff_t ldy,        \
                                        ptrdiff_t pixel_count) {                            \
    tile(registers, 1, 1, layer, rows, first, inside, y, ldy, pixel_count);                 \
  }
BORDER(1) BORDER(2) BORDER(3) BORDER(4)
static void (*const borders[4])(const st_u8_first_layer *, const void *const *, ptrdiff_t,
                                __mmask16, uint8_t *, ptrdiff_t, ptrdiff_t) = {
    border_1, border_2, border_3, border_4};

void st_u8_first_layer_border__avx512vnni_2x32(const st_u8_first_layer *layer,
                                               const void *const *rows, ptrdiff_t column,
                                               ptrdiff_t width, uint8_t *y, ptrdiff_t ldy,
                                               ptrdiff_t pixel_count) {
  for (ptrdiff_t p = 0; p < pixel_count; p += 2, column += 4) {
    unsigned inside = 0;
    for (int i = 0; i < 5; i++)
      if (column + i >= 0 && column + i < width) inside |= 7u << 3 * i;
    borders[layer->register_count - 1](layer, rows, 3 * column, (__mmask16)inside, y + p * ldy, ldy,
                                       pixel_count - p);
  }
}

#endif
