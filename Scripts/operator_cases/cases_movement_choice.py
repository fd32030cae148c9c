"""Elements chosen by index or by value, and tensors made from numbers."""

import numpy as np

from . import common
from .cases_movement import Op, Tensor, move, numbers, options, result_like, write, x_of


def gathers():
    def gather(name, dtype, shape, indices, axis, batch=0, kind="int32", constant=False,
               quantized=None):
        move(f"gather_{name}", Op.GATHER, options("Gather", axis=axis, batchDims=batch), dtype,
             shape, numbers(indices, kind, constant), version=5, quantized=quantized)

    gather("rows", "float32", (5, 3), [4, 0, 0, 2], 0)
    gather("columns", "float32", (3, 5), [[1, 4], [0, 3]], 1, constant=True)
    gather("negative_axis", "uint8", (2, 3, 4), [3, 1, 2], -2 + 1, quantized=(0.1, 2))
    gather("scalar_index", "int32", (4, 3), 2, 0)
    gather("batch", "float32", (2, 4, 3), [[3, 0], [1, 2]], 1, batch=1)
    gather("batch_last_axis", "int8", (2, 2, 4), [[3, 0, 1], [1, 2, 2]], 2, batch=1,
           quantized=(0.1, 2))
    gather("two_batches", "float32", (2, 3, 4), [[[1], [0], [3]], [[2], [2], [0]]], 2, batch=2)
    gather("negative_batch", "float32", (2, 4, 3), [[3, 0], [1, 2]], 1, batch=-1)
    gather("wide_indices", "int64", (5,), [0, 4, 3], 0, kind="int64")
    gather("int16_indices", "bool", (3, 2), [2, 1], 0, kind="int16")

    def gather_nd(name, dtype, shape, indices, kind="int32"):
        move(f"gather_nd_{name}", Op.GATHER_ND, options("GatherNd"), dtype, shape,
             numbers(indices, kind, False), version=3)

    gather_nd("elements", "float32", (3, 4), [[0, 1], [2, 3], [1, 0]])
    gather_nd("slices", "float32", (3, 4, 2), [[2], [0]])
    gather_nd("nested", "int8", (2, 3, 4), [[[1, 2]], [[0, 0]]], "int64")
    gather_nd("int64", "int64", (4,), [[3], [3], [0]])


def searches():
    def top_k(name, dtype, data, k, constant=True):
        x = Tensor(dtype, np.asarray(data, dtype))
        write(f"topk_{name}", Op.TOPK_V2, options("TopKV2"), [x, numbers(k, constant=constant)],
              [result_like(x), Tensor("int32")])

    rng = common.generator("topk")
    top_k("float", "float32", rng.uniform(-1, 1, (3, 7)), 3)
    top_k("ties", "int32", [[3, 1, 3, 2, 3, 1], [0, 0, 0, 0, 0, 0]], 4)
    top_k("all", "uint8", rng.integers(0, 5, (2, 9)), 9)
    top_k("one", "int8", rng.integers(-9, 9, (2, 3, 5)), 1)
    top_k("none", "int64", rng.integers(-9, 9, (2, 5)), 0)
    top_k("computed", "float32", rng.integers(-3, 3, 20), 11, constant=False)
    top_k("not_a_number", "float32", [1, np.nan, 3, -np.inf, np.nan, np.inf, 0, -0.0], 8)
    top_k("int16", "int16", rng.integers(-9, 9, (4, 6)), 2)

    def extremum(name, operator, dtype, data, axis, index="int32", kind="int32", constant=True):
        opts = options("ArgMax" if operator == Op.ARG_MAX else "ArgMin",
                       outputType=common.TYPES[index])
        prefix = "arg_max" if operator == Op.ARG_MAX else "arg_min"
        x = Tensor(dtype, np.asarray(data, dtype))
        write(f"{prefix}_{name}", operator, opts, [x, numbers(axis, kind, constant)],
              [Tensor(index)])

    extremum("float", Op.ARG_MAX, "float32", rng.uniform(-1, 1, (3, 9)), 1)
    extremum("negative_axis", Op.ARG_MAX, "float32", rng.uniform(-1, 1, (1, 3, 4, 17)), -1,
             index="int64")
    extremum("ties", Op.ARG_MAX, "uint8", rng.integers(0, 3, (4, 20)), 1)
    extremum("middle_axis", Op.ARG_MAX, "int8", rng.integers(-3, 3, (2, 9, 3)), 1)
    extremum("first_axis", Op.ARG_MAX, "int32", rng.integers(-3, 3, (6, 3)), 0, index="int64")
    extremum("bool", Op.ARG_MAX, "bool", rng.integers(0, 2, (3, 6)), 1)
    # Along the last axis LiteRT's vector code loses track of numbers beside NaN.
    extremum("not_a_number", Op.ARG_MAX, "float32",
             np.transpose([[np.nan, 1, 2, np.nan], [np.nan] * 4, [1, np.nan, 5, 5]]), 0)
    extremum("computed_wide_axis", Op.ARG_MAX, "float32", rng.uniform(-1, 1, (2, 3, 4)), [-3],
             kind="int64", constant=False)
    extremum("float", Op.ARG_MIN, "float32", rng.uniform(-1, 1, (3, 9)), 1)
    extremum("ties", Op.ARG_MIN, "uint8", rng.integers(0, 3, (4, 20)), 0)
    extremum("int8", Op.ARG_MIN, "int8", rng.integers(-3, 3, (2, 9, 3)), 2, index="int64")
    extremum("not_a_number", Op.ARG_MIN, "float32",
             np.transpose([[np.nan, 1, 2, np.nan], [np.nan] * 4, [1, np.nan, -5, -5]]), 0)


