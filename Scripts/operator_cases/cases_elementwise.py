"""Operators that work element by element: arithmetic, comparisons, activations, selection."""

import numpy as np
from ai_edge_litert import schema_py_generated as schema

from .common import Tensor, generator, model, packed, random, run, write

OPERATORS = schema.BuiltinOperator
ACTIVATIONS = schema.ActivationFunctionType
FLOAT_TOLERANCE = 1e-6


def case(name, operator, options, operands, result, tolerance=0.0):
    expected = None
    inputs = [o.data for o in operands if not o.constant]
    if not inputs:
        # The delegate folds a constant away and then has nothing left to run.
        expected = run(packed(model(operator, options, operands, [result])), [], reference=True)
    elif operator == OPERATORS.ELU:
        # The reference kernels lack it, from which the writer would learn the shape.
        result.shape = np.shape(inputs[0])
        expected = run(packed(model(operator, options, operands, [result])), inputs)
    write("elementwise", name, operator, options, operands, [result], tolerance=tolerance,
          expected=expected)


def operand(rng, dtype, shape, scale=None, zero_point=0, **kind):
    low, high = kind.pop("low", None), kind.pop("high", None)
    data = random(rng, dtype, shape, low, high)
    return Tensor(dtype, data, scale=scale, zero_point=zero_point, **kind)


def every_byte(dtype, scale, zero_point):
    """All 256 values once."""
    info = np.iinfo(dtype)
    data = np.arange(info.min, info.max + 1).astype(dtype).reshape(2, 128)
    return Tensor(dtype, data, scale=scale, zero_point=zero_point)


def every_pair(dtype, count=40):
    """Two columns and rows that meet in `count` times `count` pairs, both ends included."""
    info = np.iinfo(dtype)
    values = np.linspace(info.min, info.max, count).round().astype(dtype)
    return values.reshape(count, 1), values.reshape(1, count)


def arithmetic():
    options = {
        "add": (OPERATORS.ADD, schema.AddOptionsT), "sub": (OPERATORS.SUB, schema.SubOptionsT),
        "mul": (OPERATORS.MUL, schema.MulOptionsT), "div": (OPERATORS.DIV, schema.DivOptionsT),
    }
    shapes = {
        "same": ((2, 3, 5), (2, 3, 5)), "scalar": ((3, 7), ()), "vector": ((2, 3, 5), (5,)),
        "both": ((2, 1, 3, 1), (4, 1, 5)), "middle": ((2, 3, 4), (2, 1, 4)),
    }
    for name, (operator, options_type) in options.items():
        def run(label, a, b, result, activation=ACTIVATIONS.NONE, tolerance=0.0):
            chosen = options_type()
            chosen.fusedActivationFunction = activation
            case(f"{name}_{label}", operator, chosen, [a, b], result, tolerance)

        for label, (left, right) in shapes.items():
            rng = generator(f"{name}_{label}")
            run(f"float32_{label}", operand(rng, "float32", left),
                operand(rng, "float32", right, low=0.5, high=2), Tensor("float32"))
        for label, activation in [("relu", ACTIVATIONS.RELU), ("relu6", ACTIVATIONS.RELU6),
                                  ("relu_n1_to_1", ACTIVATIONS.RELU_N1_TO_1)]:
            rng = generator(f"{name}_{label}")
            run(f"float32_{label}", operand(rng, "float32", (3, 9), low=-9, high=9),
                operand(rng, "float32", (3, 9), low=0.5, high=3), Tensor("float32"), activation)
        for dtype in ["int32"] if name == "div" else ["int32", "int64"]:
            rng = generator(f"{name}_{dtype}")
            low, high = (-1000, 1000) if name != "div" else (1, 9)
            run(f"{dtype}_middle", operand(rng, dtype, (3, 2, 5), low=-1000, high=1000),
                operand(rng, dtype, (3, 1, 5), low=low, high=high), Tensor(dtype))
        rng = generator(f"{name}_int32_relu6")
        run("int32_relu6", operand(rng, "int32", (4, 5), low=-20, high=20),
            operand(rng, "int32", (4, 5), low=1, high=4), Tensor("int32"), ACTIVATIONS.RELU6)
        for dtype, zero in [("uint8", 128), ("int8", 0)]:
            a, b = every_pair(dtype)
            if name == "div":
                b = b[b != zero].reshape(1, -1)
            products = {"add": 0.011, "sub": 0.011, "mul": 0.004, "div": 0.01}[name]
            run(f"{dtype}_every_pair", Tensor(dtype, a, scale=0.0052, zero_point=zero + 3),
                Tensor(dtype, b, scale=0.0081, zero_point=zero),
                Tensor(dtype, scale=products, zero_point=zero - 7))
            rng = generator(f"{name}_{dtype}")
            second = operand(rng, dtype, (5,), 0.31, zero - 11)
            if name == "div":
                second.data[second.data == zero - 11] += 1
            # LiteRT shifts the quotient of a small dividend by too many bits, which is undefined.
            low = zero + 84 if name == "div" else None
            for label, activation in [("relu", ACTIVATIONS.RELU), ("relu6", ACTIVATIONS.RELU6),
                                      ("relu_n1_to_1", ACTIVATIONS.RELU_N1_TO_1)]:
                run(f"{dtype}_{label}", operand(rng, dtype, (3, 7, 5), 0.02, zero + 20, low=low),
                    second,
                    Tensor(dtype, scale=0.047, zero_point=zero + 1), activation)
            # Scales beyond what the delegate takes: the builtin kernels run.
            lowest = zero - 128
            scales = {"add": (0.0005, 0.7), "sub": (0.0005, 0.7), "mul": (20.0, 9.0),
                      "div": (2e-6, 1.7e-6)}[name]
            second_zero = lowest if name == "div" else lowest + 60
            ranges = {"div": ((low, None), (lowest + 1, None)),
                      # LiteRT's products wrap around beyond 16 bits.
                      "mul": ((zero + 10, zero + 30), (lowest + 50, lowest + 70))}
            (low, high), (second_low, second_high) = ranges.get(name, ((None, None),) * 2)
            run(f"{dtype}_coarse",
                operand(rng, dtype, (3, 70), scales[0], zero + 20, low=low, high=high),
                operand(rng, dtype, (3, 70), scales[1], second_zero, low=second_low,
                        high=second_high), Tensor(dtype, scale=0.6, zero_point=zero + 1))


