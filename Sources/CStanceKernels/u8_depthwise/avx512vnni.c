#include "variants.h"

#if defined(__x86_64__)
#include "../common/u8_output_avx512.h"

#define TARGET ST_TARGET_AVX512VNNI
#define INLINE ST_TARGET_AVX512VNNI ST_INLINE

/* 64 channels of four taps, interleaved byte by byte. */
typedef struct {
  __m512i registers[4];
} four_taps;

INLINE four_taps interleave(__m512i a, __m512i b, __m512i c, __m512i d) {
  const __m512i ab0 = _mm512_unpacklo_epi8(a, b), ab1 = _mm512_unpackhi_epi8(a, b);
  const __m512i cd0 = _mm512_unpacklo_epi8(c, d), cd1 = _mm512_unpackhi_epi8(c, d);
  return (four_taps){{_mm512_unpacklo_epi16(ab0, cd0), _mm512_unpackhi_epi16(ab0, cd0),
                      _mm512_unpacklo_epi16(ab1, cd1), _mm512_unpackhi_epi16(ab1, cd1)}};
}

INLINE __m512i load(const uint8_t *x, __mmask64 mask, __m512i flip, const int FLIP) {
  const __m512i bytes = _mm512_maskz_loadu_epi8(mask, x);
  return FLIP ? _mm512_xor_si512(bytes, flip) : bytes;
}

TARGET void st_u8_depthwise__avx512vnni_64(const st_u8_depthwise *layer,
                                           const uint8_t *const *taps, ptrdiff_t tap_stride,
                                           uint8_t *y, ptrdiff_t ldy, ptrdiff_t pixel_count) {
  const __m512i flip = _mm512_set1_epi8((char)layer->input_flip);
  const st_u8_output_zmm output = st_u8_output_load_zmm(&layer->output);
  for (int32_t block = 0; block < layer->block_count; block++) {
    const ptrdiff_t left = layer->channel_count - 64 * block;
    const __mmask64 mask = left >= 64 ? ~0ull : ~0ull >> (64 - left);
    const int8_t *weights = (const int8_t *)layer->weights + 256l * block * layer->group_count;
    const int8_t *rests = layer->rests + 256l * block * layer->group_count;
    for (ptrdiff_t p = 0; p < pixel_count; p++) {
      const ptrdiff_t at = p * tap_stride + 64 * block;
      __m512i sums[4];
      ST_UNROLL
      for (int j = 0; j < 4; j++)
        sums[j] = _mm512_load_si512(layer->bias + 64 * block + 16 * j);
      for (int32_t g = 0; g < layer->group_count; g++) {
        const uint8_t *const *t = taps + 4 * g;
        const four_taps x =
            interleave(load(t[0] + at, mask, flip, 1), load(t[1] + at, mask, flip, 1),
                       load(t[2] + at, mask, flip, 1), load(t[3] + at, mask, flip, 1));
        ST_UNROLL
        for (int j = 0; j < 4; j++)
          sums[j] = _mm512_dpbusd_epi32(sums[j], x.registers[j],
                                        _mm512_load_si512(weights + 256 * g + 64 * j));
        if (!layer->has_rests[block]) continue;
        ST_UNROLL
        for (int j = 0; j < 4; j++)
          sums[j] = _mm512_dpbusd_epi32(sums[j], x.registers[j],
                                        _mm512_load_si512(rests + 256 * g + 64 * j));
      }
      ST_UNROLL
      for (int j = 0; j < 4; j++)
        sums[j] = st_u8_steps_zmm(sums[j], layer->scales + 64 * block + 16 * j, output, ST_U8_ANY);
      _mm512_mask_storeu_epi8(
          y + p * ldy + 64 * block, mask,
          st_u8_bytes_zmm(_mm512_packs_epi32(sums[0], sums[1]),
                          _mm512_packs_epi32(sums[2], sums[3]), output, ST_U8_ANY));
    }
  }
}

/* What one block of a 3x3 convolution needs again and again. */
typedef struct {
  __m512i weights[12];
  const int8_t *rests;
  const int32_t *bias;
  const float *scales;
  st_u8_output_zmm output;
  __m512i flip, padding;
  int has_rests;
} block_constants;

INLINE block_constants constants(const st_u8_depthwise *layer, ptrdiff_t block) {
  block_constants k;
  ST_UNROLL
  for (int i = 0; i < 12; i++)
    k.weights[i] = _mm512_load_si512((const int8_t *)layer->weights + 768 * block + 64 * i);
  k.rests = layer->rests + 768 * block;
  k.bias = layer->bias + 64 * block;
  k.scales = layer->scales + 64 * block;
  k.output = st_u8_output_load_zmm(&layer->output);
  k.flip = _mm512_set1_epi8((char)layer->input_flip);
  k.padding = _mm512_set1_epi8((char)layer->input_zero_point);
  k.has_rests = layer->has_rests[block];
  return k;
}

