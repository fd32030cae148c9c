"""Measures every case on one set of cores: `measure.py CORES ROUNDS RUNS FILE`, where CORES is for
instance `0,1`. As many threads as cores; one round after the other, in each all runtimes in turn."""

import json
import os
import statistics
import subprocess
import sys
import time

# Before any runtime looks at how many cores there are.
CORES = [int(core) for core in sys.argv[1].split(",")]
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, CORES)

import cases
from runtimes import LiteRT, ONNXRuntime, OpenVINO, Stance

BURSTS = 4
THREADS = len(CORES)

PEERS = {
    cases.LITERT: LiteRT,
    cases.OPENVINO: OpenVINO,
    cases.OPENVINO_FLOAT32:
        lambda file, threads, inputs: OpenVINO(file, threads, inputs, precision="f32"),
    cases.ONNX: ONNXRuntime,
}


def inputs_of(case):
    """A photo, or random numbers where there is none: the same for all runtimes. Nothing where there
    are no runtimes but ours."""
    try:
        import numpy
        from ai_edge_litert.interpreter import Interpreter
        from PIL import Image
    except ImportError:
        return []
    arrays = []
    for details in Interpreter(model_path=str(case.file)).get_input_details():
        _, height, width, _ = details["shape"]
        if cases.PHOTO.exists():
            image = Image.open(cases.PHOTO).convert("RGB").resize((width, height))
            pixels = numpy.asarray(image)[numpy.newaxis]
        else:
            pixels = numpy.random.default_rng(1).integers(
                0, 256, details["shape"], numpy.uint8)
        arrays.append(as_input(pixels, numpy.dtype(details["dtype"]), case.span))
    return arrays


def as_input(pixels, kind, span):
    if kind == "uint8":
        return pixels
    if kind == "int8":
        return (pixels.astype("int16") - 128).astype("int8")
    return (span[0] + pixels / 255 * (span[1] - span[0])).astype(kind)


def start(case, arrays, folder):
    """The runtimes by label, and why others are not among them."""
    files = []
    for index, array in enumerate(arrays):
        import numpy
        files.append(folder / f"input_{index}.npy")
        numpy.save(files[-1], array)
    runtimes, failures = {}, {}
    for precision in case.precisions:
        runtimes[f"Stance {precision}"] = Stance(case.file, THREADS, precision, files)
    for label in case.runtimes if arrays else []:
        try:
            runtimes[label] = PEERS[label](case.file, THREADS, arrays)
        except Exception as error:  # whatever a runtime throws, the others are measured
            failures[label] = str(error).strip().splitlines()[0]
    return runtimes, failures


def measure_rounds(runtimes, rounds, runs):
    results = {label: [] for label in runtimes}
    for number in range(rounds):
        times = {label: [] for label in runtimes}
        for burst in range(BURSTS):
            labels = list(runtimes)
            # Nobody is always the one after a certain other.
            for label in labels if (number + burst) % 2 == 0 else reversed(labels):
                times[label] += runtimes[label].burst(max(runs // BURSTS, 1))
                # Threads of the last one that wait awake go to sleep.
                time.sleep(0.01)
        for label, list_of_times in times.items():
            results[label].append({
                "minimum_ms": min(list_of_times), "median_ms": statistics.median(list_of_times)})
    return results


def agreement(outputs, reference):
    """How many elements are equal, and the largest difference, relative to the largest value of the
    same output."""
    import numpy
    equal = total = 0
    difference = 0.0
    for ours, theirs in zip(outputs, reference, strict=True):
        equal += int((ours == theirs).sum())
        total += theirs.size
        ours, theirs = ours.astype(numpy.float64), theirs.astype(numpy.float64)
        if not (numpy.isfinite(ours).all() and numpy.isfinite(theirs).all()):
            return {"equal_share": equal / total, "largest_difference": float("inf")}
        largest = float(numpy.abs(theirs).max(initial=0))
        if largest > 0:
            difference = max(difference, float(numpy.abs(ours - theirs).max()) / largest)
    return {"equal_share": equal / total, "largest_difference": difference}


def profile(case, precision):
    result = subprocess.run(
        [cases.STANCE, "bench", case.file, "--json", "--runs", "30", "--threads", str(THREADS),
         "--precision", precision], capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def measure(case, rounds, runs):
    if not case.file.exists():
        return {"passed_over": f"there is no {case.file.name}"}
    folder = cases.WORK / "inputs"
    folder.mkdir(parents=True, exist_ok=True)
    runtimes, failures = start(case, inputs_of(case), folder)
    try:
        times = measure_rounds(runtimes, rounds, runs)
        agreements = {}
        if cases.LITERT in runtimes:
            reference = runtimes[cases.LITERT].outputs()
            for precision in case.precisions:
                agreements[precision] = agreement(
                    runtimes[f"Stance {precision}"].outputs(), reference)
    finally:
        for runtime in runtimes.values():
            runtime.close()
    return {"rounds": times, "failures": failures, "agreement": agreements,
            "profiles": {precision: profile(case, precision) for precision in case.precisions}}


def main(rounds, runs, file):
    figures = {}
    for case in cases.CASES:
        print(f"bench: {case.name}, {THREADS} {'thread' if THREADS == 1 else 'threads'}",
              flush=True)
        figures[case.name] = measure(case, rounds, runs)
    with open(file, "w") as stream:
        json.dump(figures, stream)


if __name__ == "__main__":
    main(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
