"""The search: what can be found, its index in shards, the words that people use. All made from the model."""

from pathlib import Path

from ..derived import Derived
from .documents import documents
from .index import files as index
from .lexicon import Readings, scripts, synonyms, traditional

FOLDER = "assets/search"


def files(derived: Derived, root: Path, readings: Readings) -> dict[str, bytes]:
    """URL to content. Raises Stop if the file of synonyms is wrong."""
    found = documents(derived)
    vocabulary = root / "data" / "vocabulary"
    alike = synonyms(vocabulary / "synonyms.txt", root, (document.text + document.title for document in found if document.group))
    made = index(found) | scripts(derived, found, alike, traditional(vocabulary / "traditional.txt", found), readings)
    return {f"{FOLDER}/{name}": text.encode() for name, text in made.items()}


__all__ = ["FOLDER", "files"]
