"""The headings that a block stands under."""

from collections.abc import Iterable

from mutabaa.intake.documents.items import Block


class HeadingPath:
    """Fed with headings in order; `titles` is the path from the outermost."""

    def __init__(self) -> None:
        self.open: list[Block] = []

    def enter(self, heading: Block) -> None:
        while self.open and self.open[-1].level >= heading.level:
            self.open.pop()
        self.open.append(heading)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self.open)


def with_paths(blocks: Iterable[Block]) -> list[tuple[int, Block, tuple[str, ...]]]:
    """Every block that is no heading and no note, with its place and its path."""
    path = HeadingPath()
    out = []
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            path.enter(block)
        elif block.kind != "note":
            out.append((index, block, path.titles))
    return out
