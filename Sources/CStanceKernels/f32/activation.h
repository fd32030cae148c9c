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

/* What a vector is clamped to where that is all that an activation does; else no bounds. */
typedef struct {
  vf lowest, highest;
} vf_bounds;

VF vf_bounds bounds_of(const st_f32_activation *activation) {
  const int is_clamp = activation->kind == ST_F32_CLAMP;
  const vf_bounds result = {
      vf_set(is_clamp ? activation->lowest : -__builtin_inff()),
      vf_set(is_clamp ? activation->highest : __builtin_inff())};
  return result;
}

VF vf bounded(vf x, const vf_bounds *bounds) {
  return vf_min(bounds->highest, vf_max(bounds->lowest, x));
}

#endif
