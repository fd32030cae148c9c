/* st_f32_activation on vectors. Included behind one of vectors/. */
#ifndef C_STANCE_KERNELS_F32_ACTIVATE_H
#define C_STANCE_KERNELS_F32_ACTIVATE_H

#include "f32_activation.h"

/* `channel` is that of the vector's first element. */
VF vf vf_activate(vf x, const st_f32_activation *activation, ptrdiff_t channel) {
  switch (activation->kind) {
    case ST_F32_CLAMP:
      return vf_min(vf_set(activation->highest), vf_max(vf_set(activation->lowest), x));
    case ST_F32_PRELU:
      return vf_where_negative(x, vf_multiply(x, vf_load(activation->slopes + channel)), x);
    case ST_F32_HARD_SWISH: {
      const vf ramp = vf_min(vf_set(6), vf_max(vf_zero(), vf_add(x, vf_set(3))));
      return vf_multiply(vf_multiply(x, ramp), vf_set(1.0f / 6));
    }
    default:
      return x;
  }
}

#endif
