"""Tensors put together, taken apart, and made larger or smaller at their borders."""

import numpy as np

from . import common
from .common import Tensor, schema

Op = schema.BuiltinOperator
FAMILY = "movement"


def options(kind, **fields):
    result = getattr(schema, f"{kind}OptionsT")()
    for name, value in fields.items():
        if not hasattr(result, name):
            raise AttributeError(f"{kind}Options has no {name}")
        setattr(result, name, value)
    return result


def x_of(name, dtype, shape, scale=None, zero_point=0):
    data = common.random(common.generator(name), dtype, shape)
    return Tensor(dtype, np.asarray(data), scale=scale, zero_point=zero_point)


def numbers(values, dtype="int32", constant=True):
    return Tensor(dtype, np.asarray(values, dtype), constant=constant)


def result_like(tensor, dtype=None):
    return Tensor(dtype or tensor.dtype, scale=tensor.scale, zero_point=tensor.zero_point)


def write(name, operator, opts, operands, results, **more):
    common.write(FAMILY, name, operator, opts, operands, results, **more)


def move(name, operator, opts, dtype, shape, *others, count=1, version=1, quantized=None):
    """A case whose first operand is random and whose results are of its type."""
    x = x_of(name, dtype, shape, *(quantized or (None, 0)))
    write(name, operator, opts, [x, *others], [result_like(x) for _ in range(count)],
          version=version)


def pads():
    def pad(name, dtype, shape, paddings, kind="int32", constant=True, quantized=None):
        move(f"pad_{name}", Op.PAD, options("Pad"), dtype, shape,
             numbers(paddings, kind, constant), version=2, quantized=quantized)

    pad("float_image", "float32", (1, 3, 5, 3), [[0, 0], [1, 2], [0, 3], [0, 0]])
    pad("float_all_axes", "float32", (2, 3, 2, 2), [[1, 0], [0, 2], [1, 1], [0, 1]])
    pad("uint8_zero_point", "uint8", (1, 4, 3, 2), [[0, 0], [1, 1], [2, 0], [0, 0]],
        quantized=(0.05, 117))
    pad("int8_zero_point", "int8", (2, 3, 5), [[0, 1], [2, 0], [0, 3]], quantized=(0.1, -7))
    pad("int16", "int16", (3, 4), [[1, 0], [0, 2]], quantized=(0.01, 0))
    pad("int32_rank_1", "int32", (7,), [[2, 3]])
    pad("int64_rank_5", "int64", (1, 2, 1, 3, 2), [[0, 0], [1, 0], [0, 1], [0, 0], [2, 0]])
    pad("wide_paddings", "float32", (2, 3), [[1, 1], [0, 2]], kind="int64")
    pad("computed_paddings", "float32", (2, 3), [[1, 1], [0, 2]], constant=False)
    pad("empty", "float32", (0, 3), [[2, 1], [0, 0]])

    def pad_v2(name, dtype, shape, paddings, value, quantized=(None, 0)):
        x = x_of(name, dtype, shape, *quantized)
        element = Tensor(dtype, np.asarray(value, dtype), constant=True, scale=quantized[0],
                         zero_point=quantized[1])
        write(f"pad_v2_{name}", Op.PADV2, options("PadV2"), [x, numbers(paddings), element],
              [result_like(x)])

    pad_v2("float", "float32", (1, 3, 4, 2), [[0, 0], [1, 0], [2, 1], [0, 0]], -2.5)
    pad_v2("uint8", "uint8", (2, 3), [[1, 1], [0, 2]], 200, quantized=(0.5, 3))
    pad_v2("int8", "int8", (2, 3, 3), [[1, 1], [0, 2], [0, 0]], -128, quantized=(0.5, 3))
    pad_v2("int32", "int32", (5,), [[3, 0]], -1)

    def mirror(name, dtype, shape, paddings, mode, kind="int32"):
        move(f"mirror_pad_{name}", Op.MIRROR_PAD, options("MirrorPad", mode=mode), dtype, shape,
             numbers(paddings, kind))

    reflect, symmetric = schema.MirrorPadMode.REFLECT, schema.MirrorPadMode.SYMMETRIC
    mirror("reflect", "float32", (1, 4, 5, 2), [[0, 0], [3, 1], [2, 4], [0, 1]], reflect)
    mirror("symmetric", "float32", (1, 4, 5, 2), [[1, 0], [4, 1], [2, 5], [0, 2]], symmetric)
    mirror("reflect_uint8", "uint8", (3, 4), [[2, 2], [3, 1]], reflect, "int64")
    mirror("symmetric_int8", "int8", (3,), [[3, 2]], symmetric)
    mirror("symmetric_int64", "int64", (2, 3), [[2, 1], [0, 3]], symmetric)


