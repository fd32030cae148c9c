/* What the depthwise convolution's window needs of a padded picture. */
#ifndef C_STANCE_KERNELS_F32_DEPTHWISE_GEOMETRY_H
#define C_STANCE_KERNELS_F32_DEPTHWISE_GEOMETRY_H

#include "../vectors/common.h"
#include "f32_depthwise.h"

/* Input rows under one window. */
ST_INLINE int window_height(const st_f32_depthwise *d) {
  return (d->kernel_height - 1) * d->dilation_height + 1;
}

/* Input columns under a row of windows. */
ST_INLINE int padded_width(const st_f32_depthwise *d) {
  return (d->out_width - 1) * d->stride_width + (d->kernel_width - 1) * d->dilation_width + 1;
}

#endif
