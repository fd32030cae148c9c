"""The peers' packages, installed from PyPI into a folder of their own."""

import os
import pathlib
import shutil
import subprocess
import sys

import cases


def folder(name):
    return cases.WORK / "packages" / name


def environment(name):
    return dict(os.environ, PYTHONPATH=str(folder(name)), PYTHONWARNINGS="ignore",
                TF_CPP_MIN_LOG_LEVEL="3", GLOG_minloglevel="3")


def install(name):
    """Installs what requirements-NAME.txt lists, unless it is there; says why where it cannot be."""
    requirements = pathlib.Path(__file__).parent / f"requirements-{name}.txt"
    mark = folder(name) / "requirements.txt"
    wanted = requirements.read_text()
    if mark.is_file() and mark.read_text() == wanted:
        return None
    print(f"bench: installing {name} into {folder(name)}", flush=True)
    shutil.rmtree(folder(name), ignore_errors=True)
    options = [line for line in wanted.splitlines() if line and not line.startswith("#")]
    result = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         "--only-binary=:all:", "--target", str(folder(name)), *options],
        capture_output=True, text=True)
    if result.returncode:
        lines = [line for line in result.stderr.splitlines() if line.startswith("ERROR")]
        reason = (lines or ["pip says nothing"])[-1].removeprefix("ERROR: ")
        return f"on Python {sys.version.split()[0]}: {reason}"
    mark.write_text(wanted)
    return None


def versions(name):
    wanted = (pathlib.Path(__file__).parent / f"requirements-{name}.txt").read_text()
    return dict(line.split("==") for line in wanted.split() if "==" in line)
