"""Operators that turn elements of one type into another: casts, quantisation, sparse constants."""

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from .cases_elementwise import OPERATORS, case, every_byte, operand
from .common import Tensor, generator, random


def casts():
    types = ["float32", "float64", "float16", "int8", "uint8", "int16", "uint16", "int32",
             "uint32", "int64", "bool"]
    for source in types:
        for target in types:
            if source == target or not {source, target} & {"float32", "int32", "bool"}:
                continue
            rng = generator(f"cast_{source}_{target}")
            if source.startswith("float"):
                data = random(rng, source, (3, 7), -9, 9)
            else:
                data = random(rng, source, (3, 7))
            if source.startswith("float") and target.startswith("u"):
                data = np.abs(data)
            case(f"cast_{source}_{target}", OPERATORS.CAST, schema.CastOptionsT(),
                 [Tensor(source, data)], Tensor(target))


    extremes = np.array([np.nan, 1e30, -1e30, np.inf, -np.inf, -2.9, 300, -1.5, 128.5, -0.0],
                        "float32")
    for target in types[3:]:
        case(f"cast_float32_{target}_extremes", OPERATORS.CAST, schema.CastOptionsT(),
             [Tensor("float32", extremes)], Tensor(target))
    for source in ["int64", "uint32", "int32"]:
        largest = np.iinfo(source)
        for target in ["float32", "int8"]:
            case(f"cast_{source}_{target}_extremes", OPERATORS.CAST, schema.CastOptionsT(),
                 [Tensor(source, np.array([largest.min, largest.max, largest.max - 1, 16777217],
                                          source))], Tensor(target))


def quantisations():
    for dtype, zero in [("uint8", 128), ("int8", -3), ("int16", 0)]:
        rng = generator(f"quantize_{dtype}")
        largest = 3000 if dtype == "int16" else 14
        data = np.concatenate([
            random(rng, "float32", (150,), -largest, largest),
            np.arange(-20, 20).astype("float32") * 0.05,
            np.array([0, -0.0] if dtype == "int16" else [1e9, -1e9, np.inf, -np.inf], "float32")])
        case(f"quantize_float32_{dtype}", OPERATORS.QUANTIZE, schema.QuantizeOptionsT(),
             [Tensor("float32", data)], Tensor(dtype, scale=0.1, zero_point=zero))
        if dtype != "int16":
            case(f"quantize_float32_{dtype}_nan", OPERATORS.QUANTIZE, schema.QuantizeOptionsT(),
                 [Tensor("float32", np.array([np.nan, 1, np.nan], "float32"))],
                 Tensor(dtype, scale=0.5, zero_point=zero))
        case(f"quantize_float32_{dtype}_odd", OPERATORS.QUANTIZE, schema.QuantizeOptionsT(),
             [operand(rng, "float32", (3, 5, 7))], Tensor(dtype, scale=0.0073, zero_point=zero))
    pairs = [("uint8", "int8"), ("int8", "uint8"), ("int8", "int8"), ("uint8", "uint8"),
             ("int8", "int16"), ("uint8", "int16")]
    for source, target in pairs:
        start = 128 if source == "uint8" else 0
        end = {"uint8": 128, "int8": 0, "int16": 0}[target]
        rng = generator(f"quantize_{source}_{target}_odd")
        case(f"quantize_{source}_{target}_odd", OPERATORS.QUANTIZE, schema.QuantizeOptionsT(),
             [operand(rng, source, (3, 5, 7), 0.013, start - 20)],
             Tensor(target, scale=0.031, zero_point=end))
        for label, scales, zeros in [
                ("same_scale", (0.05, 0.05), (start, end)),
                ("shifted", (0.05, 0.05), (start - 9, end if target == "int16" else end + 30)),
                ("finer", (0.09, 0.031), (start + 20, end)),
                ("coarser", (0.013, 0.031), (start - 20, end)),
                ("far", (0.9, 0.005), (start + 3, end))]:
            case(f"quantize_{source}_{target}_{label}", OPERATORS.QUANTIZE,
                 schema.QuantizeOptionsT(), [every_byte(source, scales[0], zeros[0])],
                 Tensor(target, scale=scales[1], zero_point=zeros[1]))
    for source, target in [("int16", "int8"), ("int16", "int16"), ("int16", "int32"),
                           ("int32", "int8"), ("int32", "int16")]:
        rng = generator(f"quantize_{source}_{target}")
        case(f"quantize_{source}_{target}", OPERATORS.QUANTIZE, schema.QuantizeOptionsT(),
             [operand(rng, source, (150,), 0.001, low=-30000, high=30000)],
             Tensor(target, scale=0.11 if target == "int8" else 0.0017))
    rng = generator("quantize_axis")
    case("quantize_float32_int8_axis", OPERATORS.QUANTIZE, schema.QuantizeOptionsT(),
         [operand(rng, "float32", (2, 3, 5))],
         Tensor("int8", scale=[0.01, 0.02, 0.005], zero_point=[0, 0, 0], axis=1))


