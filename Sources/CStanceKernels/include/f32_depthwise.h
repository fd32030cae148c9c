#ifndef C_STANCE_KERNELS_F32_DEPTHWISE_H
#define C_STANCE_KERNELS_F32_DEPTHWISE_H

#include <stddef.h>
#include <stdint.h>

#include "f32_activation.h"

/*
 * Depthwise convolution of one picture x [height, width, channels / multiplier]:
 *
 *   y[p, o] = activation(bias[o] + sum over k, l of w[k, l, o] *
 *             x[i * stride_height - top + k * dilation_height,
 *               j * stride_width - left + l * dilation_width, o / multiplier])
 *
 * for the output pixels p = i * out_width + j in first_pixel..<first_pixel + pixel_count; pixels
 * outside of the picture are zero. Strides are in elements.
 *
 * weights: [vectors][kernel_height * kernel_width][width], 64-byte aligned, zeros behind the last
 * channel, where width is the variant's vector width; bias: padded to a multiple of it.
 * y[0] is first_pixel's. y must not overlap x.
 * scratch: st_f32_depthwise_scratch_count floats, 64-byte aligned.
 * Nothing is read or written beyond the elements named. A pixel's bits do not depend on the range.
 */
typedef struct {
  const float *x;
  int height, width, channels, multiplier;
  const float *weights;
  const float *bias;
  int kernel_height, kernel_width;
  int stride_height, stride_width;
  int dilation_height, dilation_width;
  int top, left;
  int out_width;
  int first_pixel, pixel_count;
  float *y;
  ptrdiff_t y_stride; /* elements between pixels */
  st_f32_activation activation;
  float *scratch;
} st_f32_depthwise;

typedef void st_f32_depthwise_function(const st_f32_depthwise *);

/* Whether the window is one that needs no scratch: 3x3, undilated, stride 1 or 2 along width. */
int st_f32_depthwise_is_direct(const st_f32_depthwise *);

/* Output rows that are computed from one filling of the scratch. */
int st_f32_depthwise_scratch_rows(const st_f32_depthwise *, int vector_width);

/* Floats of scratch that a variant of this vector width needs. */
size_t st_f32_depthwise_scratch_count(const st_f32_depthwise *, int vector_width);

/* packed[v, k, c] = weights[k * channels + v * width + c], where 0 <= k < taps. */
void st_f32_depthwise_pack(
    int vector_width, int taps, int channels, const float *weights, float *packed);

#endif