def concatenations():
    def concatenate(name, dtype, shapes, axis, quantized=None, result=None):
        quantized = quantized or [(None, 0)] * len(shapes)
        operands = [x_of(f"{name}{k}", dtype, shape, *q)
                    for k, (shape, q) in enumerate(zip(shapes, quantized))]
        scale, zero_point = result or quantized[0]
        write(f"concatenation_{name}", Op.CONCATENATION,
              options("Concatenation", axis=axis), operands,
              [Tensor(dtype, scale=scale, zero_point=zero_point)])

    image = (1, 3, 5)
    concatenate("channels", "float32", [(*image, 2), (*image, 3), (*image, 1)], 3)
    concatenate("negative_axis", "float32", [(*image, 2), (*image, 7)], -1)
    concatenate("rows", "float32", [(1, 3, 2, 2), (1, 1, 2, 2)], 1)
    concatenate("one_input", "float32", [(2, 3)], 0)
    concatenate("six_inputs", "float32", [(2, k) for k in range(1, 7)], 1)
    concatenate("empty_input", "float32", [(2, 3), (2, 0), (2, 1)], 1)
    concatenate("uint8", "uint8", [(2, 3), (2, 4)], 1, [(0.1, 9)] * 2)
    concatenate("int8", "int8", [(2, 3), (1, 3)], 0, [(0.1, -9)] * 2)
    concatenate("uint8_rescaled", "uint8", [(3, 40), (3, 50), (3, 30)], 1,
                [(0.1, 9), (0.037, 200), (0.25, 128)], (0.1, 9))
    concatenate("uint8_rescaled_result", "uint8", [(4, 32), (4, 32)], 0,
                [(0.013, 3), (0.021, 255)], (0.0171, 77))
    concatenate("uint8_rescaled_halves", "uint8", [(256,), (256,)], 0,
                [(0.5, 0), (0.25, 3)], (1.0, 10))
    concatenate("int16", "int16", [(2, 3), (2, 2)], 1, [(0.1, 0)] * 2)
    concatenate("int32", "int32", [(3,), (4,)], 0)
    concatenate("int64", "int64", [(2, 1), (2, 2)], -1)
    concatenate("bool", "bool", [(2, 3, 1), (2, 3, 2)], 2)


def parts():
    def split(name, dtype, shape, axis, count, constant=True, quantized=(None, 0)):
        x = x_of(name, dtype, shape, *quantized)
        write(f"split_{name}", Op.SPLIT, options("Split", numSplits=count),
              [numbers(axis, constant=constant), x], [result_like(x) for _ in range(count)])

    split("channels", "float32", (1, 2, 3, 6), 3, 3)
    split("negative_axis", "float32", (2, 4, 3), -2, 2)
    split("uint8", "uint8", (6, 5), 0, 2, quantized=(0.5, 4))
    split("int64_computed_axis", "int64", (2, 4), 1, 4, constant=False)

    def split_v(name, dtype, shape, sizes, axis, kind="int32", constant=True):
        x = x_of(name, dtype, shape)
        write(f"split_v_{name}", Op.SPLIT_V, options("SplitV", numSplits=len(sizes)),
              [x, numbers(sizes, kind, constant), numbers(axis)],
              [result_like(x) for _ in sizes])

    split_v("sizes", "float32", (2, 7, 3), [1, 4, 2], 1)
    split_v("rest", "float32", (2, 7, 3), [3, -1, 2], 1)
    split_v("no_rest", "int8", (5, 2), [2, 3, -1], 0)
    split_v("wide_sizes_computed", "int32", (3, 6), [5, 1], 1, "int64", constant=False)

    def slice_(name, dtype, shape, begin, size, kind="int32", constant=True, quantized=None):
        move(f"slice_{name}", Op.SLICE, options("Slice"), dtype, shape,
             numbers(begin, kind, constant), numbers(size, kind, constant), quantized=quantized)

    slice_("image", "float32", (1, 5, 6, 3), [0, 1, 2, 0], [1, 3, 2, 2])
    slice_("rest", "float32", (4, 5), [1, 2], [-1, -1])
    slice_("int8", "int8", (3, 4, 5), [1, 0, 3], [2, 3, 1], quantized=(0.1, 4))
    slice_("int64_wide", "int64", (6,), [2], [3], kind="int64")
    slice_("bool_computed", "bool", (3, 4), [0, 1], [2, -1], constant=False)
    slice_("rank_5", "uint8", (2, 3, 2, 3, 2), [1, 0, 1, 1, 0], [1, 2, 1, 2, 2],
           quantized=(1.0, 0))
    slice_("nothing", "float32", (3, 4), [3, 0], [0, 4])

    def pack(name, dtype, shape, count, axis):
        operands = [x_of(f"{name}{k}", dtype, shape) for k in range(count)]
        write(f"pack_{name}", Op.PACK, options("Pack", valuesCount=count, axis=axis), operands,
              [Tensor(dtype)])

    pack("first_axis", "float32", (2, 3), 3, 0)
    pack("last_axis", "int32", (2, 3), 2, 2)
    pack("negative_axis", "uint8", (2, 3, 2), 4, -2)
    pack("scalars", "int64", (), 3, 0)
    pack("int16", "int16", (4,), 2, 1)

    def unpack(name, dtype, shape, axis):
        move(f"unpack_{name}", Op.UNPACK, options("Unpack", num=shape[axis], axis=axis), dtype,
             shape, count=shape[axis])

    unpack("first_axis", "float32", (3, 2, 4), 0)
    unpack("negative_axis", "int8", (2, 3, 4), -1)
    unpack("to_scalars", "int32", (4,), 0)
    unpack("bool", "bool", (2, 3), 1)


