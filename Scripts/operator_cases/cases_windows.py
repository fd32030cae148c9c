"""Convolutions, poolings, reductions and resizing at odd shapes."""

import struct

import numpy as np

from . import common
from .common import Tensor, random, schema

FAMILY = "windows"
OPERATORS = schema.BuiltinOperator
SAME, VALID = schema.Padding.SAME, schema.Padding.VALID
NONE, RELU, RELU_N1_TO_1, RELU6 = (
    schema.ActivationFunctionType.NONE, schema.ActivationFunctionType.RELU,
    schema.ActivationFunctionType.RELU_N1_TO_1, schema.ActivationFunctionType.RELU6)
FLOAT = 1e-5


def _picture(rng, dtype, shape, scale=0.05, zero_point=None):
    if dtype == "float32":
        return Tensor(dtype, random(rng, dtype, shape))
    if zero_point is None:
        zero_point = 131 if dtype == "uint8" else -7
    return Tensor(dtype, random(rng, dtype, shape), scale=scale, zero_point=zero_point)


def _weights(rng, dtype, shape, axis=None, zero_point=None):
    """Per channel where `axis` is given."""
    if dtype == "float32":
        return Tensor(dtype, random(rng, dtype, shape), constant=True)
    if dtype == "uint8":
        zero_point = 119 if zero_point is None else zero_point
        return Tensor(dtype, random(rng, dtype, shape), scale=0.0213, zero_point=zero_point,
                      constant=True)
    scale = 0.0171
    if axis is not None:
        scale = rng.uniform(0.004, 0.03, shape[axis]).astype(np.float32).tolist()
    return Tensor(dtype, random(rng, dtype, shape, -127, 127), scale=scale, axis=axis or 0,
                  constant=True)


def _bias(rng, picture, weights, count):
    if picture.dtype == "float32":
        return Tensor("float32", random(rng, "float32", (count,)), constant=True)
    scales = (np.atleast_1d(weights.scale) * picture.scale).tolist()
    return Tensor("int32", random(rng, "int32", (count,), -3000, 3000),
                  scale=scales if len(scales) > 1 else scales[0], zero_point=0, constant=True)


def _result(dtype, scale, zero_point=None):
    if dtype == "float32":
        return Tensor(dtype)
    if zero_point is None:
        zero_point = 120 if dtype == "uint8" else 3
    return Tensor(dtype, scale=scale, zero_point=zero_point)


def _tolerance(dtype):
    return FLOAT if dtype == "float32" else 0.0


def _window(options, padding, strides, activation, dilation=None):
    options.padding = padding
    options.strideH, options.strideW = strides
    options.fusedActivationFunction = activation
    if dilation is not None:
        options.dilationHFactor, options.dilationWFactor = dilation
    return options


def _convolution(name, dtype, x, w, padding=SAME, strides=(1, 1), dilation=(1, 1),
                 activation=NONE, per_channel=False, input_scale=0.05, scale=0.31, zero_point=None,
                 **points):
    rng = common.generator(name)
    picture = _picture(rng, dtype, x, input_scale, points.get("input_zero_point"))
    weights = _weights(rng, dtype, w, 0 if per_channel else None,
                       points.get("weight_zero_point"))
    options = _window(schema.Conv2DOptionsT(), padding, strides, activation, dilation)
    common.write(FAMILY, name, OPERATORS.CONV_2D, options,
                 [picture, weights, _bias(rng, picture, weights, w[0])],
                 [_result(dtype, scale, zero_point)], _tolerance(dtype), version=3)


