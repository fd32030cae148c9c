/* The functions of f32_elementwise.h for one instruction set. Included behind one of vectors/. */
#include "../f32/activation.h"
#include "exponential.h"
#include "f32_elementwise.h"

#define ST_ADD(a, b) vf_add(a, b)
#define ST_SUBTRACT(a, b) vf_subtract(a, b)
#define ST_MULTIPLY(a, b) vf_multiply(a, b)
#define ST_MAXIMUM(a, b) vf_max(a, b)
#define ST_MINIMUM(a, b) vf_min(a, b)
#define ST_DIVIDE(a, b) ((a) / (b))

VF vf operand(const float *p, const int step, ptrdiff_t index, int count) {
  if (step == 0) return vf_set(*p);
  return count == VF_WIDTH ? vf_load(p + index) : vf_load_first(p + index, count);
}

#define ST_BINARY_ROWS(name, operation)                                                    \
  VF void name##_steps(const st_f32_binary *o, const int a_step, const int b_step) {       \
    const vf low = vf_set(o->lowest), high = vf_set(o->highest);                           \
    for (ptrdiff_t r = 0; r < o->rows; r++) {                                              \
      const float *a = o->a + r * o->a_stride, *b = o->b + r * o->b_stride;                \
      float *y = o->y + r * o->length;                                                     \
      ptrdiff_t i = 0;                                                                     \
      for (; i + VF_WIDTH <= o->length; i += VF_WIDTH) {                                   \
        const vf result =                                                                  \
            operation(operand(a, a_step, i, VF_WIDTH), operand(b, b_step, i, VF_WIDTH));   \
        vf_store(y + i, vf_min(high, vf_max(low, result)));                                \
      }                                                                                    \
      const int left = (int)(o->length - i);                                               \
      if (left) {                                                                          \
        const vf result = operation(operand(a, a_step, i, left), operand(b, b_step, i, left)); \
        vf_store_first(y + i, vf_min(high, vf_max(low, result)), left);                    \
      }                                                                                    \
    }                                                                                      \
  }                                                                                        \
  ST_TARGET static void name(const st_f32_binary *o) {                                     \
    if (o->a_step && o->b_step) name##_steps(o, 1, 1);                                     \
    else if (o->a_step) name##_steps(o, 1, 0);                                             \
    else if (o->b_step) name##_steps(o, 0, 1);                                             \
    else name##_steps(o, 0, 0);                                                            \
  }
ST_BINARY_ROWS(binary_add, ST_ADD)
ST_BINARY_ROWS(binary_subtract, ST_SUBTRACT)
ST_BINARY_ROWS(binary_multiply, ST_MULTIPLY)
ST_BINARY_ROWS(binary_maximum, ST_MAXIMUM)
ST_BINARY_ROWS(binary_minimum, ST_MINIMUM)
ST_BINARY_ROWS(binary_divide, ST_DIVIDE)

ST_TARGET void ST_VARIANT(st_f32_binary)(const st_f32_binary *o) {
  switch (o->kind) {
    case ST_F32_ADD: binary_add(o); break;
    case ST_F32_SUBTRACT: binary_subtract(o); break;
    case ST_F32_MULTIPLY: binary_multiply(o); break;
    case ST_F32_MAXIMUM: binary_maximum(o); break;
    case ST_F32_MINIMUM: binary_minimum(o); break;
    default: binary_divide(o); break;
  }
}

/* y = function(x), where `function` takes a vector and the index of its first element. */
#define ST_MAP(x, y, count, function)                                               \
  do {                                                                              \
    ptrdiff_t i = 0;                                                                \
    for (; i + VF_WIDTH <= (count); i += VF_WIDTH) {                                \
      vf_store((y) + i, function(vf_load((x) + i), i));                             \
    }                                                                               \
    const int left = (int)((count)-i);                                              \
    if (left) vf_store_first((y) + i, function(vf_load_first((x) + i, left), i), left); \
  } while (0)

ST_TARGET void ST_VARIANT(st_f32_activate)(
    const float *x, float *y, ptrdiff_t rows, int channels, const st_f32_activation *activation) {
#define ST_ACTIVATE(v, i) vf_activate(v, activation, i)
  if (activation->kind != ST_F32_PRELU) {
    const ptrdiff_t count = rows * channels;
    ST_MAP(x, y, count, ST_ACTIVATE);
    return;
  }
  for (ptrdiff_t r = 0; r < rows; r++) {
    ST_MAP(x + r * channels, y + r * channels, channels, ST_ACTIVATE);
  }
#undef ST_ACTIVATE
}

ST_TARGET void ST_VARIANT(st_f32_exponential)(const float *x, float *y, ptrdiff_t count) {
#define ST_EXPONENTIAL(v, i) vf_exponential(v)
  ST_MAP(x, y, count, ST_EXPONENTIAL);
#undef ST_EXPONENTIAL
}

ST_TARGET void ST_VARIANT(st_f32_logistic)(const float *x, float *y, ptrdiff_t count) {
#define ST_LOGISTIC(v, i) vf_logistic(v)
  ST_MAP(x, y, count, ST_LOGISTIC);
#undef ST_LOGISTIC
}