def generated():
    def shape(name, dtype, dimensions, index="int32"):
        write(f"shape_{name}", Op.SHAPE, options("Shape", outType=common.TYPES[index]),
              [x_of(name, dtype, dimensions)], [Tensor(index)])

    shape("image", "float32", (1, 3, 5, 2))
    shape("wide", "uint8", (4, 2), "int64")

    def fill(name, dimensions, dtype, value, kind="int32", constant=True):
        write(f"fill_{name}", Op.FILL, options("Fill"),
              [numbers(dimensions, kind, constant), Tensor(dtype, np.asarray(value, dtype))],
              [Tensor(dtype)], version=3)

    fill("float", [2, 3], "float32", 1.5)
    fill("int8", [4], "int8", -3)
    fill("int64_wide", [1, 2, 2], "int64", 1 << 40, "int64")
    fill("computed", [3, 2], "int32", 7, constant=False)
    fill("bool", [5], "bool", True)
    fill("scalar", np.zeros(0), "float32", 2)
    fill("nothing", [0, 3], "float32", 2)

    def count(name, dtype, start, limit, delta, constant=False):
        write(f"range_{name}", Op.RANGE, options("Range"),
              [numbers(v, dtype, constant) for v in (start, limit, delta)], [Tensor(dtype)])

    count("int32", "int32", 2, 17, 4)
    count("backwards", "int32", 5, -6, -3)
    count("int64", "int64", 1 << 40, (1 << 40) + 9, 2)
    count("float", "float32", 0.1, 2.3, 0.1)
    count("float_backwards", "float32", 1, -1.01, -0.25)
    count("constant", "int32", 0, 6, 1, constant=True)

    def where(name, dtype, data):
        write(f"where_{name}", Op.WHERE, options("Where"),
              [Tensor(dtype, np.asarray(data, dtype))], [Tensor("int64")])

    rng = common.generator("where")
    where("bool", "bool", rng.integers(0, 2, (3, 4)))
    where("rank_1", "bool", [0, 1, 1, 0, 1])
    where("rank_4", "bool", rng.integers(0, 2, (2, 2, 3, 2)))
    where("float", "float32", [[0, -1.5, np.nan], [-0.0, 1e-40, 2]])
    where("int8", "int8", rng.integers(-1, 2, (4, 3)))
    where("uint32", "uint32", rng.integers(0, 2, 9))


def make():
    gathers()
    searches()
    generated()