def _convolutions():
    _convolution("convolution_float_same", "float32", (1, 7, 5, 3), (4, 3, 3, 3))
    _convolution("convolution_float_stride_2", "float32", (2, 8, 5, 2), (3, 3, 2, 2),
                 strides=(2, 2), activation=RELU)
    _convolution("convolution_float_valid_dilated", "float32", (1, 9, 8, 3), (5, 3, 2, 3),
                 VALID, dilation=(2, 3), activation=RELU6)
    _convolution("convolution_float_same_dilated_stride_3", "float32", (1, 10, 7, 1),
                 (2, 3, 3, 1), strides=(3, 3), dilation=(2, 2))
    _convolution("convolution_float_pointwise", "float32", (1, 3, 5, 19), (7, 1, 1, 19),
                 activation=RELU_N1_TO_1)
    _convolution("convolution_float_pointwise_stride_2", "float32", (1, 5, 4, 9), (3, 1, 1, 9),
                 strides=(2, 2))
    _convolution("convolution_float_grouped", "float32", (1, 5, 6, 6), (9, 3, 3, 2))
    _convolution("convolution_float_window_over_picture", "float32", (1, 2, 3, 2), (3, 5, 5, 2))
    _convolution("convolution_uint8_same", "uint8", (1, 7, 5, 3), (8, 3, 3, 3))
    _convolution("convolution_uint8_stride_2_relu6", "uint8", (2, 8, 5, 2), (6, 3, 3, 2),
                 strides=(2, 2), activation=RELU6, input_scale=0.012, scale=0.03, zero_point=0)
    _convolution("convolution_uint8_valid_dilated", "uint8", (1, 9, 8, 3), (5, 3, 2, 3), VALID,
                 dilation=(2, 3), activation=RELU)
    _convolution("convolution_uint8_pointwise", "uint8", (1, 6, 5, 37), (11, 1, 1, 37),
                 scale=4.3, zero_point=255, input_zero_point=0, weight_zero_point=255)
    _convolution("convolution_uint8_saturating", "uint8", (1, 6, 5, 5), (4, 3, 3, 5), scale=0.01)
    _convolution("convolution_uint8_grouped", "uint8", (1, 5, 6, 6), (4, 3, 3, 3))
    _convolution("convolution_int8_per_tensor", "int8", (1, 7, 5, 3), (8, 3, 3, 3))
    _convolution("convolution_int8_per_channel", "int8", (1, 7, 6, 3), (8, 3, 3, 3),
                 per_channel=True)
    _convolution("convolution_int8_per_channel_stride_2", "int8", (2, 7, 6, 5), (7, 3, 3, 5),
                 strides=(2, 1), per_channel=True, activation=RELU6, input_scale=0.008, scale=0.025,
                 zero_point=-128)
    _convolution("convolution_int8_pointwise", "int8", (1, 6, 5, 35), (11, 1, 1, 35), VALID,
                 per_channel=True, input_scale=0.003, scale=0.009, activation=RELU_N1_TO_1)
    _convolution("convolution_int8_grouped", "int8", (1, 5, 6, 6), (6, 3, 3, 2), per_channel=True)
    _convolution("convolution_int8_dilated", "int8", (1, 8, 7, 2), (3, 3, 3, 2), per_channel=True,
                 dilation=(2, 2), activation=RELU)


def _depthwise(name, dtype, x, kernel, multiplier=1, padding=SAME, strides=(1, 1),
               dilation=(1, 1), activation=NONE, per_channel=False, scale=0.17, zero_point=None):
    rng = common.generator(name)
    channels = x[3] * multiplier
    picture = _picture(rng, dtype, x)
    weights = _weights(rng, dtype, (1, *kernel, channels), 3 if per_channel else None)
    options = _window(schema.DepthwiseConv2DOptionsT(), padding, strides, activation, dilation)
    options.depthMultiplier = multiplier
    common.write(FAMILY, name, OPERATORS.DEPTHWISE_CONV_2D, options,
                 [picture, weights, _bias(rng, picture, weights, channels)],
                 [_result(dtype, scale, zero_point)], _tolerance(dtype), version=3)


