#include "../common/u8_output_scalar.h"
#include "variants.h"

enum { WIDTH = 16 };

void st_u8_depthwise__scalar_16(const st_u8_depthwise *layer, const uint8_t *const *taps,
                                ptrdiff_t tap_stride, uint8_t *y, ptrdiff_t ldy,
                                ptrdiff_t pixel_count) {
  const int16_t *weights = layer->weights;
  for (ptrdiff_t p = 0; p < pixel_count; p++) {
    for (int32_t c = 0; c < layer->channel_count; c++) {
      const int32_t block = c / WIDTH, input = c / layer->multiplier;
      uint32_t sum = (uint32_t)layer->bias[c];
      for (int32_t t = 0; t < layer->group_count; t++) {
        const int32_t x = taps[t][p * tap_stride + input] ^ layer->input_flip;
        const ptrdiff_t at = ((ptrdiff_t)block * layer->group_count + t) * WIDTH + c % WIDTH;
        sum += (uint32_t)(x * weights[at]);
      }
      y[p * ldy + c] = st_u8_byte((int32_t)sum, layer->scales[c], &layer->output);
    }
  }
}
