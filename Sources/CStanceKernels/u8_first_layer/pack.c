#include "u8_first_layer.h"

#include "../common/attributes.h"

#define DECLARE(function, border, set, architecture) \
  st_u8_first_layer_run function;                    \
  st_u8_first_layer_border border;
#define ROW(function, border, set, architecture) \
  {#function, set, architecture(function), architecture(border)},
ST_U8_FIRST_LAYER_VARIANTS(DECLARE)

static const st_u8_first_layer_variant variants[] = {ST_U8_FIRST_LAYER_VARIANTS(ROW)};

const st_u8_first_layer_variant *st_u8_first_layer_variants(int32_t *count) {
  *count = (int32_t)(sizeof variants / sizeof *variants);
  return variants;
}

enum { SLOTS = 12, TAPS = 9, UNUSED = -1 };

static int32_t clamped(int32_t v) { return v < -128 ? -128 : v > 127 ? 127 : v; }

/* Which byte of a row each of its 12 slots holds; false where too many have to be repeated. */
static int assign(const uint8_t *source, int32_t flip, int32_t zero_point, int32_t column_count,
                  int32_t row, int taps[SLOTS]) {
  int next = TAPS;
  for (int t = 0; t < SLOTS; t++) taps[t] = t < TAPS ? t : UNUSED;
  for (int t = 0; t < TAPS; t++) {
    for (int32_t column = 0; column < column_count; column++) {
      const int32_t v = (source[(column * 3 + row) * TAPS + t] ^ flip) - zero_point;
      if (v == clamped(v)) continue;
      if (next == SLOTS) return 0;
      taps[next++] = t;
      break;
    }
  }
  return 1;
}

int st_u8_first_layer_pack(const uint8_t *source, int32_t weight_flip, int32_t weight_zero_point,
                           int32_t input_zero_point, const int32_t *bias, const float *scales,
                           int32_t column_count, int32_t register_count, int8_t *packed,
                           uint8_t *shuffles, int32_t *packed_bias, float *packed_scales) {
  const int32_t width = 8 * register_count;
  for (int32_t slot = 0; slot < 16 * register_count; slot++) {
    const int32_t position =
        4 * (register_count * (slot % 16 / 4) + slot / 16) + slot % 4, column = position % width;
    packed_bias[slot] = 0;
    packed_scales[slot] = 0;
    if (column >= column_count) continue;
    uint32_t sum = 0;
    for (int t = 0; t < 3 * TAPS; t++)
      sum += (uint32_t)((source[column * 3 * TAPS + t] ^ weight_flip) - weight_zero_point);
    packed_bias[slot] =
        (int32_t)((bias ? (uint32_t)bias[column] : 0) - (uint32_t)input_zero_point * sum);
    packed_scales[slot] = scales[column];
  }
  for (int32_t row = 0; row < 3; row++) {
    int taps[SLOTS];
    if (!assign(source, weight_flip, weight_zero_point, column_count, row, taps)) return 0;
    for (int32_t step = 0; step < 3; step++) {
      for (int i = 0; i < 64; i++) {
        const int tap = taps[4 * step + i % 4];
        shuffles[(row * 3 + step) * 64 + i] = (uint8_t)(tap == UNUSED ? 0x80 : tap + i / 32 * 6);
      }
      for (int32_t slot = 0; slot < 16 * register_count; slot++) {
        const int32_t position = 4 * (register_count * (slot % 16 / 4) + slot / 16) + slot % 4;
        const int32_t column = position % width;
        int8_t *target = packed + ((row * 3 + step) * register_count * 16 + slot) * 4;
        for (int t = 0; t < 4; t++) {
          const int tap = taps[4 * step + t], is_rest = 4 * step + t >= TAPS;
          target[t] = 0;
          if (column >= column_count || tap == UNUSED) continue;
          const int32_t v =
              (source[(column * 3 + row) * TAPS + tap] ^ weight_flip) - weight_zero_point;
          target[t] = (int8_t)(is_rest ? v - clamped(v) : clamped(v));
        }
      }
    }
  }
  return 1;
}