def _depthwise_convolutions():
    _depthwise("depthwise_float_same", "float32", (1, 7, 5, 9), (3, 3))
    _depthwise("depthwise_float_stride_2", "float32", (2, 8, 5, 5), (3, 3), strides=(2, 2),
               activation=RELU6)
    _depthwise("depthwise_float_multiplier", "float32", (1, 6, 5, 3), (3, 2), 3, VALID,
               activation=RELU)
    _depthwise("depthwise_float_dilated", "float32", (1, 9, 8, 4), (3, 3), dilation=(2, 3))
    _depthwise("depthwise_uint8_same", "uint8", (1, 7, 5, 9), (3, 3))
    _depthwise("depthwise_uint8_stride_2", "uint8", (2, 8, 5, 17), (3, 3), strides=(2, 2),
               activation=RELU6, scale=0.024, zero_point=0)
    _depthwise("depthwise_uint8_multiplier", "uint8", (1, 6, 5, 3), (3, 2), 3, VALID,
               activation=RELU)
    _depthwise("depthwise_uint8_dilated_5x5", "uint8", (1, 9, 8, 4), (5, 5), dilation=(2, 2))
    _depthwise("depthwise_int8_per_tensor", "int8", (1, 7, 5, 9), (3, 3))
    _depthwise("depthwise_int8_per_channel", "int8", (1, 7, 5, 9), (3, 3), per_channel=True)
    _depthwise("depthwise_int8_stride_2", "int8", (1, 9, 8, 6), (5, 3), strides=(2, 2),
               per_channel=True, activation=RELU6, scale=0.026, zero_point=-128)
    _depthwise("depthwise_int8_multiplier", "int8", (1, 6, 5, 3), (3, 3), 2, per_channel=True)
    _depthwise("depthwise_int8_dilated", "int8", (1, 9, 8, 4), (3, 3), dilation=(2, 2),
               per_channel=True, activation=RELU_N1_TO_1)


def _transpose(name, dtype, x, w, output, padding=SAME, strides=(2, 2), activation=NONE,
               per_channel=False, has_bias=True, scale=0.23):
    rng = common.generator(name)
    picture = _picture(rng, dtype, x)
    weights = _weights(rng, dtype, w, 0 if per_channel else None)
    shape = Tensor("int32", np.array(output, np.int32), constant=True)
    operands = [shape, weights, picture]
    if has_bias:
        operands.append(_bias(rng, picture, weights, w[0]))
    options = _window(schema.TransposeConvOptionsT(), padding, strides, activation)
    common.write(FAMILY, name, OPERATORS.TRANSPOSE_CONV, options, operands,
                 [_result(dtype, scale)], _tolerance(dtype),
                 version=4 if activation else 3 if has_bias else 2)


def _transpose_convolutions():
    _transpose("transpose_float_same", "float32", (1, 3, 4, 3), (4, 3, 3, 3), (1, 6, 8, 4))
    _transpose("transpose_float_same_odd", "float32", (1, 3, 4, 3), (4, 3, 3, 3), (1, 5, 7, 4),
               has_bias=False)
    _transpose("transpose_float_valid", "float32", (2, 3, 2, 2), (3, 3, 2, 2), (2, 7, 4, 3),
               VALID)
    _transpose("transpose_float_stride_over_kernel", "float32", (1, 3, 2, 2), (3, 2, 2, 2),
               (1, 9, 6, 3), strides=(3, 3))
    _transpose("transpose_float_relu", "float32", (1, 3, 2, 2), (3, 4, 4, 2), (1, 6, 4, 3),
               activation=RELU)
    _transpose("transpose_uint8_same", "uint8", (1, 3, 4, 3), (4, 3, 3, 3), (1, 6, 8, 4))
    _transpose("transpose_uint8_valid", "uint8", (1, 3, 4, 3), (4, 3, 3, 3), (1, 7, 9, 4), VALID,
               has_bias=False)
    _transpose("transpose_int8_per_tensor", "int8", (1, 3, 4, 3), (4, 3, 3, 3), (1, 6, 8, 4))
    _transpose("transpose_int8_per_channel", "int8", (2, 3, 4, 3), (4, 4, 3, 3), (2, 6, 8, 4),
               per_channel=True)
    _transpose("transpose_int8_stride_over_kernel", "int8", (1, 3, 2, 2), (3, 2, 2, 2),
               (1, 9, 6, 3), strides=(3, 3), per_channel=True, scale=0.1)
    _transpose("transpose_int8_stride_over_kernel_wide", "int8", (1, 5, 4, 2), (11, 2, 2, 2),
               (1, 15, 12, 11), strides=(3, 3), per_channel=True, scale=0.1)
    _transpose("transpose_uint8_stride_over_kernel", "uint8", (1, 5, 4, 2), (4, 2, 2, 2),
               (1, 15, 12, 4), strides=(3, 3), scale=0.1)


