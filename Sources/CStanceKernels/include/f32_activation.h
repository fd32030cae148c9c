#ifndef C_STANCE_KERNELS_F32_ACTIVATION_H
#define C_STANCE_KERNELS_F32_ACTIVATION_H

enum {
  ST_F32_IDENTITY = 0,
  ST_F32_CLAMP = 1,     /* min(max(x, lowest), highest); NaN stays NaN */
  ST_F32_PRELU = 2,     /* x < 0 ? x * slopes[channel] : x */
  ST_F32_HARD_SWISH = 3 /* x * min(max(x + 3, 0), 6) / 6 */
};

/* A function of one element, done before it is stored. */
typedef struct {
  int kind;
  float lowest, highest;
  /* A slope a channel, padded to a multiple of the variant's vector width. */
  const float *slopes;
} st_f32_activation;

#endif
