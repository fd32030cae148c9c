#ifndef C_STANCE_KERNELS_BF16_DEPTHWISE_H
#define C_STANCE_KERNELS_BF16_DEPTHWISE_H

#include <stddef.h>
#include <stdint.h>

#include "f32_activation.h"

/*
 * The depthwise convolution of f32_depthwise.h, computed in float, whose x and y are bfloat16 or
 * float each; results are rounded to nearest even.
 *
 * Lanes are neighbouring channels; or, where st_bf16_depthwise_period is not 0, neighbouring
 * elements of a row of pixels, which have the same weights again after so many lanes.
 *
 * weights, bias and slopes: those of `lanes` lanes, which are the channels, or the channels
 * repeated up to the period. weights: packed by st_f32_depthwise_pack for vectors of twice the
 * variant's width; bias and slopes: zeros behind the last lane up to a multiple of that.
 * scratch: st_bf16_depthwise_scratch_count floats, 64-byte aligned: input rows as floats, the last
 * ones in a ring, with the padding around them.
 */
typedef struct {
  const void *x;
  int x_is_bf16;
  int height, width, channels, multiplier;
  const float *weights;
  const float *bias;
  int lanes;
  int kernel_height, kernel_width;
  int stride_height, stride_width;
  int dilation_height, dilation_width;
  int top, left;
  int out_width;
  int first_pixel, pixel_count;
  void *y;
  ptrdiff_t y_stride; /* elements between pixels */
  int y_is_bf16;
  st_f32_activation activation;
  float *scratch;
} st_bf16_depthwise;

typedef void st_bf16_depthwise_function(const st_bf16_depthwise *);

/*
 * How many lanes it takes until channels are repeated, if they are to go side by side; 0 where a
 * pixel fills vectors well enough.
 */
int st_bf16_depthwise_period(int vector_width, int channels, int multiplier, int stride_width);

size_t st_bf16_depthwise_scratch_count(const st_bf16_depthwise *, int vector_width);

#endif
