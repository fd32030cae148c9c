#ifndef C_STANCE_KERNELS_PEAK_H
#define C_STANCE_KERNELS_PEAK_H

#include <stddef.h>
#include <stdint.h>

/*
 * Multiply-adds alone, to measure the most that a processor core does of them:
 *
 *   sums[i] = sums[i] + a * b,  i = 0..<as many as keep the core busy
 *
 * `round_count` times, with everything in registers. Nothing is read or written. Returns a number
 * that depends on all sums, so that none is left out.
 */
typedef float st_peak(ptrdiff_t round_count);

/* X(name, type of a and b, instruction set, on which architecture, multiply-adds of one round) */
#define ST_PEAK_VARIANTS(X)                                            \
  X(st_peak_u8__scalar, "u8", "scalar", , 12 * 4)                      \
  X(st_peak_u8__avx2, "u8", "avx2", ST_X86_64, 12 * 16)                \
  X(st_peak_u8__avxvnni, "u8", "avxvnni", ST_X86_64, 12 * 32)          \
  X(st_peak_u8__avx512vnni, "u8", "avx512vnni", ST_X86_64, 16 * 64)    \
  X(st_peak_u8__neon, "u8", "neon", ST_ARM64, 16 * 4)                  \
  X(st_peak_u8__neondot, "u8", "neondot", ST_ARM64, 16 * 16)           \
  X(st_peak_f32__scalar, "f32", "scalar", , 12 * 4)                    \
  X(st_peak_f32__avx2, "f32", "avx2", ST_X86_64, 12 * 8)               \
  X(st_peak_f32__avx512, "f32", "avx512", ST_X86_64, 16 * 16)          \
  X(st_peak_f32__neon, "f32", "neon", ST_ARM64, 16 * 4)                \
  X(st_peak_f32__scalar, "bf16", "scalar", , 12 * 4)                   \
  X(st_peak_bf16__avx512bf16, "bf16", "avx512bf16", ST_X86_64, 16 * 32)

typedef struct {
  const char *type;
  const char *instruction_set;
  st_peak *run;            /* null where the architecture is another */
  int32_t multiply_adds;   /* of one round */
} st_peak_variant;

/* All variants, also those of other architectures; for each type the plainest first. */
const st_peak_variant *st_peak_variants(int32_t *count);

#endif
