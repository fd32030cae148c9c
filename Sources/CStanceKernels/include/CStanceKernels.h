/* The arithmetic kernels of Stance. Each header carries its kernels' contracts. */
#ifndef C_STANCE_KERNELS_H
#define C_STANCE_KERNELS_H

#include "cpu.h"

#endif
