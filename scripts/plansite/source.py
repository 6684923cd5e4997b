"""A document as received: its bytes and its lines, with the page furniture and without."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from .model import Furniture


@dataclass(frozen=True)
class Document:
    """`lines[0]` is line 1. Bytes are kept unchanged on disk; `sha256` is theirs."""

    lines: tuple[str, ...]
    sha256: str

    @classmethod
    def read(cls, path: Path, encoding: str = "utf-8") -> "Document":
        """Raises UnicodeDecodeError, FileNotFoundError."""
        content = path.read_bytes()
        text = content.decode(encoding).removeprefix("\ufeff")
        return cls(split_lines(text), hashlib.sha256(content).hexdigest())


def split_lines(text: str) -> tuple[str, ...]:
    # Not splitlines(): that also parts at form feeds, which editors do not count as lines.
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def without_furniture(lines: tuple[str, ...], furniture: tuple[Furniture, ...]) -> list[str]:
    """The lines with what `furniture` names taken out; furniture that is not there is ignored."""
    left = list(lines)
    for thing in furniture:
        for run in thing.lines:
            for number in range(run.first, min(run.last, len(left)) + 1):
                left[number - 1] = left[number - 1].replace(thing.text, "") if thing.text else ""
    return left
