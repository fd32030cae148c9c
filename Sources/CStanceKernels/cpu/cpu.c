#include "cpu.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

__attribute__((target("xsave"))) static uint64_t enabled_states(void) { return _xgetbv(0); }

uint32_t st_cpu_features(void) {
  uint32_t a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return 0;
  const int has_fma = (c >> 12) & 1, has_osxsave = (c >> 27) & 1, has_avx = (c >> 28) & 1;
  if (!has_osxsave || !has_avx) return 0;
  const uint64_t states = enabled_states();
  const int has_ymm = (states & 0x06) == 0x06, has_zmm = (states & 0xE6) == 0xE6;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
  const uint32_t leaves = a;
  uint32_t features = 0;
  const int has_avx2 = has_ymm && has_fma && ((b >> 5) & 1);
  if (has_avx2) features |= ST_CPU_AVX2;
  const int has_avx512 =
      has_avx2 && has_zmm && ((b >> 16) & 1) && ((b >> 17) & 1) && ((b >> 30) & 1) && ((b >> 31) & 1);
  if (has_avx512) {
    features |= ST_CPU_AVX512;
    if ((c >> 11) & 1) features |= ST_CPU_AVX512_VNNI;
  }
  if (leaves >= 1 && __get_cpuid_count(7, 1, &a, &b, &c, &d)) {
    if (has_avx2 && ((a >> 4) & 1)) features |= ST_CPU_AVX_VNNI;
    if (has_avx512 && ((a >> 5) & 1)) features |= ST_CPU_AVX512_BF16;
  }
  return features;
}

#elif defined(__aarch64__)

#if defined(__linux__)
#include <sys/auxv.h>

uint32_t st_cpu_features(void) {
  uint32_t features = ST_CPU_NEON;
  if (getauxval(AT_HWCAP) & (1UL << 20)) features |= ST_CPU_DOTPROD;
  return features;
}
#else
/* Every Mac with an arm64 processor has the dot products. */
uint32_t st_cpu_features(void) { return ST_CPU_NEON | ST_CPU_DOTPROD; }
#endif

#else
uint32_t st_cpu_features(void) { return 0; }
#endif
