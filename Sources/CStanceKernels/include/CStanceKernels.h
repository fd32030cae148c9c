/* The arithmetic kernels of Stance. Each header carries its kernels' contracts. */
#ifndef C_STANCE_KERNELS_H
#define C_STANCE_KERNELS_H

#include "cpu.h"
#include "f32_kernels.h"
#include "peak.h"
#include "u8_depthwise.h"
#include "u8_elementwise.h"
#include "u8_first_layer.h"
#include "u8_gemm.h"
#include "u8_output.h"

#endif
