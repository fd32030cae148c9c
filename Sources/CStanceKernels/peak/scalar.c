#include "loop.h"

/* Four lanes in the vector extension of C, as in the scalar kernels. */
typedef float four_floats __attribute__((vector_size(16)));
typedef int32_t four_integers __attribute__((vector_size(16)));

#if defined(__x86_64__)
#define REGISTER "x"
#elif defined(__aarch64__)
#define REGISTER "w"
#else
#define REGISTER "m"
#endif

#define MULTIPLY_ADD(sum, a, b) ((sum) + (a) * (b))
#define FIRST(sum) ((float)(sum)[0])

ST_PEAK_LOOP(st_peak_u8__scalar, , 12, four_integers, four_integers, REGISTER,
             (four_integers){0}, ((four_integers){1, 1, 1, 1}), MULTIPLY_ADD, FIRST)

ST_PEAK_LOOP(st_peak_f32__scalar, , 12, four_floats, four_floats, REGISTER, (four_floats){0},
             ((four_floats){0x1p-9f, 0x1p-9f, 0x1p-9f, 0x1p-9f}), MULTIPLY_ADD, FIRST)
