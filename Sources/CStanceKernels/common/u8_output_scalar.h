/* Requantisation of one sum. */
#ifndef C_STANCE_KERNELS_U8_OUTPUT_SCALAR_H
#define C_STANCE_KERNELS_U8_OUTPUT_SCALAR_H

#include "attributes.h"
#include "u8_output.h"

/* Half to even, for magnitudes below 2^22: adding 1.5 * 2^23 leaves no bits for a fraction. */
ST_INLINE int32_t st_round_to_even(float real) {
  const float shifted = real + 0x1.8p23f;
  return (int32_t)(shifted - 0x1.8p23f);
}

ST_INLINE uint8_t st_u8_byte(int32_t sum, float scale, const st_u8_output *output) {
  float real = (float)sum * scale;
  real = real < output->lowest_step ? output->lowest_step : real;
  real = real > output->highest_step ? output->highest_step : real;
  return (uint8_t)((st_round_to_even(real) + output->zero_point) ^ output->flip);
}

#endif
