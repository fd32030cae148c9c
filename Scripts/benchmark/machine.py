"""What the figures were measured on."""

import os
import pathlib
import platform
import subprocess


def processor():
    """The processor's name and its vector instructions, as the system tells them."""
    try:
        lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine(), []
    fields = dict(
        (part.strip() for part in line.split(":", 1)) for line in reversed(lines) if ":" in line)
    name = fields.get("model name") or platform.machine()
    if "cpu family" in fields:
        name += f" (family {fields['cpu family']}, model {fields.get('model', '?')})"
    flags = (fields.get("flags") or fields.get("Features") or "").split()
    known = ["avx2", "fma", "avx_vnni", "avx512f", "avx512bw", "avx512dq", "avx512vl",
             "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16", "asimd", "asimddp", "bf16"]
    return name, [flag for flag in known if flag in flags]


def cores():
    if hasattr(os, "sched_getaffinity"):
        return sorted(os.sched_getaffinity(0))
    return list(range(os.cpu_count() or 1))


def swift_version():
    lines = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout.split("\n")
    return next((line.strip() for line in lines if "Swift version" in line), "unknown")


def description(versions):
    name, instructions = processor()
    return {
        "processor": name,
        "cores": f"{len(cores())}",
        "instructions": ", ".join(instructions) or "unknown",
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "Swift": swift_version(),
        "Python": platform.python_version(),
        "runtimes": ", ".join(
            f"{package} {version}" for package, version in sorted(versions.items())),
    }