def extremes_and_divisions():
    for name, operator in [("maximum", OPERATORS.MAXIMUM), ("minimum", OPERATORS.MINIMUM)]:
        for dtype, scale in [("float32", None), ("int32", None), ("int64", None), ("int16", None),
                             ("int8", 0.1), ("uint8", 0.1)]:
            rng = generator(f"{name}_{dtype}")
            case(f"{name}_{dtype}", operator, schema.MaximumMinimumOptionsT(),
                 [operand(rng, dtype, (2, 3, 1, 5), scale), operand(rng, dtype, (3, 4, 5), scale)],
                 Tensor(dtype, scale=scale))
        left = np.array([np.nan, 1, np.nan, -0.0, 0.0, np.inf], "float32")
        right = np.array([2, np.nan, np.nan, 0.0, -0.0, -np.inf], "float32")
        case(f"{name}_float32_nan", operator, schema.MaximumMinimumOptionsT(),
             [Tensor("float32", left), Tensor("float32", right)], Tensor("float32"))
        rng = generator(f"{name}_scalar")
        case(f"{name}_float32_scalar", operator, schema.MaximumMinimumOptionsT(),
             [operand(rng, "float32", (3, 7)), operand(rng, "float32", ())], Tensor("float32"))
    for dtype in ["float32", "int32", "int16", "int8"]:
        rng = generator(f"floor_div_{dtype}")
        divisor = operand(rng, dtype, (5, 1), low=-4, high=4)
        divisor.data[divisor.data == 0] = -3
        case(f"floor_div_{dtype}", OPERATORS.FLOOR_DIV, schema.FloorDivOptionsT(),
             [operand(rng, dtype, (5, 9), low=-50, high=50), divisor], Tensor(dtype))


def comparisons():
    kinds = {
        "equal": (OPERATORS.EQUAL, schema.EqualOptionsT),
        "not_equal": (OPERATORS.NOT_EQUAL, schema.NotEqualOptionsT),
        "less": (OPERATORS.LESS, schema.LessOptionsT),
        "less_equal": (OPERATORS.LESS_EQUAL, schema.LessEqualOptionsT),
        "greater": (OPERATORS.GREATER, schema.GreaterOptionsT),
        "greater_equal": (OPERATORS.GREATER_EQUAL, schema.GreaterEqualOptionsT),
    }
    for name, (operator, options_type) in kinds.items():
        for dtype in ["float32", "int32", "int64"]:
            rng = generator(f"{name}_{dtype}")
            left = random(rng, "int32", (2, 3, 4), 0, 3).astype(dtype)
            right = random(rng, "int32", (3, 1), 0, 3).astype(dtype)
            case(f"{name}_{dtype}", operator, options_type(),
                 [Tensor(dtype, left), Tensor(dtype, right)], Tensor("bool"))
        for dtype, zero in [("uint8", 120), ("int8", -8)]:
            a, b = every_pair(dtype, 30)
            case(f"{name}_{dtype}", operator, options_type(),
                 [Tensor(dtype, a, scale=0.02, zero_point=zero),
                  Tensor(dtype, b, scale=0.04, zero_point=zero + 10)], Tensor("bool"))
        if name in ("equal", "not_equal"):
            rng = generator(f"{name}_bool")
            case(f"{name}_bool", operator, options_type(),
                 [operand(rng, "bool", (3, 4)), operand(rng, "bool", (4,))], Tensor("bool"))


