#include "../common/u8_output_scalar.h"
#include "variants.h"

enum { WIDTH = 16 };

void st_u8_depthwise__scalar_16(const st_u8_depthwise *layer, const uint8_t *const *taps,
                                ptrdiff_t tap_stride, uint8_t *y, ptrdiff_t ldy,
                                ptrdiff_t pixel_count) {
  for (ptrdiff_t p = 0; p < pixel_count; p++) {
    const int16_t *weights = layer->weights;
    for (int32_t first = 0; first < layer->channel_count; first += WIDTH) {
      const int32_t left = layer->channel_count - first, count = left < WIDTH ? left : WIDTH;
      uint32_t sums[WIDTH];
      for (int32_t c = 0; c < count; c++) sums[c] = (uint32_t)layer->bias[first + c];
      for (int32_t t = 0; t < layer->group_count; t++, weights += WIDTH) {
        const uint8_t *x = taps[t] + p * tap_stride;
        for (int32_t c = 0; c < count; c++) {
          const int32_t channel = layer->multiplier == 1 ? first + c : (first + c) / layer->multiplier;
          sums[c] += (uint32_t)((x[channel] ^ layer->input_flip) * weights[c]);
        }
      }
      for (int32_t c = 0; c < count; c++)
        y[p * ldy + first + c] =
            st_u8_byte((int32_t)sums[c], layer->scales[first + c], &layer->output);
    }
  }
}