def strided_slices():
    def strided(name, shape, begin, end, strides, dtype="float32", constant=True, quantized=None,
                **masks):
        fields = dict(beginMask=0, endMask=0, ellipsisMask=0, newAxisMask=0, shrinkAxisMask=0)
        move(f"strided_slice_{name}", Op.STRIDED_SLICE,
             options("StridedSlice", **(fields | masks)), dtype, shape,
             *(numbers(v, constant=constant) for v in (begin, end, strides)), version=4,
             quantized=quantized)

    strided("plain", (4, 5, 3), [1, 0, 1], [3, 4, 3], [1, 1, 1])
    strided("strides", (7, 8), [0, 1], [7, 8], [3, 2])
    strided("negative_strides", (5, 6), [4, 5], [0, -7], [-2, -1])
    strided("negative_ends", (5, 6), [-4, -3], [-1, -1], [1, 1])
    strided("begin_mask", (5, 6), [2, 3], [4, 5], [1, 1], beginMask=0b01)
    strided("end_mask", (5, 6), [2, 3], [3, 4], [1, 2], endMask=0b10)
    strided("both_masks_backwards", (5, 6), [2, 3], [3, 4], [-1, -2], beginMask=3, endMask=3)
    strided("shrink", (4, 5, 3), [2, 1, 0], [3, 2, 3], [1, 1, 1], shrinkAxisMask=0b011)
    strided("shrink_last", (4, 3), [0, -1], [4, 0], [1, 1], shrinkAxisMask=0b10)
    strided("shrink_to_scalar", (5,), [3], [4], [1], dtype="int32", shrinkAxisMask=1)
    strided("ellipsis_first", (2, 3, 4, 5), [0, 1], [0, 3], [1, 1], ellipsisMask=0b01)
    strided("ellipsis_middle", (2, 3, 4, 5), [1, 0, 1], [2, 0, 4], [1, 1, 2], ellipsisMask=0b010,
            shrinkAxisMask=0b001)
    strided("ellipsis_of_nothing", (3, 4), [1, 0, 1], [3, 0, 4], [1, 1, 1], ellipsisMask=0b010)
    strided("new_axis_first", (3, 4), [0, 1, 0], [0, 3, 4], [1, 1, 1], newAxisMask=0b001)
    strided("new_axis_middle", (3, 4), [1, 0, 0], [3, 0, 2], [1, 1, 1], newAxisMask=0b010)
    strided("new_axis_after_ellipsis", (3, 4), [0, 0], [0, 0], [1, 1], ellipsisMask=0b01,
            newAxisMask=0b10)
    strided("new_axis_and_shrink", (3, 4, 2), [0, 1, 0, 1], [0, 2, 4, 2], [1, 1, 1, 1],
            newAxisMask=0b0001, shrinkAxisMask=0b0010)
    strided("fewer_indices", (3, 4, 2), [1], [3], [1])
    strided("offset", (7, 6), [2, 1], [3, 4], [1, 1], offset=True)
    strided("far_ends", (4, 3), [-100, 0], [100, 100], [1, 2])
    strided("nothing", (4, 3), [3, 0], [1, 3], [1, 1])
    strided("int8", (1, 6, 6, 2), [0, 1, 0, 0], [1, 6, 6, 2], [1, 2, 2, 1], dtype="int8",
            quantized=(0.1, 3))
    strided("uint8_rank_5", (2, 3, 2, 3, 2), [0, 2, 0, 0, 1], [2, 0, 2, 3, 2], [1, -1, 1, 2, 1],
            dtype="uint8", quantized=(0.1, 3))
    strided("bool", (6,), [5], [0], [-2], dtype="bool")
    strided("int64_computed", (4, 5), [1, 2], [4, 5], [2, 1], dtype="int64", constant=False)


def make():
    for group in (pads, concatenations, parts, strided_slices):
        group()
