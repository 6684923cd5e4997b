"""Synthetic plans, as many as wanted, from the real ones: a whole project that `build.py --root` builds.

Places, numbers, wording and the order of paragraphs differ; all rules of the data hold. Every plan says in its title and in
the name of its place that it is made up. The vocabulary is that of the real plans: it does not grow as that of real ones would.
"""

import hashlib
import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plansite import catalogue as catalogues
from plansite import cli
from plansite.folder import SOURCE
from plansite.vocabulary import Level, Region

from . import regions
from .base import MARK, PARAGRAPH, Base

RECORD = "corpus.json"  # tells a folder that was made here
_LINKED = ("docs", "overrides", "scripts")


class Refusal(Exception):
    """The folder is not one to write to; the message is for staff."""


def make(root: Path, target: Path, number: int, seed: int, say=lambda done: None) -> None:
    """Write `number` plans and all that belongs to a project to `target`; the same number and seed make the same bytes.

    A larger number adds plans to those of a smaller one. `say` is told how many are done. Raises Refusal.
    """
    invented = regions.regions()
    by_code = {region.code: region for region in invented}
    groups = regions.clusters(invented)
    most = sum(map(len, groups))
    if not 1 <= number <= most:
        raise Refusal(f"规划的份数要在 1 到 {most} 之间。")
    _clear(root, target)
    (target / RECORD).write_text(json.dumps({"synthetic": True, "plans": number, "seed": seed}) + "\n", encoding="utf-8")
    random.Random(f"{seed}").shuffle(groups)
    chosen = [region for group in groups for region in group][:number]
    catalogue = catalogues.read(root, cli.today())
    bases = [Base.read(catalogue, plan, root / "data" / "plans" / plan.id) for plan in catalogue.plans]
    names = [region.name for region in invented if region.level is Level.COUNTY]
    words = _Synonyms(root / "data" / "vocabulary" / "synonyms.txt")
    for done, region in enumerate(chosen, 1):
        rng = random.Random(f"{seed} {region.slug}")
        above = _above(region, by_code)
        base = rng.choice([base for base in bases if base.chain[-1].name[-1] == region.name[-1] and len(base.chain) <= len(above) + 1])
        folder = target / "data" / "plans" / f"{region.slug}-{base.plan.period.slug}"
        base.write(folder, region, above, rng, names)
        words.look(folder)
        say(done)
    _surround(root, target)
    (target / "data" / "regions.yml").write_text(regions.registry(invented), encoding="utf-8")
    (target / "data" / "vocabulary" / "synonyms.txt").write_text(words.text(), encoding="utf-8")


def _surround(root: Path, target: Path) -> None:
    """What else a project has: the other data, the configuration with its title marked, and links to what makes the site."""
    for path in sorted((root / "data").rglob("*")):
        if path.is_file() and "plans" not in path.relative_to(root).parts and path.name != "pairs.yml":
            copy = target / path.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (target / "mkdocs.yml").write_text(re.sub(r"^(site_name|site_description): (.*)$", rf"\1: \2{MARK}", config, flags=re.MULTILINE), encoding="utf-8")
    for name in _LINKED:
        _link(root / name, target / name)


def _above(region: Region, by_code: dict[str, Region]) -> list[Region]:
    found = []
    while region.parent:
        region = by_code[region.parent]
        found.insert(0, region)
    return found


def _clear(root: Path, target: Path) -> None:
    """Make `target` an empty folder. Nothing is ever written into the project itself, nor over what was not made here."""
    root, place = root.resolve(), target.resolve()
    if root.is_relative_to(place) or (place.is_relative_to(root) and not place.is_relative_to(root / ".cache")):
        raise Refusal(f"合成数据不能写进项目里：{target}。请另选一个文件夹，例如临时文件夹。")
    if target.exists() and any(target.iterdir()):
        if not (target / RECORD).exists():
            raise Refusal(f"{target} 里有别的东西，没有动它。请另选一个空的文件夹。")
        for path in target.iterdir():
            path.unlink() if path.is_symlink() or path.is_file() else shutil.rmtree(path)
    target.mkdir(parents=True, exist_ok=True)


def _link(path: Path, link: Path) -> None:
    try:
        link.symlink_to(path.resolve(), target_is_directory=True)
    except OSError:  # Windows asks for a right that few have
        shutil.copytree(path, link)


@dataclass(frozen=True)
class Edit:
    """A sentence of a plan as it was and as it is now; `slug` is that of the plan's region."""

    slug: str
    before: str
    after: str


def edit(target: Path) -> Edit:
    """Change one sentence in the middle of the corpus as an editor would with a new source: all rules hold afterwards."""
    folders = sorted((target / "data" / "plans").iterdir())
    for folder in folders[len(folders) // 2 :] + folders:
        texts = {path.name: path.read_bytes().decode() for path in folder.iterdir()}
        named = {id for name, text in texts.items() if name != "text.yml" for id in re.findall(r"[a-z]\w*(?:\.[a-z]\d+)+", text)}
        for match in PARAGRAPH.finditer(texts["text.yml"]):
            sentence = re.search("[^。]*。?$", match[4])[0]
            if match[1] not in named and sentence.endswith("。") and all(texts[name].count(sentence) == 1 for name in ("text.yml", SOURCE)):
                changed = sentence[:-1] + "，并且记录在案。"
                source = texts[SOURCE].replace(sentence, changed).encode()
                old = hashlib.sha256(texts[SOURCE].encode()).hexdigest()
                (folder / SOURCE).write_bytes(source)
                (folder / "text.yml").write_bytes(texts["text.yml"].replace(sentence, changed).encode())
                (folder / "plan.yml").write_bytes(texts["plan.yml"].replace(old, hashlib.sha256(source).hexdigest()).encode())
                return Edit(folder.name.rsplit("-", 2)[0], sentence, changed)
    raise LookupError("no paragraph that nothing refers to")


class _Synonyms:
    """The file of synonyms without the words that none of the synthetic plans has: a rule asks for that."""

    def __init__(self, path: Path):
        self._lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._missing = {word for words in map(_words, self._lines) for word in words[1:] or words} - {"-"}

    def look(self, folder: Path) -> None:
        if self._missing:
            text = "\n".join((folder / name).read_text(encoding="utf-8") for name in ("text.yml", "indicators.yml", "tasks.yml") if (folder / name).exists())
            self._missing = {word for word in self._missing if word not in text}

    def text(self) -> str:
        return "".join(f"{line}\n" for line in self._kept())

    def _kept(self) -> Iterator[str]:
        for line in self._lines:
            words = _words(line)
            left = [word for word in words[1:] if word not in self._missing]
            if not words or (not words[1:] and words[0] not in self._missing):
                yield line
            elif left:
                yield " ".join([words[0], *left])


def _words(line: str) -> list[str]:
    return line.partition("#")[0].split()