INLINE four_taps column(const uint8_t *const rows[3], ptrdiff_t at, __mmask64 mask, __m512i flip,
                        const int FLIP) {
  return interleave(load(rows[0] + at, mask, flip, FLIP), load(rows[1] + at, mask, flip, FLIP),
                    load(rows[2] + at, mask, flip, FLIP), _mm512_setzero_si512());
}

/* Masked stores are many times slower than others. */
INLINE void put(uint8_t *y, __mmask64 mask, __m512i bytes) {
  if (mask == ~0ull)
    _mm512_storeu_si512(y, bytes);
  else
    _mm512_mask_storeu_epi8(y, mask, bytes);
}

/* 64 bytes of the result from three columns. */
INLINE __m512i result(four_taps a, four_taps b, four_taps c, const block_constants *k,
                      const int KIND) {
  __m512i sums[4];
  ST_UNROLL
  for (int j = 0; j < 4; j++) {
    __m512i sum = _mm512_load_si512(k->bias + 16 * j);
    sum = _mm512_dpbusd_epi32(sum, a.registers[j], k->weights[j]);
    sum = _mm512_dpbusd_epi32(sum, b.registers[j], k->weights[4 + j]);
    sums[j] = _mm512_dpbusd_epi32(sum, c.registers[j], k->weights[8 + j]);
  }
  if (__builtin_expect(k->has_rests, 0)) {
    ST_UNROLL
    for (int j = 0; j < 4; j++) {
      __m512i sum = sums[j];
      sum = _mm512_dpbusd_epi32(sum, a.registers[j], _mm512_load_si512(k->rests + 64 * j));
      sum = _mm512_dpbusd_epi32(sum, b.registers[j], _mm512_load_si512(k->rests + 64 * (4 + j)));
      sums[j] =
          _mm512_dpbusd_epi32(sum, c.registers[j], _mm512_load_si512(k->rests + 64 * (8 + j)));
    }
  }
  ST_UNROLL
  for (int j = 0; j < 4; j++)
    sums[j] = st_u8_steps_zmm(sums[j], k->scales + 16 * j, k->output, KIND);
  return st_u8_bytes_zmm(_mm512_packs_epi32(sums[0], sums[1]),
                         _mm512_packs_epi32(sums[2], sums[3]), k->output, KIND);
}

/* A column that may lie outside of the picture. */
INLINE four_taps any_column(const st_u8_depthwise_rows *rows, ptrdiff_t x, ptrdiff_t channels,
                            ptrdiff_t offset, __mmask64 mask, const block_constants *k,
                            const int FLIP) {
  if (x >= 0 && x < rows->width)
    return column(rows->rows, x * channels + offset, mask, k->flip, FLIP);
  return (four_taps){{k->padding, k->padding, k->padding, k->padding}};
}

#define INSIDE(x) column(rows->rows, (x) * channels + offset, mask, k.flip, FLIP)
#define ANY(x) any_column(rows, x, channels, offset, mask, &k, FLIP)
#define PUT(x, a, b, c) \
  put(y + ((x) - first) * ldy + offset, mask, result(a, b, c, &k, KIND))

INLINE void stride_one(const int FLIP, const int KIND, const st_u8_depthwise *layer,
                       const st_u8_depthwise_rows *rows, ptrdiff_t block, ptrdiff_t first,
                       uint8_t *y, ptrdiff_t ldy, ptrdiff_t end) {
  const block_constants k = constants(layer, block);
  const ptrdiff_t channels = layer->channel_count, offset = 64 * block;
  const __mmask64 mask = channels - offset >= 64 ? ~0ull : ~0ull >> (64 - (channels - offset));
  const ptrdiff_t d = rows->dilation, shift = rows->padding;
  for (ptrdiff_t phase = first; phase < first + d && phase < end; phase++) {
    ptrdiff_t x = phase;
    four_taps a = ANY(x - shift), b = ANY(x - shift + d), c;
    /* Three pixels a turn, so that no register has to be moved; all columns in the picture. */
    for (; x + 2 * d < end && x - shift + 2 * d >= 0 && x - shift + 4 * d < rows->width;
         x += 3 * d) {
      c = INSIDE(x - shift + 2 * d);
      PUT(x, a, b, c);
      a = INSIDE(x - shift + 3 * d);
      PUT(x + d, b, c, a);
      b = INSIDE(x - shift + 4 * d);
      PUT(x + 2 * d, c, a, b);
    }
    for (; x < end; x += d) {
      c = ANY(x - shift + 2 * d);
      PUT(x, a, b, c);
      a = b;
      b = c;
    }
  }
}

