"""The same elements in another shape or order."""

from .cases_movement import Op, move, numbers, options


def reshapes():
    def reshape(name, dtype, shape, target, constant=True, in_options=False, quantized=None):
        opts = options("Reshape", newShape=target) if in_options else options("Reshape")
        others = [] if in_options else [numbers(target, constant=constant)]
        move(f"reshape_{name}", Op.RESHAPE, opts, dtype, shape, *others, quantized=quantized)

    reshape("constant", "float32", (2, 6), [3, 4])
    reshape("rest", "float32", (2, 3, 4), [4, -1])
    reshape("options", "int32", (2, 6), [3, 2, 2], in_options=True)
    reshape("computed", "float32", (4, 3), [2, -1], constant=False)
    reshape("uint8", "uint8", (2, 3, 4), [1, 24], quantized=(0.5, 3))
    reshape("to_scalar", "int64", (1, 1), [])
    reshape("empty_rest", "float32", (0, 3), [3, -1])
    reshape("bool", "bool", (2, 3), [6])

    def squeeze(name, dtype, shape, axes):
        move(f"squeeze_{name}", Op.SQUEEZE, options("Squeeze", squeezeDims=axes), dtype, shape)

    squeeze("all", "float32", (1, 3, 1, 2), [])
    squeeze("some", "float32", (1, 3, 1, 2), [2])
    squeeze("negative", "int8", (1, 3, 1), [-1, 0])

    def expand(name, dtype, shape, axis, kind="int32", constant=True):
        move(f"expand_dims_{name}", Op.EXPAND_DIMS, options("ExpandDims"), dtype, shape,
             numbers(axis, kind, constant))

    expand("first", "float32", (2, 3), 0)
    expand("last", "int32", (2, 3), 2)
    expand("negative", "uint8", (2, 3), -2)
    expand("wide_computed", "int64", (2, 3), [1], "int64", constant=False)

    def transpose(name, dtype, shape, axes, constant=True, quantized=None):
        move(f"transpose_{name}", Op.TRANSPOSE, options("Transpose"), dtype, shape,
             numbers(axes, constant=constant), quantized=quantized)

    transpose("matrix", "float32", (3, 5), [1, 0])
    transpose("to_channels_first", "float32", (2, 3, 4, 2), [0, 3, 1, 2])
    transpose("identity", "float32", (2, 3, 4), [0, 1, 2])
    transpose("int8", "int8", (2, 3, 4), [2, 0, 1], quantized=(0.1, 3))
    transpose("uint8_rank_5", "uint8", (2, 1, 3, 2, 3), [4, 2, 0, 1, 3], quantized=(0.1, 3))
    transpose("int64_rank_6", "int64", (2, 1, 2, 3, 1, 2), [5, 3, 1, 0, 2, 4])
    transpose("int16_computed", "int16", (3, 4), [1, 0], constant=False)
    transpose("bool", "bool", (4, 3), [1, 0])


def blocks():
    def space(name, operator, kind, dtype, shape, block, quantized=None):
        move(name, operator, options(kind, blockSize=block), dtype, shape, quantized=quantized)

    space("depth_to_space_float", Op.DEPTH_TO_SPACE, "DepthToSpace", "float32", (1, 2, 3, 8), 2)
    space("depth_to_space_uint8", Op.DEPTH_TO_SPACE, "DepthToSpace", "uint8", (2, 2, 1, 18), 3,
          (0.5, 1))
    space("depth_to_space_int64", Op.DEPTH_TO_SPACE, "DepthToSpace", "int64", (2, 1, 2, 4), 2)
    space("depth_to_space_one", Op.DEPTH_TO_SPACE, "DepthToSpace", "int32", (1, 2, 2, 3), 1)
    space("space_to_depth_float", Op.SPACE_TO_DEPTH, "SpaceToDepth", "float32", (1, 4, 6, 2), 2)
    space("space_to_depth_int8", Op.SPACE_TO_DEPTH, "SpaceToDepth", "int8", (2, 6, 3, 2), 3,
          (0.5, 1))
    space("space_to_depth_int32", Op.SPACE_TO_DEPTH, "SpaceToDepth", "int32", (2, 2, 4, 1), 2)

    def batch(name, to_batch, dtype, shape, block, borders, constant=True, quantized=None):
        operator, kind = ((Op.SPACE_TO_BATCH_ND, "SpaceToBatchND") if to_batch
                          else (Op.BATCH_TO_SPACE_ND, "BatchToSpaceND"))
        prefix = "space_to_batch" if to_batch else "batch_to_space"
        move(f"{prefix}_{name}", operator, options(kind), dtype, shape,
             numbers(block, constant=constant), numbers(borders, constant=constant),
             quantized=quantized)

    batch("plain", True, "float32", (1, 4, 4, 2), [2, 2], [[0, 0], [0, 0]])
    batch("padded", True, "float32", (2, 3, 5, 2), [2, 3], [[0, 1], [3, 1]])
    batch("uint8_zero_point", True, "uint8", (1, 5, 4, 3), [3, 2], [[1, 0], [1, 1]],
          quantized=(0.1, 99))
    batch("rank_3", True, "int8", (2, 5, 3), [2], [[1, 2]], quantized=(0.1, -4))
    batch("int64_computed", True, "int64", (1, 2, 3, 1), [2, 2], [[0, 0], [0, 1]],
          constant=False)
    batch("wide_padding", True, "int32", (1, 2, 2, 1), [2, 2], [[4, 0], [0, 6]])
    batch("plain", False, "float32", (4, 2, 3, 2), [2, 2], [[0, 0], [0, 0]])
    batch("cropped", False, "float32", (12, 2, 3, 2), [2, 3], [[1, 0], [2, 1]])
    batch("rank_3", False, "int8", (6, 3, 2), [3], [[1, 4]], quantized=(0.1, -4))
    batch("uint8_computed", False, "uint8", (4, 3, 2, 3), [2, 2], [[0, 1], [1, 0]],
          constant=False, quantized=(0.1, 4))


def make():
    reshapes()
    blocks()