def _fully_connected(name, dtype, x, w, activation=NONE, keep=False, has_bias=True,
                     per_channel=False, scale=0.4):
    rng = common.generator(name)
    picture = _picture(rng, dtype, x)
    weights = _weights(rng, dtype, w, 0 if per_channel else None)
    options = schema.FullyConnectedOptionsT()
    options.fusedActivationFunction = activation
    options.keepNumDims = keep
    bias = _bias(rng, picture, weights, w[0]) if has_bias else None
    common.write(FAMILY, name, OPERATORS.FULLY_CONNECTED, options, [picture, weights, bias],
                 [_result(dtype, scale)], _tolerance(dtype), version=5)


def _fully_connecteds():
    _fully_connected("fully_connected_float", "float32", (3, 21), (5, 21), RELU)
    _fully_connected("fully_connected_float_keep_dimensions", "float32", (2, 3, 7), (4, 7),
                     keep=True, has_bias=False)
    _fully_connected("fully_connected_float_flattens", "float32", (2, 2, 3, 3), (4, 9), RELU6)
    _fully_connected("fully_connected_uint8", "uint8", (3, 21), (5, 21))
    _fully_connected("fully_connected_uint8_without_bias", "uint8", (2, 4, 7), (6, 7), RELU,
                     has_bias=False, scale=0.11)
    _fully_connected("fully_connected_int8", "int8", (3, 21), (5, 21), RELU, scale=0.5)
    _fully_connected("fully_connected_int8_without_bias", "int8", (2, 40), (9, 40),
                     has_bias=False)
    _fully_connected("fully_connected_int8_per_channel", "int8", (4, 33), (6, 33),
                     per_channel=True)
    _fully_connected("fully_connected_int8_keep_dimensions", "int8", (2, 3, 7), (4, 7),
                     keep=True, scale=0.1)


def _pooling(name, operator, dtype, x, window, padding=SAME, strides=(2, 2), activation=NONE,
             scale=0.05):
    rng = common.generator(name)
    picture = _picture(rng, dtype, x, scale)
    options = _window(schema.Pool2DOptionsT(), padding, strides, activation)
    options.filterHeight, options.filterWidth = window
    result = Tensor(dtype, scale=picture.scale, zero_point=picture.zero_point)
    common.write(FAMILY, name, operator, options, [picture], [result], _tolerance(dtype),
                 version=2)


def _poolings():
    for kind, operator in (("average", OPERATORS.AVERAGE_POOL_2D),
                           ("max", OPERATORS.MAX_POOL_2D)):
        for dtype in ("float32", "uint8", "int8"):
            _pooling(f"{kind}_pool_{dtype}_same", operator, dtype, (2, 7, 5, 3), (3, 3))
            _pooling(f"{kind}_pool_{dtype}_valid", operator, dtype, (1, 7, 6, 9), (3, 2), VALID,
                     strides=(1, 2), activation=RELU6)
            _pooling(f"{kind}_pool_{dtype}_stride_over_window", operator, dtype, (1, 7, 6, 3),
                     (2, 1), VALID, strides=(3, 2), activation=RELU_N1_TO_1)
        _pooling(f"{kind}_pool_float32_large", operator, "float32", (1, 4, 5, 2), (9, 9),
                 strides=(1, 1))
        _pooling(f"{kind}_pool_float32_pointwise", operator, "float32", (1, 4, 5, 2), (1, 1),
                 strides=(1, 1), activation=RELU)
    _pooling("max_pool_uint8_activation_tie", OPERATORS.MAX_POOL_2D, "uint8", (1, 5, 5, 3), (2, 2),
             activation=RELU6, scale=2.4)


