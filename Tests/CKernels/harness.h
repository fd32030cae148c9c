/*
 * What the tests of the C kernels share. They need nothing but the C, so that they run under
 * sanitizers and under an emulator.
 */
#ifndef STANCE_KERNEL_TESTS_HARNESS_H
#define STANCE_KERNEL_TESTS_HARNESS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CStanceKernels.h"

/* Random numbers, the same for each case in every run. */
int number(int lowest, int highest);
int once_in(int count);
/* 0 up to `most`, often one of 1, w - 1, w, w + 1, 2 * w + 1. */
int size_around(int w, int most);
/* -1...1 */
float real(void);
/* The same, but at times NaN, an infinity, a huge number or a tiny one. */
float any_real(void);

/*
 * Memory of one case. What lies before it, and behind `slack` bytes that may be read, is closed: to
 * the processor where it is the next page, to the address sanitizer, and at the latest by
 * `regions_are_whole`, which finds what was written beside the elements. All of it starts as NaN.
 */
void *guarded(size_t count, size_t slack, size_t alignment);
float *guarded_floats(ptrdiff_t count);          /* none to be read behind */
float *random_floats(ptrdiff_t count);
uint8_t *random_bytes(ptrdiff_t count, size_t slack);
/* For what kernels are given packed: aligned to 64 bytes, zero. */
void *packed(size_t count);

/* Counts what is compared, and whether it is right. */
void check(int is_right);
/* Within 1e-5 of the magnitudes that were added up, or both NaN. */
void check_near(double actual, double expected, double magnitude);
void check_equal(float actual, float expected);

/*
 * Runs `test` so many times for a kernel, each with its own seed, and says what came out; says that
 * it is skipped where `is_built` is false or the processor lacks the instruction set.
 */
typedef void test_function(const void *variant);
void test(const char *kernel, const char *set, int is_built, test_function *function,
          const void *variant);

extern int case_count;
int has_failed(void);

/* ---- Plain arithmetic */

st_u8_output random_output(void);
/* output(sum) with the scale, as u8_output.h has it. */
uint8_t output_byte(int32_t sum, float scale, const st_u8_output *output);

/* Slopes are padded as the variant of this width needs it. */
st_f32_activation random_activation(int channels, int width);
double activated(double x, const st_f32_activation *activation, int channel);

uint16_t bf16_from(float x);
float from_bf16(uint16_t x);

/* ---- One function a family of kernels */

void test_u8_gemm(void);
void test_u8_depthwise(void);
void test_u8_first_layer(void);
void test_u8_elementwise(void);
void test_f32_gemm(void);
void test_f32_sparse(void);
void test_f32_depthwise(void);
void test_f32_elementwise(void);
void test_f32_windows(void);
void test_bf16_depthwise(void);
void test_bf16_rows(void);

#endif
