"""Small counts are hidden, and enough others with them that no hidden one can be worked out from sums.

Cells are named by their category in each dimension, None for "all": `("F", None)` is all women. A total is a cell like any
other, so a table of any number of dimensions is a set of sums. After the small cells, further ones are hidden until no hidden
cell follows from the sums (linear algebra over what is hidden), and until no hidden group of a sum is itself small.

The grand total is the figure itself – how many people were killed – and is not hidden for being small: its groups are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product

Cell = tuple[str | None, ...]
Sum = tuple[Cell, tuple[Cell, ...]]
SMALLEST_SHOWN = 5
MOST_CELLS = 200  # of a table that is worked out in full; a larger one is hidden whole but for its grand total


def sums_of(cells: Sequence[Cell]) -> list[Sum]:
    """Each total that the table holds, with the cells that make it up along one dimension."""
    groups: dict[tuple[int, Cell], list[Cell]] = defaultdict(list)
    for cell in cells:
        for place, category in enumerate(cell):
            if category is not None:
                groups[place, (*cell[:place], None, *cell[place + 1 :])].append(cell)
    present = set(cells)
    return [(total, tuple(parts)) for (_place, total), parts in groups.items() if total in present]


def hidden(counts: Mapping[Cell, int | None], smallest: int = SMALLEST_SHOWN) -> set[Cell]:
    """The cells that must not be shown. A count of nought is shown: it tells of nobody. None: unknown, and so not shown."""
    groups = {cell for cell in counts if any(cell)}
    small = {cell for cell in groups if 0 < (counts[cell] or 0) < smallest}
    if not small:
        return set()
    whole = next((n for cell, n in counts.items() if not any(cell)), None)
    if len(counts) > MOST_CELLS or (whole is not None and 0 < whole < smallest):
        return groups  # of a small whole no group is shown, not even an empty one: it would tell the others
    sums = [s for s in sums_of(list(counts)) if adds_up(counts, s)]
    gone = small | {cell for cell, n in counts.items() if n is None}
    while True:
        more = _next_to_hide(counts, sums, gone, smallest)
        if more is None:
            return {cell for cell in gone if counts[cell] is not None}
        gone.add(more)


def adds_up(counts: Mapping[Cell, int | None], one: Sum) -> bool:
    """Whether the parts are all of the total. Where a category is missing from the table, nothing follows from its total."""
    total, parts = one
    numbers = [counts[c] for c in parts]
    return None not in numbers and sum(n or 0 for n in numbers) == counts[total]


def _next_to_hide(counts: Mapping[Cell, int | None], sums: list[Sum], gone: set[Cell], smallest: int) -> Cell | None:
    """The cheapest cell whose absence protects one that is not safe yet; None where all are safe."""
    for total, parts in sums:
        inside = [c for c in parts if c in gone]
        if total in gone or not inside:
            continue
        if len(inside) < 2 or sum(counts[c] or 0 for c in inside) < smallest:
            return _cheapest(counts, [*parts, total], gone)
    exposed = derivable(sums, gone)
    for total, parts in sums:
        line = [*parts, total]
        if any(c in exposed for c in line) and (candidate := _cheapest(counts, line, gone)) is not None:
            return candidate
    return None


def _cheapest(counts: Mapping[Cell, int | None], line: Sequence[Cell], gone: set[Cell]) -> Cell | None:
    """The smallest count still shown, a total only where nothing else is left; cells of nought protect nothing."""
    open_cells = [c for c in line if c not in gone]
    parts = [c for c in open_cells if c != line[-1] and counts[c]]
    if parts:
        return min(parts, key=lambda c: (counts[c] or 0, str(c)))
    return line[-1] if line[-1] not in gone else next(iter(open_cells), None)


def derivable(sums: Sequence[Sum], gone: set[Cell]) -> set[Cell]:
    """Hidden cells that follow from the shown ones: those that no change which keeps every sum can move."""
    order = sorted(gone, key=str)
    if not order:
        return set()
    import numpy as np  # where small counts are hidden only: the web process need not hold it otherwise

    place = {cell: i for i, cell in enumerate(order)}
    rows = []
    for total, parts in sums:
        line = [(cell, 1.0) for cell in parts if cell in place] + ([(total, -1.0)] if total in place else [])
        if line:
            row = np.zeros(len(order))
            for cell, sign in line:
                row[place[cell]] = sign
            rows.append(row)
    if not rows:
        return set()
    _left, strength, right = np.linalg.svd(np.array(rows))
    rank = int((strength > 1e-9).sum())
    free = right[rank:]
    return {cell for cell in order if not free.size or np.abs(free[:, place[cell]]).max() < 1e-9}


def every_cell(categories: Sequence[Sequence[str]]) -> list[Cell]:
    """All cells of a full table with its totals, for tables that are made and not read."""
    return list(product(*[(None, *names) for names in categories]))
