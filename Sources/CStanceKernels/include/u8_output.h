#ifndef C_STANCE_KERNELS_U8_OUTPUT_H
#define C_STANCE_KERNELS_U8_OUTPUT_H

#include <stdint.h>

enum {
  ST_U8_ANY,   /* nothing is known */
  ST_U8_SMALL, /* no scale reaches 1: products stay in range */
  ST_U8_PLAIN  /* likewise, zero_point and lowest are 0, highest is 255 */
};

/*
 * How a 32-bit sum becomes a byte, the same in all 8-bit kernels:
 *
 *   y = clamp(round(sum * scale) + zero_point, lowest, highest) ^ flip
 *
 * in float, rounded half to even. 8-bit kernels compute in unsigned bytes: int8 is uint8 with its
 * highest bit flipped (flip = 0x80) and 128 added to the zero point and the bounds.
 */
typedef struct {
  float lowest_step;   /* lowest - zero_point */
  float highest_step;  /* highest - zero_point */
  int32_t zero_point;  /* -128...511 */
  uint8_t lowest;      /* 0...255 */
  uint8_t flip;        /* 0 or 0x80 */
  uint8_t highest;     /* 0...255 */
  /* What the sums are known not to need; 0 is always right. */
  uint8_t kind;
} st_u8_output;

#endif