def functions():
    leaky = schema.LeakyReluOptionsT()
    leaky.alpha = 0.1
    steep = schema.LeakyReluOptionsT()
    steep.alpha = -1.7
    flat = schema.LeakyReluOptionsT()
    flat.alpha = 1e-4
    kinds = {
        "sqrt": (OPERATORS.SQRT, None, (0, 9)), "rsqrt": (OPERATORS.RSQRT, None, (0.01, 9)),
        "neg": (OPERATORS.NEG, schema.NegOptionsT(), (-9, 9)),
        "abs": (OPERATORS.ABS, schema.AbsOptionsT(), (-9, 9)),
        "exp": (OPERATORS.EXP, schema.ExpOptionsT(), (-9, 5)),
        "logistic": (OPERATORS.LOGISTIC, None, (-20, 20)),
        "tanh": (OPERATORS.TANH, None, (-12, 12)),
        "relu": (OPERATORS.RELU, None, (-9, 9)), "relu6": (OPERATORS.RELU6, None, (-9, 9)),
        "relu_n1_to_1": (OPERATORS.RELU_N1_TO_1, None, (-3, 3)),
        "elu": (OPERATORS.ELU, None, (-9, 3)),
        "hard_swish": (OPERATORS.HARD_SWISH, schema.HardSwishOptionsT(), (-5, 5)),
        "leaky_relu": (OPERATORS.LEAKY_RELU, leaky, (-9, 9)),
        "leaky_relu_negative": (OPERATORS.LEAKY_RELU, steep, (-9, 9)),
    }
    exact = {"neg", "abs", "relu", "relu6", "relu_n1_to_1", "leaky_relu",
             "leaky_relu_negative"}
    for name, (operator, options, (low, high)) in kinds.items():
        rng = generator(name)
        tolerance = 0.0 if name in exact else FLOAT_TOLERANCE
        for label, shape in [("", (3, 5, 7)), ("_vector", (33,)), ("_scalar", ())]:
            case(f"{name}_float32{label}", operator, options,
                 [operand(rng, "float32", shape, low=low, high=high)], Tensor("float32"),
                 tolerance)
        for label, data in [("small", np.linspace(-1e-3, 1e-3, 41)),
                            ("large", np.array([-1e30, -200, -100, -50, 50, 80, 1e20]))]:
            if name == "logistic":
                data = data[data > -1e3]  # LiteRT gives NaN below.
            if name not in ("sqrt", "rsqrt", "hard_swish") and (name, label) != ("exp", "large"):
                case(f"{name}_float32_{label}", operator, options,
                     [Tensor("float32", data.astype("float32"))], Tensor("float32"), tolerance)
    for dtype in ["int32", "int64"]:
        case(f"neg_{dtype}", OPERATORS.NEG, schema.NegOptionsT(),
             [operand(generator(f"neg_{dtype}"), dtype, (3, 5))], Tensor(dtype))
    case("abs_int32", OPERATORS.ABS, schema.AbsOptionsT(),
         [operand(generator("abs_int32"), "int32", (3, 5))], Tensor("int32"))

    def every(name, label, dtype, source, target, chosen=None):
        operator, options, _ = kinds[name]
        case(f"{name}_{dtype}_{label}", operator, chosen or options,
             [every_byte(dtype, *source)], Tensor(dtype, scale=target[0], zero_point=target[1]))

    for dtype, zero in [("uint8", 128), ("int8", 0)]:
        lowest = zero - 128
        every("logistic", "every", dtype, (0.05, zero + 9), (1 / 256, lowest))
        every("logistic", "steep", dtype, (0.4, zero - 20), (1 / 256, lowest))
        every("logistic", "flat", dtype, (0.003, zero), (1 / 256, lowest))
        every("tanh", "every", dtype, (0.03, zero + 9), (1 / 128, zero))
        every("tanh", "steep", dtype, (0.3, zero - 30), (1 / 128, zero))
        every("tanh", "other_scale", dtype, (0.02, zero), (0.013, zero + 17))
        for name in ["relu", "relu6", "relu_n1_to_1"]:
            every(name, "same_scale", dtype, (0.047, zero), (0.047, zero))
            every(name, "finer", dtype, (0.09, zero + 15), (0.0235, lowest))
            every(name, "coarser", dtype, (0.021, zero - 15), (0.0437, zero + 4))
        every("hard_swish", "same_scale", dtype, (0.05, zero), (0.05, zero))
        every("hard_swish", "finer", dtype, (0.08, zero + 11), (0.031, zero - 100))
        every("hard_swish", "wide", dtype, (0.5, zero - 11), (0.25, zero - 3))
        every("hard_swish", "narrow", dtype, (0.004, zero), (0.002, zero))
        every("leaky_relu", "same_scale", dtype, (0.05, zero), (0.05, zero))
        every("leaky_relu", "finer", dtype, (0.08, zero + 11), (0.0313, zero - 40))
        every("leaky_relu", "coarser", dtype, (0.031, zero - 11), (0.11, zero + 40))
        every("leaky_relu", "negative", dtype, (0.031, zero - 11), (0.052, zero), steep)
        every("leaky_relu", "flat", dtype, (0.031, zero - 11), (0.027, zero), flat)
    every("elu", "every", "int8", (0.04, 30), (0.03, -20))
    every("elu", "steep", "int8", (0.2, 0), (0.0079, 0))
    every("exp", "every", "int8", (0.03, 60), (0.05, -128))
    every("exp", "flat", "int8", (0.004, 0), (0.0131, -128))
    every("abs", "same_scale", "int8", (0.05, 10), (0.05, -128))
    every("abs", "other_scale", "int8", (0.05, -10), (0.0271, -100))
    every("sqrt", "every", "int8", (0.05, -128), (0.0143, -128))
    every("sqrt", "coarse", "int8", (0.3, -128), (0.07, -17))
    every("rsqrt", "every", "int8", (0.05, -128), (0.0143, -128))
    every("rsqrt", "coarse", "int8", (0.3, -128), (0.07, -17))


