"""Times whole programs from picture files to keypoints on one core: `pictures.py CORE ROUNDS FILE`.

Python programs count from when everything was imported; Stance is timed from outside, start
included."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, [int(sys.argv[1])])

import cases
import packages

PROGRAMS = pathlib.Path(__file__).parent / "programs"
FOLDER = cases.WORK / "pictures"
# So many that the start of a program does not decide.
LEAST_PICTURES = 100


def gather():
    """A folder with each photo under several names."""
    photos = sorted(
        file for folder in ("images", "images/coco") for file in (cases.SHARED / folder).glob("*")
        if file.suffix in (".jpg", ".bmp", ".png"))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for number in range(-(-LEAST_PICTURES // len(photos)) if photos else 0):
        for photo in photos:
            (FOLDER / f"{number:03}_{photo.name}").symlink_to(photo.resolve())
    return len(photos), len(list(FOLDER.iterdir()))


def python_seconds(package, *arguments):
    result = subprocess.run(
        [sys.executable, *map(str, arguments), cases.WORK / "python.jsonl"],
        capture_output=True, text=True, env=packages.environment(package))
    if result.returncode:
        raise RuntimeError((result.stderr.strip().splitlines() or ["it says nothing"])[-1])
    return float(result.stdout.split()[-1])


def stance_seconds(*arguments):
    begin = time.perf_counter()
    subprocess.run(
        [cases.STANCE, "estimate", FOLDER, "--format", "jsonl", "--out", cases.WORK / "ours.jsonl",
         "--threads", "1", "--quiet", *arguments], check=True)
    return time.perf_counter() - begin


def rows():
    """Name, what must be there, the other program, and our arguments."""
    coral, floats = cases.CASES[0], cases.CASES[2]
    litert = PROGRAMS / "litert_posenet.py"
    for case, precision in [(coral, None), (floats, "float32"), (floats, "bfloat16")]:
        name = case.name if precision is None else f"{case.name}, {precision}"
        ours = ["--model", case.file, "--people", "1"] + precision_arguments(precision)
        yield name, case.file, ("runtimes", litert, case.file, FOLDER), ours
    landmarks = cases.CASES[4]
    for precision in ["float32", "bfloat16"]:
        ours = ["--model", landmarks.file, "--people", "1"] + precision_arguments(precision)
        yield (f"BlazePose full, {precision}", landmarks.file,
               ("mediapipe", PROGRAMS / "mediapipe_pose.py", FOLDER), ours)


def precision_arguments(precision):
    return ["--precision", precision] if precision not in (None, "float32") else []


def measure(name, file, theirs, ours, rounds):
    if not file.exists():
        return {"passed_over": f"there is no {file.name}"}
    if reason := packages.install(theirs[0]):
        return {"passed_over": f"{theirs[0]} cannot be installed {reason}"}
    seconds = {"theirs": [], "ours": []}
    try:
        for _ in range(rounds):
            seconds["theirs"].append(python_seconds(*theirs))
            seconds["ours"].append(stance_seconds(*ours))
    except (RuntimeError, subprocess.CalledProcessError) as error:
        return {"passed_over": str(error)}
    return seconds


def main(rounds, file):
    photos, count = gather()
    figures = {"photos": photos, "pictures": count, "rows": {}}
    for name, needed, theirs, ours in rows() if count else []:
        print(f"bench: {name}, from files to keypoints", flush=True)
        program = theirs[1].name
        figures["rows"][name] = {"program": program} | measure(name, needed, theirs, ours, rounds)
    pathlib.Path(file).write_text(json.dumps(figures))


if __name__ == "__main__":
    main(int(sys.argv[2]), sys.argv[3])
