/* What a row of the depthwise convolution works on. Included behind one of vectors/. */
#include "../f32/activation.h"
#include "ring.h"

/* Lanes that are worked on at a time: two vectors. */
#define ST_LANE_COUNT (2 * VF_WIDTH)

/* A vector pair of lanes, and what to compute with it in one row. */
typedef struct {
  int first_lane;
  const float *weights;
  ptrdiff_t item_step, tap_step;  /* floats of the ring */
  ptrdiff_t y_step;               /* elements */
  vf lowest, highest;
} depthwise_lanes;

VF void store_lanes(void *y, const int is_bf16, ptrdiff_t at, vf result, int count) {
  if (is_bf16) {
    if (count == VF_WIDTH) vf_store_bf16((uint16_t *)y + at, result);
    else vf_store_bf16_first((uint16_t *)y + at, result, count);
  } else {
    if (count == VF_WIDTH) vf_store((float *)y + at, result);
    else vf_store_first((float *)y + at, result, count);
  }
}

/* The `count` rows of a window that lie in the picture, from its row `first` on, in `slot`. */
typedef struct {
  const float *ring;
  ptrdiff_t length;
  int first, count, slot;
} window_rows;
