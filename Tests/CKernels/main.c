/*
 * Every C kernel with results that this machine can run, against sums written out, on random shapes.
 * Argument: how many cases a kernel.
 */
#include "harness.h"

int main(int argc, char **argv) {
  if (argc > 1) case_count = atoi(argv[1]);
  test_u8_gemm();
  test_u8_depthwise();
  test_u8_first_layer();
  test_u8_elementwise();
  test_f32_gemm();
  test_f32_sparse();
  test_f32_depthwise();
  test_f32_elementwise();
  test_f32_windows();
  test_bf16_depthwise();
  test_bf16_rows();
  return has_failed();
}