def parametric_relu():
    for label, shape, constant in [("channel", (1, 1, 5), True), ("channel_input", (5,), False),
                                   ("all", (2, 3, 4, 5), True), ("shared", (1, 1, 1), True)]:
        rng = generator(f"prelu_{label}")
        case(f"prelu_float32_{label}", OPERATORS.PRELU, None,
             [operand(rng, "float32", (2, 3, 4, 5)),
              operand(rng, "float32", shape, constant=constant)], Tensor("float32"))
    for dtype, zero in [("uint8", 128), ("int8", 0)]:
        x, alpha = every_pair(dtype)
        x = np.broadcast_to(x, (40, 40)).copy()
        case(f"prelu_{dtype}_every_pair", OPERATORS.PRELU, None,
             [Tensor(dtype, x, scale=0.03, zero_point=zero + 13),
              Tensor(dtype, alpha, scale=0.007, zero_point=zero - 5, constant=True)],
             Tensor(dtype, scale=0.021, zero_point=zero + 2))
        rng = generator(f"prelu_{dtype}")
        case(f"prelu_{dtype}_channel", OPERATORS.PRELU, None,
             [operand(rng, dtype, (2, 3, 4, 5), 0.01, zero),
              operand(rng, dtype, (1, 1, 5), 0.004, zero, constant=True)],
             Tensor(dtype, scale=0.02, zero_point=zero - 20))


def selections():
    for dtype, scale in [("float32", None), ("int32", None), ("int64", None), ("int8", 0.1),
                         ("bool", None)]:
        rng = generator(f"select_{dtype}")
        case(f"select_{dtype}", OPERATORS.SELECT, schema.SelectOptionsT(),
             [operand(rng, "bool", (3, 5)), operand(rng, dtype, (3, 5), scale),
              operand(rng, dtype, (3, 5), scale)], Tensor(dtype, scale=scale))
        case(f"select_v2_{dtype}", OPERATORS.SELECT_V2, schema.SelectV2OptionsT(),
             [operand(rng, "bool", (4, 1, 5)), operand(rng, dtype, (3, 1), scale),
              operand(rng, dtype, (2, 1, 1, 5), scale)], Tensor(dtype, scale=scale))
    rng = generator("select_rows")
    case("select_rows", OPERATORS.SELECT, schema.SelectOptionsT(),
         [operand(rng, "bool", (4,)), operand(rng, "float32", (4, 3, 2)),
          operand(rng, "float32", (4, 3, 2))], Tensor("float32"))
    case("select_scalar", OPERATORS.SELECT, schema.SelectOptionsT(),
         [operand(rng, "bool", ()), operand(rng, "float32", (4, 3)),
          operand(rng, "float32", (4, 3))], Tensor("float32"))


def make():
    arithmetic()
    extremes_and_divisions()
    comparisons()
    functions()
    parametric_relu()
    selections()
