"""Makes every operator case anew: `python -m operator_cases.make` from the folder Scripts."""

import importlib
import pathlib


def main():
    for path in sorted(pathlib.Path(__file__).parent.glob("cases_*.py")):
        importlib.import_module(f"operator_cases.{path.stem}").make()


if __name__ == "__main__":
    main()