INLINE void stride_two(const int FLIP, const int KIND, const st_u8_depthwise *layer,
                       const st_u8_depthwise_rows *rows, ptrdiff_t block, ptrdiff_t first,
                       uint8_t *y, ptrdiff_t ldy, ptrdiff_t end) {
  const block_constants k = constants(layer, block);
  const ptrdiff_t channels = layer->channel_count, offset = 64 * block;
  const __mmask64 mask = channels - offset >= 64 ? ~0ull : ~0ull >> (64 - (channels - offset));
  const ptrdiff_t shift = rows->padding;
  ptrdiff_t x = first;
  four_taps a = ANY(2 * x - shift), b, c;
  for (; x + 1 < end && 2 * x - shift + 1 >= 0 && 2 * x - shift + 4 < rows->width; x += 2) {
    b = INSIDE(2 * x - shift + 1);
    c = INSIDE(2 * x - shift + 2);
    PUT(x, a, b, c);
    b = INSIDE(2 * x - shift + 3);
    a = INSIDE(2 * x - shift + 4);
    PUT(x + 1, c, b, a);
  }
  for (; x < end; x++) {
    b = ANY(2 * x - shift + 1);
    c = ANY(2 * x - shift + 2);
    PUT(x, a, b, c);
    a = c;
  }
}

typedef void block_function(const st_u8_depthwise *, const st_u8_depthwise_rows *, ptrdiff_t,
                            ptrdiff_t, uint8_t *, ptrdiff_t, ptrdiff_t);
#define BLOCK(stride, flip, kind)                                                            \
  TARGET static void stride##_##flip##_##kind(                                               \
      const st_u8_depthwise *layer, const st_u8_depthwise_rows *rows, ptrdiff_t block,        \
      ptrdiff_t first, uint8_t *y, ptrdiff_t ldy, ptrdiff_t end) {                            \
    stride(flip, kind, layer, rows, block, first, y, ldy, end);                              \
  }
#define KINDS(X, ...) X(__VA_ARGS__, 0) X(__VA_ARGS__, 1) X(__VA_ARGS__, 2)
#define BLOCK_NAME(stride, flip, kind) stride##_##flip##_##kind,
KINDS(BLOCK, stride_one, 0) KINDS(BLOCK, stride_one, 1)
KINDS(BLOCK, stride_two, 0) KINDS(BLOCK, stride_two, 1)
static block_function *const blocks[2][2][3] = {
    {{KINDS(BLOCK_NAME, stride_one, 0)}, {KINDS(BLOCK_NAME, stride_one, 1)}},
    {{KINDS(BLOCK_NAME, stride_two, 0)}, {KINDS(BLOCK_NAME, stride_two, 1)}},
};

void st_u8_depthwise_3x3__avx512vnni_64(const st_u8_depthwise *layer,
                                        const st_u8_depthwise_rows *rows, ptrdiff_t first,
                                        uint8_t *y, ptrdiff_t ldy, ptrdiff_t pixel_count) {
  block_function *run =
      blocks[rows->stride - 1][layer->input_flip != 0][layer->output.kind];
  for (int32_t block = 0; block < layer->block_count; block++)
    run(layer, rows, block, first, y, ldy, first + pixel_count);
}

INLINE void flat(const int FLIP, const int KIND, const st_u8_depthwise *layer,
                 const st_u8_depthwise_rows *rows, ptrdiff_t first, uint8_t *y,
                 ptrdiff_t pixel_count) {
  const ptrdiff_t channels = layer->channel_count, count = pixel_count * channels;
  const ptrdiff_t start = (first - rows->padding) * channels, step = rows->dilation * channels;
  for (int32_t block = 0; block < layer->block_count; block++) {
    const block_constants k = constants(layer, block);
    for (ptrdiff_t i = 64 * block; i < count; i += 64 * layer->block_count) {
      const four_taps a = column(rows->rows, start + i, ~0ull, k.flip, FLIP);
      const four_taps b = column(rows->rows, start + i + step, ~0ull, k.flip, FLIP);
      const four_taps c = column(rows->rows, start + i + 2 * step, ~0ull, k.flip, FLIP);
      const __mmask64 mask = count - i >= 64 ? ~0ull : ~0ull >> (64 - (count - i));
      put(y + i, mask, result(a, b, c, &k, KIND));
    }
  }
}

typedef void flat_function(const st_u8_depthwise *, const st_u8_depthwise_rows *, ptrdiff_t,
                                  uint8_t *, ptrdiff_t);
#define FLAT(flip, kind)                                                                    \
  TARGET static void flat_##flip##_##kind(                                                  \
      const st_u8_depthwise *layer, const st_u8_depthwise_rows *rows, ptrdiff_t first,       \
      uint8_t *y, ptrdiff_t pixel_count) {                                                   \
    flat(flip, kind, layer, rows, first, y, pixel_count);                                   \
  }
#define FLAT_NAME(flip, kind) flat_##flip##_##kind,
KINDS(FLAT, 0) KINDS(FLAT, 1)
static flat_function *const flats[2][3] = {{KINDS(FLAT_NAME, 0)}, {KINDS(FLAT_NAME, 1)}};

void st_u8_depthwise_3x3_flat__avx512vnni_64(const st_u8_depthwise *layer,
                                             const st_u8_depthwise_rows *rows, ptrdiff_t first,
                                             uint8_t *y, ptrdiff_t ldy, ptrdiff_t pixel_count) {
  (void)ldy;
  flats[layer->input_flip != 0][layer->output.kind](layer, rows, first, y, pixel_count);
}

#endif