def _reduction(name, operator, dtype, x, axes, keep=False, scale=0.05, output_scale=0.04, low=None,
               high=None):
    rng = common.generator(name)
    if dtype in ("int32", "int64"):
        picture = Tensor(dtype, random(rng, dtype, x, low, high))
        result = Tensor(dtype)
    else:
        picture = _picture(rng, dtype, x, scale)
        same = operator == OPERATORS.REDUCE_MAX
        result = _result(dtype, scale if same else output_scale,
                         picture.zero_point if same else None)
    options = schema.ReducerOptionsT()
    options.keepDims = keep
    indices = Tensor("int32", np.array(axes, np.int32), constant=True)
    common.write(FAMILY, name, operator, options, [picture, indices], [result],
                 _tolerance(dtype), version=2)


def _reductions():
    for kind, operator in (("mean", OPERATORS.MEAN), ("sum", OPERATORS.SUM),
                           ("reduce_max", OPERATORS.REDUCE_MAX)):
        output_scale = 0.21 if kind == "sum" else 0.031
        for dtype in ("float32", "uint8", "int8"):
            _reduction(f"{kind}_{dtype}_picture", operator, dtype, (2, 5, 3, 7), (1, 2),
                       keep=True, output_scale=output_scale)
            _reduction(f"{kind}_{dtype}_last", operator, dtype, (3, 4, 9), (-1,),
                       output_scale=output_scale)
            _reduction(f"{kind}_{dtype}_apart", operator, dtype, (3, 4, 2, 5), (0, 2),
                       output_scale=output_scale)
        _reduction(f"{kind}_float32_all", operator, "float32", (3, 4, 5), (0, 1, 2))
        _reduction(f"{kind}_int32", operator, "int32", (3, 4, 5), (1,), low=-9000, high=9000)
        _reduction(f"{kind}_int64", operator, "int64", (3, 4, 5), (2, 0), keep=True,
                   low=-1 << 40, high=1 << 40)


def _softmax(name, dtype, x, beta=1.0, scale=0.1):
    rng = common.generator(name)
    picture = _picture(rng, dtype, x, scale)
    options = schema.SoftmaxOptionsT()
    options.beta = beta
    result = Tensor(dtype)
    if dtype != "float32":
        result = Tensor(dtype, scale=1 / 256, zero_point=0 if dtype == "uint8" else -128)
    common.write(FAMILY, name, OPERATORS.SOFTMAX, options, [picture], [result],
                 _tolerance(dtype), version=2)


def _softmaxes():
    _softmax("softmax_float32", "float32", (3, 21))
    _softmax("softmax_float32_beta", "float32", (2, 3, 5), beta=2.5)
    for dtype in ("uint8", "int8"):
        _softmax(f"softmax_{dtype}", dtype, (3, 21), scale=0.02)
        _softmax(f"softmax_{dtype}_picture", dtype, (1, 3, 4, 7), scale=0.06)
        _softmax(f"softmax_{dtype}_beta", dtype, (2, 3, 50), beta=0.3, scale=0.04)


def _l2_normalizations():
    for dtype in ("float32", "uint8", "int8"):
        for suffix, shape in (("", (2, 3, 2, 5)), ("_long", (3, 70))):
            name = f"l2_normalization_{dtype}{suffix}"
            rng = common.generator(name)
            picture = _picture(rng, dtype, shape)
            picture.data[0, 0] = picture.zero_point if suffix == "" else picture.data[0, 0]
            result = Tensor(dtype)
            if dtype != "float32":
                result = Tensor(dtype, scale=1 / 128, zero_point=128 if dtype == "uint8" else 0)
            options = schema.L2NormOptionsT()
            common.write(FAMILY, name, OPERATORS.L2_NORMALIZATION, options, [picture], [result],
                         _tolerance(dtype), version=2)


