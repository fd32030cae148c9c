/* The ring of input rows that the depthwise convolution keeps as floats. */
#ifndef C_STANCE_KERNELS_BF16_DEPTHWISE_RING_H
#define C_STANCE_KERNELS_BF16_DEPTHWISE_RING_H

#include "../vectors/common.h"
#include "bf16_depthwise.h"

/* Whether lanes are elements of a row of pixels. */
ST_INLINE int is_flat(const st_bf16_depthwise *d) {
  return d->multiplier == 1 && d->lanes != d->channels;
}

/* Input rows under one window. */
ST_INLINE int ring_rows(const st_bf16_depthwise *d) {
  return (d->kernel_height - 1) * d->dilation_height + 1;
}

/* Input columns under a row of windows. */
ST_INLINE int padded_columns(const st_bf16_depthwise *d) {
  return (d->out_width - 1) * d->stride_width + (d->kernel_width - 1) * d->dilation_width + 1;
}

/* Floats of a row: one vector pair of channels of each pixel, or all elements and a vector pair. */
ST_INLINE ptrdiff_t ring_row_length(const st_bf16_depthwise *d, int vector_width) {
  const ptrdiff_t columns = padded_columns(d);
  if (!is_flat(d)) return columns * 2 * vector_width;
  return (columns * d->channels + 3 * vector_width - 1) / vector_width * vector_width;
}

#endif
