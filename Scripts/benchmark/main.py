"""Measures Stance beside other runtimes and writes the document: see Scripts/bench."""

import argparse
import datetime
import json
import pathlib
import subprocess
import sys

import cases
import document
import machine
import packages

HERE = pathlib.Path(__file__).parent


def run(script, *arguments):
    """What a script of this folder finds, in a process of its own."""
    file = cases.WORK / "part.json"
    command = [sys.executable, str(HERE / script), *map(str, arguments), str(file)]
    subprocess.run(command, check=True, env=packages.environment("runtimes"))
    return json.loads(file.read_text())


def remarks_of(path):
    text = path.read_text() if path.exists() else ""
    return text.partition(f"\n{document.REMARKS}\n")[2]


def main():
    parser = argparse.ArgumentParser(prog="Scripts/bench", description=__doc__)
    parser.add_argument("--short", action="store_true", help="few runs, one thread")
    parser.add_argument("file", nargs="?", type=pathlib.Path, help="the document to write")
    arguments = parser.parse_args()
    rounds, runs = (1, 4) if arguments.short else (5, 40)
    target = arguments.file or (
        cases.WORK / "Performance.md" if arguments.short
        else cases.PROJECT / "Documentation/Performance.md")

    cases.WORK.mkdir(exist_ok=True)
    reason = packages.install("runtimes")
    if reason:
        print(f"bench: other runtimes are passed over: pip cannot install them {reason}")
    cores = machine.cores()
    core_sets = [cores[-1:]] + ([cores[:2]] if len(cores) > 1 and not arguments.short else [])
    networks = {
        str(len(chosen)): run("measure.py", ",".join(map(str, chosen)), rounds, runs)
        for chosen in core_sets}
    versions = {} if reason else packages.versions("runtimes")
    figures = {
        "date": datetime.date.today().isoformat(),
        "arguments": " --short" if arguments.short else "",
        "machine": machine.description(versions),
        "rounds": rounds, "runs": runs, "networks": networks,
    }
    if not arguments.short and not reason:
        figures["pictures"] = run("pictures.py", cores[-1], rounds)
        figures["machine"]["mediapipe"] = packages.versions("mediapipe")["mediapipe"]
    (cases.WORK / "figures.json").write_text(json.dumps(figures, indent=1))
    target.write_text(document.document(figures, remarks_of(target)))
    print(f"bench: see {target}; raw figures are in {cases.WORK / 'figures.json'}")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(f"bench: {error.cmd[1]} failed with code {error.returncode}")
    except OSError as error:
        sys.exit(f"bench: {error}")
