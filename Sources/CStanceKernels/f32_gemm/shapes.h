/* The tiles of each instruction set: sums, a row of weights and one factor fit the registers. */
#ifndef C_STANCE_KERNELS_F32_GEMM_SHAPES_H
#define C_STANCE_KERNELS_F32_GEMM_SHAPES_H

/* V(vectors of columns, rows) */
#define ST_SHAPES_32_REGISTERS(V) V(1, 13) V(2, 13) V(3, 9) V(4, 6)
#define ST_SHAPES_16_REGISTERS(V) V(1, 12) V(2, 6) V(3, 3)
/* Vectors of columns in a panel, of which there is one shape more for the last panel. */
#define ST_PANEL_32_REGISTERS 3
#define ST_PANEL_16_REGISTERS 2

/* {width, panel}, see st_gemm_packing */
#define ST_PACKING_scalar {4, ST_PANEL_16_REGISTERS}
#define ST_PACKING_avx2 {8, ST_PANEL_16_REGISTERS}
#define ST_PACKING_avx512 {16, ST_PANEL_32_REGISTERS}
#define ST_PACKING_avx512bf16 {16, ST_PANEL_32_REGISTERS}
#define ST_PACKING_neon {4, ST_PANEL_32_REGISTERS}

#endif
