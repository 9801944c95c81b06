"""Tags against their targets: learned from UPR Info's sessions 1–11, judged on 12–13, with the table of every issue.
Targets: micro-F1 of issues 0.89, macro-F1 0.80, accuracy of the action category 0.89.

    python -m benchmarks.tags [FILE]

FILE is UPR Info's table of sessions 1–13 (default: the shared folder beside the project). Each half runs in a process of its own, so that
memory is that of learning alone.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "upr" / "upr-info-sessions-01-13.csv"
LEARNED, TOLD = "1-11", "12-13"
LONGEST_TRAINING, MOST_MEMORY, LONGEST_SUGGESTION = 180.0, 1024.0, 20.0


def main(file: Path) -> int:
    if not file.is_file():
        print(f"{file} is not there: nothing to measure", file=sys.stderr)
        return 0
    command = [sys.executable, "-m", "mutabaa", "classify", "evaluate", "--file", str(file)]
    started = time.monotonic()
    done = subprocess.run(
        [*command, "--train-sessions", LEARNED, "--test-sessions", TOLD], capture_output=True, text=True, check=True
    )
    whole = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    memory, worked = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
    print(done.stdout)
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks.tags", "--suggest", str(file)], capture_output=True, text=True, check=True
    )
    speed = json.loads(said.stdout)
    print(
        f"learning both and telling: {whole:.0f} s, of which the processor worked {worked:.0f} s (target {LONGEST_TRAINING:.0f}),"
        f" {memory:.0f} MB (target {MOST_MEMORY:.0f})"
    )
    print(
        f"one suggestion with its words: median {speed['median_ms']:.1f} ms, 95 % within {speed['p95_ms']:.1f} ms"
        f" (target {LONGEST_SUGGESTION:.0f}); loading a kept model {speed['load_s']:.1f} s, {speed['file_mb']:.0f} MB on disk"
    )
    return 0


def suggest(file: Path) -> None:
    """How long one suggestion takes, from a model that was written and read again."""
    import numpy as np

    from mutabaa.classification.learning import upr_info
    from mutabaa.classification.learning.model import TagModel, train
    from mutabaa.intake.tables.decode import read_table

    table = read_table(file)
    rows = upr_info.rows_of(table.header, [cells for _number, cells in table.rows])
    learned, told = rows[::3], rows[1::45]
    labels = sorted({issue for row in learned for issue in row.issues})
    wanted = np.array([[label in row.issues for label in labels] for row in learned])
    model = train([(row.text, "en") for row in learned], wanted, labels)
    path = Path(tempfile.mkdtemp()) / "model.zip"
    digest = model.save(path)
    started = time.perf_counter()
    model = TagModel.load(path, digest)
    load = time.perf_counter() - started
    times = []
    for row in told:
        started = time.perf_counter()
        model.suggest(row.text, "en")
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    print(
        json.dumps(
            {
                "median_ms": statistics.median(times),
                "p95_ms": times[int(len(times) * 0.95)],
                "load_s": load,
                "file_mb": path.stat().st_size / 1e6,
            }
        )
    )


if __name__ == "__main__":
    args = sys.argv[1:]
    if args[:1] == ["--suggest"]:
        suggest(Path(args[1]))
    else:
        sys.exit(main(Path(args[0]) if args else FILE))
