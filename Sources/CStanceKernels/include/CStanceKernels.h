/* The arithmetic kernels of Stance. Each header carries its kernels' contracts. */
#ifndef C_STANCE_KERNELS_H
#define C_STANCE_KERNELS_H

#include "cpu.h"
#include "f32_kernels.h"

#endif
