"""Figures as a Markdown document."""

import statistics

import cases

REMARKS = "## Remarks"


def milliseconds(value):
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"


def table(heading, rows, alignment=None):
    lines = [heading, ["---"] * len(heading)] + rows
    if alignment:
        lines[1] = ["---:" if letter == "r" else "---" for letter in alignment]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def ratio(ours, theirs):
    """Our minimum over theirs in each round, the median of the rounds."""
    return statistics.median(
        a["minimum_ms"] / b["minimum_ms"] for a, b in zip(ours, theirs, strict=True))


def summary(rounds):
    """The minimum of all rounds, and the median of the rounds' medians."""
    return (min(entry["minimum_ms"] for entry in rounds),
            statistics.median(entry["median_ms"] for entry in rounds))


def compared(figures):
    """Every comparison that could be made: case, comparison, our rounds, theirs, ratio."""
    for case in cases.CASES:
        found = figures.get(case.name, {})
        for comparison in case.comparisons:
            rounds = found.get("rounds", {})
            ours = rounds.get(f"Stance {comparison.precision}")
            theirs = rounds.get(comparison.runtime)
            if ours and theirs:
                yield case, comparison, ours, theirs, ratio(ours, theirs)


def verdict(value, target):
    if target is None:
        return "-"
    return "yes" if value <= target else "**no**"


def network_table(figures):
    rows = []
    for case, comparison, ours, theirs, value in compared(figures):
        target = comparison.target
        rows.append([
            case.name, comparison.precision, " / ".join(map(milliseconds, summary(ours))),
            comparison.runtime, " / ".join(map(milliseconds, summary(theirs))), f"{value:.2f}",
            "-" if target is None else f"{target:.2f}", verdict(value, target)])
    return table(
        ["network", "Stance in", "ms", "against", "ms", "ratio", "target", "reached"], rows,
        "llrlrrrl")


def alone_table(figures):
    rows = [
        [case.name, label.removeprefix("Stance "), *map(milliseconds, summary(rounds))]
        for case in cases.CASES
        for label, rounds in figures.get(case.name, {}).get("rounds", {}).items()
        if label.startswith("Stance")]
    return table(["network", "in", "minimum ms", "median ms"], rows, "llrr")


def failure_lines(figures):
    lines = []
    for case in cases.CASES:
        found = figures.get(case.name, {})
        if reason := found.get("passed_over"):
            lines.append(f"- {case.name} was passed over: {reason}.")
        for label, reason in found.get("failures", {}).items():
            lines.append(f"- {case.name} does not run in {label}: {reason}.")
    return "\n".join(lines) + "\n\n" if lines else ""


def agreement_table(figures):
    rows = []
    for case in cases.CASES:
        for precision, found in figures.get(case.name, {}).get("agreement", {}).items():
            rows.append([
                case.name, precision, f"{found['equal_share'] * 100:.2f} %",
                f"{found['largest_difference']:.1e}"])
    return table(
        ["network", "Stance in", "equal elements", "largest difference"], rows, "llrr")


def profile_text(figures):
    """Where the time of those goes that miss their targets."""
    text = ""
    wanted = {
        (case.name, comparison.precision): True
        for case, comparison, _, _, value in compared(figures)
        if comparison.target is not None and value > comparison.target}
    for name, precision in wanted:
        report = figures[name]["profiles"][precision]
        total = sum(kind["minimum_ms"] for kind in report["kinds"])
        rows = [
            [kind["operators"], kind["steps"], f"{kind['minimum_ms'] * 1e3:.0f}",
             f"{kind['minimum_ms'] / total * 100:.0f} %", number(kind["gmac_per_second"], 0),
             number((kind["share_of_peak"] or 0) * 100 or None, 0, " %")]
            for kind in report["kinds"] if kind["minimum_ms"] / total >= 0.01]
        text += f"{name}, {precision}:\n\n" + table(
            ["operators", "steps", "us", "share", "GMAC/s", "of peak"], rows, "lrrrrr") + "\n"
    return text


