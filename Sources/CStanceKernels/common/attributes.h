/* What the kernels tell the compiler: instruction sets by function, unrolled loops. */
#ifndef C_STANCE_KERNELS_ATTRIBUTES_H
#define C_STANCE_KERNELS_ATTRIBUTES_H

#define ST_TARGET_AVX2 __attribute__((target("avx2,fma")))
#define ST_TARGET_AVXVNNI __attribute__((target("avx2,fma,avxvnni")))
#define ST_TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#define ST_TARGET_AVX512VNNI \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")))
#define ST_TARGET_DOTPROD __attribute__((target("arch=armv8.2-a+dotprod")))

#define ST_INLINE static inline __attribute__((always_inline))

#if defined(__clang__)
#define ST_UNROLL _Pragma("clang loop unroll(full)")
#else
#define ST_UNROLL _Pragma("GCC unroll 16")
#endif

/* A function that only some architectures have: null in tables elsewhere. */
#if defined(__x86_64__)
#define ST_X86_64(function) function
#else
#define ST_X86_64(function) 0
#endif
#if defined(__aarch64__)
#define ST_ARM64(function) function
#else
#define ST_ARM64(function) 0
#endif

#endif
