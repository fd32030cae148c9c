#!/usr/bin/env python3
"""Makes a network with MoveNet MultiPose's interface, to test what is around such a network.

The published file is not at hand. This one has its input, uint8 [1, ?, ?, 3] of any size, and its
output, float32 [1, 6, 56]: person k stands at (0.1 + 0.1 k, 0.2 + 0.1 k) of the input, in a box of
0.2 around that, with a score that falls from the mean of the red channel, padding included.
Needs ai-edge-litert and numpy (Scripts/operator_cases/requirements.txt).
"""

import pathlib

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

OUTPUT = (pathlib.Path(__file__).parents[2] / "Tests" / "ReferenceTests" / "Networks"
          / "movenet_multipose.tflite")
PEOPLE, KEYPOINTS = 6, 17


def rows():
    """Weights [336, 3] and bias [336] of the last layer."""
    weights = np.zeros((PEOPLE, KEYPOINTS * 3 + 5, 3), np.float32)
    bias = np.zeros((PEOPLE, KEYPOINTS * 3 + 5), np.float32)
    for person in range(PEOPLE):
        x, y = 0.1 + 0.1 * person, 0.2 + 0.1 * person
        bias[person, :-5] = np.tile([y, x, 0.5], KEYPOINTS)
        bias[person, -5:-1] = [y - 0.1, x - 0.1, y + 0.1, x + 0.1]
        weights[person, -1, 0] = 0.8 ** person / 255
    return weights.reshape(-1, 3), bias.reshape(-1)


class Network:
    """A graph that grows operator by operator."""

    def __init__(self):
        self.model = schema.ModelT()
        self.model.version = 3
        self.model.description = "MoveNet MultiPose's interface"
        self.model.buffers = [schema.BufferT()]
        self.model.operatorCodes = []
        self.graph = schema.SubGraphT()
        self.graph.tensors, self.graph.operators = [], []
        self.model.subgraphs = [self.graph]

    def tensor(self, name, dtype, shape, data=None, signature=None):
        item = schema.TensorT()
        item.name, item.type, item.shape, item.shapeSignature = name, dtype, shape, signature
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data).tobytes(), np.uint8)
            item.buffer = len(self.model.buffers)
            self.model.buffers.append(buffer)
        self.graph.tensors.append(item)
        return len(self.graph.tensors) - 1

    def operator(self, builtin, inputs, outputs, options=None):
        code = schema.OperatorCodeT()
        code.builtinCode = code.deprecatedBuiltinCode = builtin
        self.model.operatorCodes.append(code)
        node = schema.OperatorT()
        node.opcodeIndex = len(self.model.operatorCodes) - 1
        node.inputs, node.outputs = inputs, outputs
        if options is not None:
            node.builtinOptionsType = getattr(schema.BuiltinOptions, type(options).__name__[:-1])
            node.builtinOptions = options
        self.graph.operators.append(node)

    def packed(self):
        builder = flatbuffers.Builder(1024)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def main():
    types, operators = schema.TensorType, schema.BuiltinOperator
    net = Network()
    image = net.tensor("input", types.UINT8, [1, 1, 1, 3], signature=[1, -1, -1, 3])
    reals = net.tensor("reals", types.FLOAT32, [1, 1, 1, 3], signature=[1, -1, -1, 3])
    axes = net.tensor("axes", types.INT32, [2], np.array([1, 2], np.int32))
    mean = net.tensor("mean", types.FLOAT32, [1, 3])
    weights, bias = rows()
    w = net.tensor("weights", types.FLOAT32, list(weights.shape), weights)
    b = net.tensor("bias", types.FLOAT32, list(bias.shape), bias)
    flat = net.tensor("flat", types.FLOAT32, [1, len(bias)])
    shape = net.tensor("shape", types.INT32, [3], np.array([1, PEOPLE, -1], np.int32))
    poses = net.tensor("output_0", types.FLOAT32, [1, PEOPLE, KEYPOINTS * 3 + 5])
    net.operator(operators.CAST, [image], [reals])
    net.operator(operators.MEAN, [reals, axes], [mean], schema.ReducerOptionsT())
    net.operator(operators.FULLY_CONNECTED, [mean, w, b], [flat], schema.FullyConnectedOptionsT())
    net.operator(operators.RESHAPE, [flat, shape], [poses], schema.ReshapeOptionsT())
    net.graph.inputs, net.graph.outputs = [image], [poses]
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_bytes(net.packed())


if __name__ == "__main__":
    main()
