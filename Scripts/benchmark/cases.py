"""What is measured, and what it must show."""

import dataclasses
import os
import pathlib

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
SHARED = pathlib.Path(os.environ.get("STANCE_SHARED") or PROJECT.parent / "shared")
STANCE = PROJECT / ".build/release/stance"
WORK = PROJECT / ".build-bench"


def model_folder():
    if folder := os.environ.get("STANCE_MODELS"):
        return pathlib.Path(folder)
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(cache) / "stance" / "models"


@dataclasses.dataclass(frozen=True)
class Comparison:
    """Stance in a precision against a runtime; `target` is the most of its time that Stance may
    take."""

    precision: str
    runtime: str
    target: float | None


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    file: pathlib.Path
    comparisons: tuple[Comparison, ...]
    # What black and white are where the network takes floats.
    span: tuple[float, float] = (-1, 1)

    @property
    def precisions(self):
        return list(dict.fromkeys(comparison.precision for comparison in self.comparisons))

    @property
    def runtimes(self):
        return list(dict.fromkeys(comparison.runtime for comparison in self.comparisons))


LITERT, OPENVINO, ONNX = "LiteRT", "OpenVINO", "onnxruntime"
# OpenVINO rounds to bfloat16 where the processor can, unless told otherwise.
OPENVINO_FLOAT32 = "OpenVINO, f32 asked for"


def quantized(litert, openvino):
    return (Comparison("float32", LITERT, litert), Comparison("float32", OPENVINO, openvino))


def floats(litert, openvino, openvino_as_it_comes):
    return (
        Comparison("float32", LITERT, litert),
        Comparison("float32", OPENVINO_FLOAT32, openvino),
        Comparison("float32", ONNX, None),
        Comparison("bfloat16", OPENVINO, openvino_as_it_comes),
    )


CASES = [
    Case("Coral PoseNet uint8 353x481",
         SHARED / "models/coral/posenet_mobilenet_v1_075_353_481_quant.tflite",
         quantized(0.28, 0.60)),
    Case("MoveNet Lightning int8",
         SHARED / "models/movenet/movenet_single_pose_lightning_ptq.tflite",
         quantized(0.45, 0.65)),
    Case("float PoseNet 257, stride 16",
         SHARED / "models/posenet/posenet_mobilenet_v1_075_257x257_float_stride16.tflite",
         floats(0.92, 0.94, 0.98)),
    Case("BlazePose detection", model_folder() / "pose_detection.tflite",
         floats(0.60, 0.80, 1.0)),
    Case("BlazePose landmarks, full", model_folder() / "pose_landmark_full.tflite",
         floats(0.75, 0.92, 1.0), span=(0, 1)),
]
PHOTO = SHARED / "images/pose.jpg"
