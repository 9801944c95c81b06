"""Documents in: how well and how fast. `python -m benchmarks.intake [section …]`; without a name every section that is there."""

import argparse
import importlib
import os
import time

SECTIONS = {
    "extraction": "benchmarks.intake_extraction",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="section", help=", ".join(SECTIONS))
    parser.add_argument("--misses", action="store_true", help="show what was not found, and what has no counterpart")
    options = parser.parse_args()
    if unknown := set(options.sections) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(sorted(unknown))}")
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores")
    for name in options.sections or SECTIONS:
        print(f"\n## {name}\n")
        importlib.import_module(SECTIONS[name]).run(options)


if __name__ == "__main__":
    main()