def number(value, digits, unit=""):
    return "-" if value is None else f"{value:.{digits}f}{unit}"


def picture_section(figures):
    rows, passed_over = [], []
    for name, found in figures["rows"].items():
        if reason := found.get("passed_over"):
            passed_over.append(f"- {name} was passed over: {reason}.")
            continue
        value = statistics.median(
            theirs / ours for ours, theirs in zip(found["ours"], found["theirs"], strict=True))
        rates = [figures["pictures"] / min(found[side]) for side in ("ours", "theirs")]
        rows.append([
            name, f"{rates[0]:.0f}", f"`{found['program']}`", f"{rates[1]:.0f}", f"{value:.2f}",
            "yes" if value >= 3 else "**no**"])
    text = table(
        ["network", "Stance, photos a second", "against", "photos a second", "times as fast",
         "3 times"], rows, "lrlrrl")
    return text + ("\n" + "\n".join(passed_over) + "\n" if passed_over else "")


def document(figures, remarks):
    machine = figures["machine"]
    text = "# Performance\n\n"
    text += f"Measured on {figures['date']} by `Scripts/bench{figures['arguments']}`, which writes "
    text += f"this file down to \"{REMARKS.removeprefix('## ')}\".\n\n"
    text += table(["machine", ""], [[key, value] for key, value in machine.items()])
    text += PEAKS_HEADING + table(
        ["factors", "instructions", "GMAC/s"],
        [[peak["factors"], peak["instruction_set"], f"{peak['gmac_per_second']:.0f}"]
         for peak in peaks(figures)], "llr")
    text += METHOD.format(rounds=figures["rounds"], runs=figures["runs"])
    for threads, found in figures["networks"].items():
        text += f"\n## Networks, {threads} {'thread' if threads == '1' else 'threads'}\n\n"
        has_peers = any(True for _ in compared(found))
        text += (network_table(found) if has_peers else alone_table(found)) + "\n"
        text += failure_lines(found)
        if any(entry.get("agreement") for entry in found.values()) and threads == "1":
            text += AGREEMENT + agreement_table(found)
        if profiles := profile_text(found):
            text += "\nWhere the time goes that is over a target, each step in its fastest run:\n\n"
            text += profiles.rstrip("\n") + "\n"
    if pictures := figures.get("pictures"):
        text += PICTURES.format(**pictures) + picture_section(pictures)
    return text + (f"\n{REMARKS}\n{remarks}" if remarks else "")


def peaks(figures):
    """Of one core, each type once."""
    found = {}
    for entry in figures["networks"].get("1", {}).values():
        for report in entry.get("profiles", {}).values():
            for peak in report["peaks"]:
                if peak["gmac_per_second"] > found.get(
                        peak["factors"], {"gmac_per_second": 0})["gmac_per_second"]:
                    found[peak["factors"]] = peak
    return found.values()


PEAKS_HEADING = """
The most multiply-adds that one core did in registers alone:

"""

METHOD = """
All runtimes get the same photo as input and as many threads as cores they are pinned to, and take
turns: rounds ({rounds}) in each of which every one runs {runs} times, in four bursts after runs that
do not count. Times are minimum / median in milliseconds; a ratio is Stance's minimum over the other's, the
median of the rounds. OpenVINO rounds float networks to bfloat16 where the processor can unless f32 is
asked for, so that it is compared in both ways. onnxruntime takes what tflite2onnx can convert.
"""

AGREEMENT = """The outputs against LiteRT's; the largest difference is relative to the largest value of its output:

"""

PICTURES = """
## From files to keypoints

{photos} photos under {pictures} names, one core, the programs in turns; rates of the fastest round, the
factor is the median of the rounds. The Python programs (`Scripts/benchmark/programs`) count from when
everything was imported, Stance from the start of its process.

"""