def dequantisations():
    for dtype, scale, zero in [("uint8", 0.0123, 77), ("int8", 0.7, -11)]:
        case(f"dequantize_{dtype}_every", OPERATORS.DEQUANTIZE, schema.DequantizeOptionsT(),
             [every_byte(dtype, scale, zero)], Tensor("float32"))
    rng = generator("dequantize")
    case("dequantize_int16", OPERATORS.DEQUANTIZE, schema.DequantizeOptionsT(),
         [operand(rng, "int16", (3, 5, 7), 0.0003)], Tensor("float32"))
    halves = np.arange(0, 65536, 97).astype("uint16")
    halves = halves[(halves & 0x7C00) != 0x7C00].view("float16")
    case("dequantize_float16", OPERATORS.DEQUANTIZE, schema.DequantizeOptionsT(),
         [Tensor("float16", halves)], Tensor("float32"))
    case("dequantize_float16_constant", OPERATORS.DEQUANTIZE, schema.DequantizeOptionsT(),
         [operand(rng, "float16", (3, 5), constant=True)], Tensor("float32"))
    case("dequantize_int8_constant", OPERATORS.DEQUANTIZE, schema.DequantizeOptionsT(),
         [operand(rng, "int8", (3, 5), 0.03, 7, constant=True)], Tensor("float32"))
    for axis, count in [(0, 2), (2, 5), (3, 3)]:
        case(f"dequantize_int8_axis_{axis}", OPERATORS.DEQUANTIZE, schema.DequantizeOptionsT(),
             [operand(rng, "int8", (2, 4, 5, 3), list(rng.uniform(0.001, 0.1, count)),
                      list(range(count)), axis=axis, constant=True)], Tensor("float32"))


def index_vector(numbers, dtype):
    if dtype == "uint8":
        result = schema.Uint8VectorT()
        kind = schema.SparseIndexVector.Uint8Vector
    elif dtype == "uint16":
        result = schema.Uint16VectorT()
        kind = schema.SparseIndexVector.Uint16Vector
    else:
        result = schema.Int32VectorT()
        kind = schema.SparseIndexVector.Int32Vector
    result.values = np.array(numbers, dtype)
    return kind, result


def sparse(dense, order, blocks=(), index_type="uint8", compressed=None):
    """Stored values and description of `dense`, its last non-block level compressed."""
    rank = dense.ndim
    sizes, expanded = list(dense.shape), dense
    for dimension, size in blocks:
        sizes[dimension] //= size
    split = []
    for dimension, size in enumerate(dense.shape):
        inner = [s for d, s in blocks if d == dimension]
        split += [size // inner[0], inner[0]] if inner else [size]
    expanded = dense.reshape(split)
    axes, position = {}, 0
    for dimension in range(rank):
        axes[dimension] = position
        position += 1
        for block, (d, _) in enumerate(blocks):
            if d == dimension:
                axes[rank + block] = position
                position += 1
    moved = expanded.transpose([axes[level] for level in order])
    levels = rank if compressed is None else compressed + 1
    rows = moved.reshape((-1, moved.shape[levels - 1], int(np.prod(moved.shape[levels:]))))
    segments, indices, values = [0], [], []
    for row in rows:
        for index, block in enumerate(row):
            if np.any(block != 0):
                indices.append(index)
                values += list(block)
        segments.append(len(indices))
    description = schema.SparsityParametersT()
    description.traversalOrder = np.array(order, "int32")
    description.blockMap = np.array([d for d, _ in blocks], "int32") if blocks else None
    description.dimMetadata = []
    for level, size in enumerate(moved.shape):
        entry = schema.DimensionMetadataT()
        if level == levels - 1:
            entry.format = schema.DimensionType.SPARSE_CSR
            entry.arraySegmentsType, entry.arraySegments = index_vector(segments, index_type)
            entry.arrayIndicesType, entry.arrayIndices = index_vector(indices, index_type)
        else:
            entry.format = schema.DimensionType.DENSE
            entry.denseSize = size
        description.dimMetadata.append(entry)
    return np.array(values, dense.dtype), description


def densifications():
    for name, dtype, shape, order, blocks, index_type in [
            ("float32", "float32", (5, 7), [0, 1], (), "uint8"),
            ("float16", "float16", (6, 8), [0, 1], (), "uint16"),
            ("int8", "int8", (4, 9), [0, 1], (), "int32"),
            ("columns", "float32", (5, 7), [1, 0], (), "uint8"),
            ("convolution", "float32", (3, 2, 2, 5), [0, 1, 2, 3], (), "uint8"),
            ("blocks", "float32", (4, 6), [0, 1, 2], ((1, 2),), "uint8"),
            ("square_blocks", "float32", (4, 6), [0, 1, 2, 3], ((0, 2), (1, 3)), "uint16")]:
        rng = generator(f"densify_{name}")
        dense = random(rng, dtype, shape)
        dense[rng.uniform(size=shape) < 0.7] = 0
        dense[1] = 0
        values, description = sparse(dense, order, blocks, index_type)
        case(f"densify_{name}", OPERATORS.DENSIFY, schema.DensifyOptionsT(),
             [Tensor(dtype, values, shape=shape, sparsity=description, constant=True,
                     scale=0.1 if dtype == "int8" else None)],
             Tensor(dtype, scale=0.1 if dtype == "int8" else None))


def make():
    casts()
    quantisations()
    dequantisations()
    densifications()
