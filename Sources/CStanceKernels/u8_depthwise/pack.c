#include "../common/attributes.h"
#include "variants.h"

#define ROW(function, set, architecture, rolling, flat, lanes, registers, step, is_wide) \
  {#function, set, architecture(function), rolling, flat, lanes, registers, step, is_wide},

static const st_u8_depthwise_variant variants[] = {ST_U8_DEPTHWISE_VARIANTS(ROW)};

const st_u8_depthwise_variant *st_u8_depthwise_variants(int32_t *count) {
  *count = (int32_t)(sizeof variants / sizeof *variants);
  return variants;
}

static int32_t clamped(int32_t v) { return v < -128 ? -128 : v > 127 ? 127 : v; }

void st_u8_depthwise_pack(const st_u8_depthwise_source *s, void *weights, int8_t *rests,
                          uint8_t *has_rests, int32_t *bias, float *scales) {
  const int32_t slots = s->lanes * s->registers;
  for (int32_t block = 0; block < s->block_count; block++) {
    for (int32_t slot = 0; slot < slots; slot++) {
      const int32_t lane = slot % s->lanes, reg = slot / s->lanes;
      int32_t channel = block * slots + 4 * (s->registers * (lane / 4) + reg) + lane % 4;
      if (s->repeats) channel %= s->channel_count;
      bias[block * slots + slot] = 0;
      scales[block * slots + slot] = 0;
      if (channel >= s->channel_count) continue;
      uint32_t sum = 0;
      for (int32_t g = 0; g < s->group_count * s->step; g++) {
        const int32_t tap = s->taps[g];
        if (tap < 0) continue;
        const ptrdiff_t from = (ptrdiff_t)tap * s->channel_count + channel;
        const int32_t v = (s->weights[from] ^ s->weight_flip) - s->weight_zero_point;
        const ptrdiff_t to =
            (((ptrdiff_t)block * s->group_count + g / s->step) * slots + slot) * s->step +
            g % s->step;
        sum += (uint32_t)v;
        if (s->is_wide) {
          ((int16_t *)weights)[to] = (int16_t)v;
        } else {
          ((int8_t *)weights)[to] = (int8_t)clamped(v);
          rests[to] = (int8_t)(v - clamped(v));
          if (rests[to]) has_rests[block] = 1;
        }
      }
      bias[block * slots + slot] = (int32_t)((s->bias ? (uint32_t)s->bias[channel] : 0) -
                                             (uint32_t)s->input_zero_point * sum);
      scales[block * slots + slot] = s->scales[channel];
    }
  }
}
