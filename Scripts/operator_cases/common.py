"""Builds models of one operator, runs them in LiteRT, and writes model and results as one file.

A case is a .tflite file whose metadata holds the inputs (`case.input.K`, raw bytes), what LiteRT's
default interpreter makes of them (`case.output.K`) and the tolerance (`case.tolerance`, the text
of a number: the largest difference allowed relative to the output's largest value; 0 asks for
equal bytes). Output shapes in the file are those that LiteRT worked out.
"""

import copy
import dataclasses
import pathlib
import zlib

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

CASES = pathlib.Path(__file__).parents[2] / "Tests" / "OperatorSuite" / "Cases"

TYPES = {
    "float32": schema.TensorType.FLOAT32, "float16": schema.TensorType.FLOAT16,
    "float64": schema.TensorType.FLOAT64, "int8": schema.TensorType.INT8,
    "uint8": schema.TensorType.UINT8, "int16": schema.TensorType.INT16,
    "uint16": schema.TensorType.UINT16, "int32": schema.TensorType.INT32,
    "uint32": schema.TensorType.UINT32, "int64": schema.TensorType.INT64,
    "uint64": schema.TensorType.UINT64, "bool": schema.TensorType.BOOL,
}


@dataclasses.dataclass
class Tensor:
    """An operand or result: `data` makes an input (or a constant with `constant=True`)."""

    dtype: str
    data: np.ndarray | None = None
    shape: tuple | None = None
    scale: float | list | None = None
    zero_point: int | list = 0
    axis: int = 0
    constant: bool = False
    sparsity: object = None
    variable: bool = False

    def dimensions(self):
        if self.shape is not None:
            return [int(side) for side in self.shape]
        return [] if self.data is None else list(np.shape(self.data))


def generator(name):
    """Random numbers that depend on the case's name alone."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def random(rng, dtype, shape, low=None, high=None):
    """Uniform elements: floats in -1...1 and integers over their whole range unless told."""
    if dtype.startswith("float"):
        return rng.uniform(-1 if low is None else low, 1 if high is None else high,
                           shape).astype(dtype)
    if dtype == "bool":
        return rng.integers(0, 2, shape).astype(bool)
    info = np.iinfo(dtype)
    low = info.min if low is None else low
    high = info.max if high is None else high
    return rng.integers(low, high, shape, dtype=dtype, endpoint=True)


def _quantization(tensor):
    if tensor.scale is None:
        return None
    scales = np.atleast_1d(tensor.scale).astype(np.float32)
    zero_points = np.broadcast_to(np.atleast_1d(tensor.zero_point), scales.shape)
    result = schema.QuantizationParametersT()
    result.scale = scales.tolist()
    result.zeroPoint = [int(point) for point in zero_points]
    result.quantizedDimension = tensor.axis
    return result


def model(operator, options, operands, results, version=1, custom_name=None, custom_options=None):
    """A ModelT of one operator. `operator` is a schema.BuiltinOperator; None operands are -1."""
    result = schema.ModelT()
    result.version = 3
    result.description = "operator case"
    code = schema.OperatorCodeT()
    code.builtinCode = operator
    code.deprecatedBuiltinCode = min(operator, 127)
    code.version = version
    code.customCode = custom_name
    result.operatorCodes = [code]
    result.buffers = [schema.BufferT()]
    graph = schema.SubGraphT()
    graph.name = "main"
    graph.tensors = []
    graph.inputs, graph.outputs = [], []
    node = schema.OperatorT()
    node.inputs, node.outputs = [], []

    def add(tensor, name):
        item = schema.TensorT()
        item.name = name
        item.shape = tensor.dimensions()
        item.type = TYPES[tensor.dtype]
        item.quantization = _quantization(tensor)
        item.sparsity = tensor.sparsity
        item.isVariable = tensor.variable
        if tensor.constant:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(tensor.data).tobytes(), np.uint8)
            item.buffer = len(result.buffers)
            result.buffers.append(buffer)
        graph.tensors.append(item)
        return len(graph.tensors) - 1

    for position, operand in enumerate(operands):
        if operand is None:
            node.inputs.append(-1)
            continue
        index = add(operand, f"input_{position}")
        node.inputs.append(index)
        if not operand.constant and not operand.variable:
            graph.inputs.append(index)
    for position, tensor in enumerate(results):
        index = add(tensor, f"output_{position}")
        node.outputs.append(index)
        graph.outputs.append(index)
    if options is not None:
        kind = type(options).__name__[:-1]
        node.builtinOptionsType = getattr(schema.BuiltinOptions, kind)
        node.builtinOptions = options
    if custom_options is not None:
        node.customOptions = np.frombuffer(custom_options, np.uint8)
    graph.operators = [node]
    result.subgraphs = [graph]
    return result


def packed(model_t):
    builder = flatbuffers.Builder(1024)
    builder.Finish(model_t.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def run(content, inputs, reference=False):
    """The outputs of LiteRT's default interpreter (or of its reference kernels)."""
    resolver = OpResolverType.BUILTIN_REF if reference else OpResolverType.AUTO
    interpreter = Interpreter(model_content=content, experimental_op_resolver_type=resolver,
                              num_threads=1)
    interpreter.allocate_tensors()
    for detail, array in zip(interpreter.get_input_details(), inputs, strict=True):
        interpreter.set_tensor(detail["index"], array)
    interpreter.invoke()
    return [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]


def write(family, name, operator, options, operands, results, tolerance=0.0, version=1,
          expected=None, **custom):
    """Makes the case, writes it to the suite and returns LiteRT's outputs.

    `expected` replaces LiteRT's outputs where LiteRT cannot run the operator itself.
    """
    model_t = model(operator, options, operands, results, version=version, **custom)
    inputs = [np.asarray(o.data) for o in operands
              if o is not None and not o.constant and not o.variable]
    outputs = expected
    if outputs is None:
        # The delegate wants the right output shapes in the file; a first run tells them.
        shapes = [np.shape(o) for o in run(packed(copy.deepcopy(model_t)), inputs, reference=True)]
        _set_shapes(model_t, shapes)
        outputs = run(packed(copy.deepcopy(model_t)), inputs)
    else:
        _set_shapes(model_t, [np.shape(o) for o in outputs])
    blobs = {f"case.input.{k}": a.tobytes() for k, a in enumerate(inputs)}
    blobs |= {f"case.output.{k}": np.ascontiguousarray(a).tobytes()
              for k, a in enumerate(outputs)}
    blobs["case.tolerance"] = str(tolerance).encode()
    model_t.metadata = []
    for key, content in blobs.items():
        buffer = schema.BufferT()
        buffer.data = np.frombuffer(content, np.uint8)
        entry = schema.MetadataT()
        entry.name = key
        entry.buffer = len(model_t.buffers)
        model_t.buffers.append(buffer)
        model_t.metadata.append(entry)
    path = CASES / family / f"{name}.tflite"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(packed(model_t))
    return outputs


def _set_shapes(model_t, shapes):
    graph = model_t.subgraphs[0]
    for index, shape in zip(graph.outputs, shapes, strict=True):
        graph.tensors[index].shape = [int(side) for side in shape]
