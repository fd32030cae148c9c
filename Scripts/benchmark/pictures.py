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


def run(command, environment=None):
    result = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=environment)
    if result.returncode:
        lines = [line for line in result.stderr.splitlines() if "rror" in line]
        raise RuntimeError((lines or ["it says nothing"])[-1])
    return result.stdout


def python_seconds(package, *arguments):
    output = run([sys.executable, *arguments, cases.WORK / "python.jsonl"],
                 packages.environment(package))
    return float(output.split()[-1])


def stance_seconds(*arguments):
    begin = time.perf_counter()
    run([cases.STANCE, "estimate", FOLDER, "--format", "jsonl", "--out",
         cases.WORK / "ours.jsonl", "--threads", "1", "--quiet", *arguments])
    return time.perf_counter() - begin


def rows():
    """Name, what must be there, the other program, and our arguments."""
    litert, mediapipe = PROGRAMS / "litert_posenet.py", PROGRAMS / "mediapipe_pose.py"
    coral, _, floats, _, landmarks = cases.CASES
    wanted = [
        (coral, None, ("runtimes", litert, coral.file, FOLDER)),
        (floats, "float32", ("runtimes", litert, floats.file, FOLDER)),
        (floats, "bfloat16", ("runtimes", litert, floats.file, FOLDER)),
        (landmarks, "float32", ("mediapipe", mediapipe, FOLDER)),
        (landmarks, "bfloat16", ("mediapipe", mediapipe, FOLDER)),
    ]
    for case, precision, theirs in wanted:
        ours = ["--model", case.file, "--people", "1"]
        if precision == "bfloat16":
            ours += ["--precision", precision]
        yield (f"{case.name}, {precision}" if precision else case.name), case.file, theirs, ours


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
    except RuntimeError as error:
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
