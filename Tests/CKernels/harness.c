#include "harness.h"

#include <sys/mman.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif
#endif
#if !defined(ASAN_POISON_MEMORY_REGION)
#define ASAN_POISON_MEMORY_REGION(start, count) ((void)(start), (void)(count))
#define ASAN_UNPOISON_MEMORY_REGION(start, count) ((void)(start), (void)(count))
#endif

/* ---- Random numbers */

/* SplitMix: neighbouring seeds give unrelated numbers. */
static uint32_t state = 1;

static uint32_t next(void) {
  uint32_t z = state += 0x9E3779B9u;
  z = (z ^ z >> 16) * 0x85EBCA6Bu;
  z = (z ^ z >> 13) * 0xC2B2AE35u;
  return z ^ z >> 16;
}

int number(int lowest, int highest) {
  return lowest + (int)(next() % (uint32_t)(highest - lowest + 1));
}

int once_in(int count) { return number(1, count) == 1; }

int size_around(int w, int most) {
  const int sizes[] = {1, w - 1, w, w + 1, 2 * w + 1};
  const int size = once_in(2) ? sizes[number(0, 4)] : number(0, most);
  return size < most ? size : most;
}

float real(void) { return (float)number(-(1 << 20), 1 << 20) / (1 << 20); }

float any_real(void) {
  static const float special[] = {NAN, INFINITY, -INFINITY, 1e30f, -1e30f,
                                  0,   -0.0f,    1e-42f,    90,    -90};
  if (once_in(12)) return special[number(0, 9)];
  return real() * (float)number(1, 100);
}

/* ---- Guarded memory */

enum { MARGIN = 256, REGION = 1 << 20, REGION_COUNT = 32, CANARY = 0xFF };

typedef struct {
  uint8_t *base; /* REGION bytes, and a page behind them that may not be touched */
  uint8_t *start;
  size_t count;
} region;

static region regions[REGION_COUNT];
static int used;

static uint8_t *mapped_region(void) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  uint8_t *base =
      mmap(0, REGION + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED || mprotect(base + REGION, page, PROT_NONE)) {
    perror("mmap");
    exit(2);
  }
  return base;
}

void *guarded(size_t count, size_t slack, size_t alignment) {
  if (used == REGION_COUNT || count + slack + alignment + MARGIN > REGION) {
    fprintf(stderr, "the harness has no room for %zu bytes\n", count);
    exit(2);
  }
  region *r = &regions[used++];
  if (!r->base) r->base = mapped_region();
  const size_t offset = (REGION - slack - count) / alignment * alignment;
  r->start = r->base + offset;
  r->count = count;
  memset(r->start - MARGIN, CANARY, REGION - offset + MARGIN);
  ASAN_POISON_MEMORY_REGION(r->start - MARGIN, MARGIN);
  ASAN_POISON_MEMORY_REGION(r->start + count + slack, REGION - offset - count - slack);
  return r->start;
}

static int is_canary(const uint8_t *from, const uint8_t *end) {
  while (from < end && *from == CANARY) from++;
  return from == end;
}

/* Also gives all regions free. */
static int regions_are_whole(void) {
  int are_whole = 1;
  for (; used > 0; used--) {
    const region *r = &regions[used - 1];
    ASAN_UNPOISON_MEMORY_REGION(r->base, REGION);
    are_whole &= is_canary(r->start - MARGIN, r->start);
    are_whole &= is_canary(r->start + r->count, r->base + REGION);
  }
  return are_whole;
}

float *guarded_floats(ptrdiff_t count) { return guarded((size_t)count * 4, 0, 4); }

float *random_floats(ptrdiff_t count) {
  float *floats = guarded_floats(count);
  for (ptrdiff_t i = 0; i < count; i++) floats[i] = real();
  return floats;
}

uint8_t *random_bytes(ptrdiff_t count, size_t slack) {
  uint8_t *bytes = guarded((size_t)count, slack, 1);
  for (ptrdiff_t i = 0; i < count; i++) bytes[i] = (uint8_t)number(0, 255);
  return bytes;
}

void *packed(size_t count) {
  void *memory = guarded(count, 0, 64);
  memset(memory, 0, count);
  return memory;
}

/* ---- Counting */

int case_count = 300;
static int failed_variants;
static long compared, wrong;

void check(int is_right) {
  compared++;
  wrong += !is_right;
}

void check_near(double actual, double expected, double magnitude) {
  if (isnan(expected) || isnan(actual)) check(isnan(expected) && isnan(actual));
  else check(actual == expected || fabs(actual - expected) <= 1e-5 * magnitude + 1e-37);
}

void check_equal(float actual, float expected) {
  check(actual == expected || (isnan(actual) && isnan(expected)));
}

int has_failed(void) { return failed_variants > 0; }

static int can_run(const char *set) {
  static const struct {
    const char *name;
    uint32_t needs;
  } sets[] = {{"scalar", 0},
              {"avx2", ST_CPU_AVX2},
              {"avxvnni", ST_CPU_AVX2 | ST_CPU_AVX_VNNI},
              {"avx512", ST_CPU_AVX512},
              {"avx512vnni", ST_CPU_AVX512 | ST_CPU_AVX512_VNNI},
              {"avx512bf16", ST_CPU_AVX512 | ST_CPU_AVX512_BF16},
              {"neon", ST_CPU_NEON},
              {"neondot", ST_CPU_NEON | ST_CPU_DOTPROD}};
  for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
    if (!strcmp(sets[i].name, set)) return (st_cpu_features() & sets[i].needs) == sets[i].needs;
  fprintf(stderr, "the harness does not know the instruction set \"%s\"\n", set);
  exit(2);
}

void test(const char *kernel, const char *set, int is_built, test_function *function,
          const void *variant) {
  /* Names of tables hold the instruction set already. */
  const int is_whole = strstr(kernel, "__") != 0;
  char name[100];
  snprintf(name, sizeof name, is_whole ? "%s" : "%s__%s", kernel, set);
  if (!is_built || !can_run(set)) {
    printf("%s: skipped, %s\n", name,
           is_built ? "as this processor lacks the instructions" : "of another architecture");
    return;
  }
  /* Before it may crash. */
  printf("%s: ", name);
  fflush(stdout);
  int first_wrong = -1, wrong_cases = 0;
  compared = 0;
  for (int n = 0; n < case_count; n++) {
    state = (uint32_t)n << 16;
    wrong = 0;
    function(variant);
    if (!regions_are_whole()) wrong++;
    if (wrong && wrong_cases++ == 0) first_wrong = n;
  }
  if (wrong_cases || !compared) {
    printf("FAILED, %d of %d cases differ, the first is %d\n", wrong_cases, case_count,
           first_wrong);
    failed_variants++;
  } else {
    printf("passed, %ld numbers of %d cases\n", compared, case_count);
  }
}
