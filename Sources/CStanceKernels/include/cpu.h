#ifndef C_STANCE_KERNELS_CPU_H
#define C_STANCE_KERNELS_CPU_H

#include <stdint.h>

/* What a processor can do beyond its architecture's base, as bits. */
enum {
  ST_CPU_AVX2 = 1 << 0,       /* AVX2 and FMA */
  ST_CPU_AVX_VNNI = 1 << 1,   /* vpdpbusd on 256 bits, VEX encoded */
  ST_CPU_AVX512 = 1 << 2,     /* AVX-512 F, BW, DQ, VL */
  ST_CPU_AVX512_VNNI = 1 << 3,
  ST_CPU_AVX512_BF16 = 1 << 4,
  ST_CPU_NEON = 1 << 8,       /* arm64's base */
  ST_CPU_DOTPROD = 1 << 9     /* udot, sdot */
};

/* The features of the processor this runs on, and of its operating system. */
uint32_t st_cpu_features(void);

/* How many processors this process may run on at the same time, 1 or more. */
int32_t st_cpu_count(void);

/* A moment's rest for a thread that looks at the same memory again and again. */
static inline void st_cpu_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("isb" ::: "memory");
#endif
}

#endif
