"""`mutabaa classify evaluate`: learn from one part of UPR Info's database, tell the tags of another, and count."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

EXAMPLES = """examples:
  mutabaa classify evaluate --train sessions-1-11.csv --test sessions-12-13.csv --json
  mutabaa classify evaluate --file all.csv --train-sessions 1-11 --test-sessions 12-13
"""


def run(argv: list[str]) -> int:
    p = argparse.ArgumentParser(
        prog="mutabaa classify",
        description="Learn issues and action categories from tables of UPR Info (any encoding), and judge on others.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    p.add_argument("deed", choices=["evaluate"])
    p.add_argument("--train", type=Path, metavar="FILE", help="what is learned from")
    p.add_argument("--test", type=Path, metavar="FILE", help="what is judged on")
    p.add_argument("--file", type=Path, metavar="FILE", help="one table for both, told apart by its sessions")
    p.add_argument("--train-sessions", type=sessions, metavar="FROM-TO", help="of --train or --file, e.g. 1-11")
    p.add_argument("--test-sessions", type=sessions, metavar="FROM-TO", help="of --test or --file, e.g. 12-13")
    p.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    args = p.parse_args(argv)
    if bool(args.file) == bool(args.train or args.test) or (not args.file and not (args.train and args.test)):
        p.error("give --train FILE and --test FILE, or --file FILE with --train-sessions and --test-sessions")
    if args.file and not (args.train_sessions and args.test_sessions):
        p.error("--file needs --train-sessions and --test-sessions")
    return evaluate(args)


def sessions(given: str) -> range:
    first, _sign, last = given.partition("-")
    try:
        found = range(int(first), int(last or first) + 1)
    except ValueError as fault:
        raise argparse.ArgumentTypeError("write FROM-TO, e.g. 1-11") from fault
    return found


def evaluate(args: argparse.Namespace) -> int:
    from mutabaa.classification.learning import upr_info

    try:
        first, second = rows(args.file or args.train), rows(args.file or args.test)
    except ValueError as fault:
        print(fault, file=sys.stderr)
        return 2
    learned = [row for row in first if args.train_sessions is None or row.session in args.train_sessions]
    told = [row for row in second if args.test_sessions is None or row.session in args.test_sessions]
    if not learned or not told:
        print("There is nothing to learn from, or nothing to judge on: no row is left.", file=sys.stderr)
        return 2
    result = upr_info.examine(learned, told)
    if args.json:
        print(json.dumps(result.as_data()))
    else:
        print("\n".join(lines(result)))
    return 0


def rows(path: Path) -> Any:
    """Raises `ValueError` with a sentence."""
    import django

    from mutabaa.classification.learning import upr_info
    from mutabaa.intake.files.faults import BadFile
    from mutabaa.intake.tables.decode import read_table

    django.setup()
    if not path.is_file():
        raise ValueError(f"There is no file {path}.")
    try:
        table = read_table(path)
        return upr_info.rows_of(table.header, [cells for _number, cells in table.rows])
    except upr_info.MissingColumn as missing:
        raise ValueError(f"{path.name} has no column “{missing}”: this is not a table of UPR Info.") from missing
    except BadFile as fault:
        from mutabaa.intake.messages import explain

        raise ValueError(str(explain(fault, path.name))) from fault


def lines(result: Any) -> list[str]:
    """The per-label table, the commonest first, and the totals."""
    width = max(len(row.label) for row in result.issues.labels)
    out = [f"{'issue':<{width}}  {'texts':>5} {'said':>5} {'right':>5}  {'prec.':>5} {'recall':>6} {'F1':>6}"]
    for row in sorted(result.issues.labels, key=lambda row: -row.texts):
        out.append(
            f"{row.label:<{width}}  {row.texts:>5} {row.suggested:>5} {row.right:>5}  {row.precision:>5.3f} {row.recall:>6.3f} {row.f1:>6.3f}"
        )
    out.append("")
    actions = sorted({true for true, _told in result.confusion} | {told for _true, told in result.confusion})
    out.append("action category: given ↓ told →  " + " ".join(f"{action:>5}" for action in actions))
    for true in actions:
        out.append(f"{true:>33}  " + " ".join(f"{result.confusion.get((true, told), 0):>5}" for told in actions))
    out.append("")
    out.append(f"issues: micro-F1 {result.issues.micro_f1:.4f}, macro-F1 {result.issues.macro_f1:.4f}")
    out.append(f"action category: accuracy {result.accuracy:.4f}")
    out.append(f"learned from {result.trained_on:,}, judged on {result.tested_on:,}; {result.seconds:.1f} seconds")
    return out
