/* What kernels are held against, written out. */
#include "harness.h"

st_u8_output random_output(void) {
  st_u8_output o = {.flip = once_in(2) ? 0x80 : 0};
  int highest = 255;
  if (number(0, 2)) {
    o.zero_point = number(0, 255);
    o.lowest = (uint8_t)number(0, 100);
    highest = number(150, 255);
  } else {
    o.is_plain = 1;
  }
  o.lowest_step = (float)(o.lowest - o.zero_point);
  o.highest_step = (float)(highest - o.zero_point);
  return o;
}

uint8_t output_byte(int32_t sum, float scale, const st_u8_output *o) {
  float steps = (float)sum * scale;
  if (steps < o->lowest_step) steps = o->lowest_step;
  if (!(steps <= o->highest_step)) steps = o->highest_step;
  /* The default rounding is half to even. */
  return (uint8_t)(((int32_t)nearbyintf(steps) + o->zero_point) ^ o->flip);
}

st_f32_activation random_activation(int channels, int width) {
  st_f32_activation a = {.kind = number(ST_F32_IDENTITY, ST_F32_HARD_SWISH)};
  a.lowest = once_in(2) ? 0 : -0.25f;
  a.highest = once_in(2) ? INFINITY : 0.5f;
  if (a.kind == ST_F32_PRELU) {
    float *slopes = guarded_floats((channels + width - 1) / width * width);
    for (int c = 0; c < channels; c++) slopes[c] = real();
    a.slopes = slopes;
  }
  return a;
}

double activated(double x, const st_f32_activation *a, int channel) {
  switch (a->kind) {
    case ST_F32_CLAMP: return x < a->lowest ? a->lowest : x > a->highest ? a->highest : x;
    case ST_F32_PRELU: return x < 0 ? x * a->slopes[channel] : x;
    case ST_F32_HARD_SWISH: {
      /* An infinity or NaN goes through the ramp as the formula has it. */
      const double ramp = x + 3 < 0 ? 0 : x + 3 > 6 ? 6 : x + 3;
      return x * ramp / 6;
    }
    default: return x;
  }
}

uint16_t bf16_from(float x) {
  uint32_t bits;
  memcpy(&bits, &x, 4);
  if (isnan(x)) return (uint16_t)(bits >> 16 | 0x40);
  return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

float from_bf16(uint16_t x) {
  const uint32_t bits = (uint32_t)x << 16;
  float result;
  memcpy(&result, &bits, 4);
  return result;
}