def _resize(name, kind, dtype, x, size, corners=False, centers=False):
    rng = common.generator(name)
    picture = _picture(rng, dtype, x)
    nearest = kind == "nearest"
    options = (schema.ResizeNearestNeighborOptionsT() if nearest
               else schema.ResizeBilinearOptionsT())
    options.alignCorners, options.halfPixelCenters = corners, centers
    sides = Tensor("int32", np.array(size, np.int32), constant=True)
    result = Tensor(dtype, scale=picture.scale, zero_point=picture.zero_point)
    operator = OPERATORS.RESIZE_NEAREST_NEIGHBOR if nearest else OPERATORS.RESIZE_BILINEAR
    common.write(FAMILY, name, operator, options, [picture, sides], [result], _tolerance(dtype),
                 version=3)


def _resizes():
    for kind in ("bilinear", "nearest"):
        for dtype in ("float32", "uint8", "int8"):
            for suffix, corners, centers in (("", False, False), ("_corners", True, False),
                                             ("_centers", False, True)):
                _resize(f"resize_{kind}_{dtype}{suffix}", kind, dtype, (1, 4, 5, 3), (7, 8),
                        corners, centers)
        for suffix, corners, centers in (("", False, False), ("_corners", True, False),
                                         ("_centers", False, True)):
            _resize(f"resize_{kind}_float32_smaller{suffix}", kind, "float32", (2, 9, 7, 2),
                    (4, 3), corners, centers)
            _resize(f"resize_{kind}_int8_one_pixel{suffix}", kind, "int8", (1, 3, 4, 5),
                    (1, 1), corners, centers)


def _transpose_with_bias(name, x, w, strides, padding):
    """LiteRT has MediaPipe's operator in XNNPACK alone: computed here from its definition."""
    rng = common.generator(name)
    picture, weights = _picture(rng, "float32", x), _weights(rng, "float32", w)
    bias = _bias(rng, picture, weights, w[0])
    before, sides = [], []
    for size, kernel, stride in zip(x[1:3], w[1:3], strides):
        total = max(0, kernel - (size - 1) % stride - 1) if padding == 1 else 0
        before.append(total // 2)
        sides.append(stride * (size - 1) + kernel - total)
    output = np.zeros((x[0], *sides, w[0]))
    for i, j, k, l in np.ndindex(*x[1:3], *w[1:3]):
        row, column = i * strides[0] + k - before[0], j * strides[1] + l - before[1]
        if 0 <= row < sides[0] and 0 <= column < sides[1]:
            output[:, row, column] += (picture.data[:, i, j].astype(float)
                                       @ weights.data[:, k, l].astype(float).T)
    output = (output + bias.data).astype(np.float32)
    common.write(FAMILY, name, OPERATORS.CUSTOM, None, [picture, weights, bias],
                 [Tensor("float32")], FLOAT, expected=[output],
                 custom_name="Convolution2DTransposeBias",
                 custom_options=struct.pack("<5i", padding, strides[1], strides[0], 0, 0))


def _transposes_with_bias():
    _transpose_with_bias("transpose_with_bias_same", (1, 3, 4, 5), (2, 3, 3, 5), (2, 2), 1)
    _transpose_with_bias("transpose_with_bias_even", (1, 3, 4, 2), (3, 2, 2, 2), (2, 2), 1)
    _transpose_with_bias("transpose_with_bias_valid", (2, 3, 2, 2), (3, 4, 3, 2), (2, 1), 2)


def make():
    _convolutions()
    _depthwise_convolutions()
    _transpose_convolutions()
    _fully_connecteds()
    _poolings()
    _reductions()
    _softmaxes()
    _l2_normalizations()
    _resizes()
    _transposes_with_bias()
