"""Runtimes behind one interface: `burst(n)` runs a model n times, after some runs that do not count,
and gives the milliseconds of each; `outputs()` are arrays of the last run in the model's order."""

import json
import subprocess
import sys
import tempfile
import time

import cases

WARM_UP_RUNS = 3


class RuntimeFailure(Exception):
    pass


class InProcess:
    """A runtime that is called in this process."""

    def burst(self, count):
        for _ in range(WARM_UP_RUNS):
            self.invoke()
        times = []
        for _ in range(count):
            begin = time.perf_counter()
            self.invoke()
            times.append((time.perf_counter() - begin) * 1e3)
        return times

    def close(self):
        pass


class LiteRT(InProcess):
    def __init__(self, file, threads, inputs):
        from ai_edge_litert.interpreter import Interpreter
        self.interpreter = Interpreter(model_path=str(file), num_threads=threads)
        self.interpreter.allocate_tensors()
        for details, array in zip(self.interpreter.get_input_details(), inputs):
            self.interpreter.set_tensor(details["index"], array)

    def invoke(self):
        self.interpreter.invoke()

    def outputs(self):
        return [self.interpreter.get_tensor(details["index"])
                for details in self.interpreter.get_output_details()]


class OpenVINO(InProcess):
    def __init__(self, file, threads, inputs, precision=None):
        import openvino
        options = {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1}
        if precision:
            options["INFERENCE_PRECISION_HINT"] = precision
        model = openvino.Core().compile_model(str(file), "CPU", options)
        self.request = model.create_infer_request()
        for index, array in enumerate(inputs):
            self.request.set_input_tensor(index, openvino.Tensor(array))

    def invoke(self):
        self.request.infer()


class ONNXRuntime(InProcess):
    """The network as tflite2onnx converts it; it takes pictures as [N, C, H, W]."""

    def __init__(self, file, threads, inputs):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            converted(file), options, providers=["CPUExecutionProvider"])
        self.inputs = {}
        for details, array in zip(self.session.get_inputs(), inputs):
            if list(array.shape) != details.shape:
                array = array.transpose(0, 3, 1, 2).copy()
            self.inputs[details.name] = array

    def invoke(self):
        self.session.run(None, self.inputs)


def converted(file):
    target = cases.WORK / "onnx" / (file.stem + ".onnx")
    if target.exists():
        return str(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = target.with_suffix(".part")
    made.unlink(missing_ok=True)
    # In a process of its own, as it prints much.
    result = subprocess.run(
        [sys.executable, "-c", "import sys, tflite2onnx; tflite2onnx.convert(*sys.argv[1:])",
         str(file), str(made)], capture_output=True, text=True)
    if result.returncode or not made.exists():
        reason = (result.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise RuntimeFailure(f"tflite2onnx cannot convert it: {reason}")
    made.rename(target)
    return str(target)


class Stance:
    """`stance bench --serve`, a process that measures when it is told to."""

    def __init__(self, file, threads, precision, input_files):
        command = [str(cases.STANCE), "bench", str(file), "--serve", "--threads", str(threads),
                   "--precision", precision]
        for input_file in input_files:
            command += ["--input", str(input_file)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True)
        self.about = self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeFailure(self.process.stderr.read().strip())
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeFailure(answer["error"])
        return answer

    def ask(self, request):
        self.process.stdin.write(request + "\n")
        self.process.stdin.flush()
        return self.answer()

    def burst(self, count):
        return self.ask(f"run {count}")["times_ms"]

    def outputs(self):
        import numpy
        with tempfile.TemporaryDirectory() as folder:
            return [numpy.load(file) for file in self.ask(f"write {folder}")["files"]]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
