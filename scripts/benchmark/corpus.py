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
from plansite.catalogue import Catalogue
from plansite.folder import FILES, SOURCE
from plansite.model import Plan
from plansite.vocabulary import Level, Region

from . import regions, wording

MARK = "（合成数据，仅供测速）"
RECORD = "corpus.json"  # tells a folder that was made here
_LINKED = ("docs", "overrides", "scripts")
# Places that the plans name beside their own, those above, below and each other's.
_ELSEWHERE = ("成渝", "川渝", "成都", "四川", "渝", "资府")
_PARAGRAPH = re.compile(r"- id: (\S+)\.p\d+\n  lines: (\d+)\n  text: .*\n")


class Refusal(Exception):
    """The folder is not one to write to; the message is for staff."""


def short(name: str) -> str:
    return re.sub(r"[省市区县]$", "", name)


@dataclass
class Base:
    """A real plan, cut at all that may differ."""

    plan: Plan
    chain: list[Region]
    title: str  # what of the title is marked: the name of the place and what follows up to 规划
    elsewhere: list[str]
    cuts: dict[str, wording.Cut]
    free: set[str]
    numbers: set[str]
    runs: list[list[tuple[int, int]]]  # of paragraphs that may change places: (line of text.yml, line of source.txt), both from 0

    @classmethod
    def read(cls, catalogue: Catalogue, plan: Plan, folder: Path) -> "Base":
        chain = catalogue.vocabulary.chain(plan.region)
        texts = {name: path.read_bytes().decode(plan.source.encoding if name == SOURCE else "utf-8") for name in (*FILES, SOURCE) if (path := folder / name).exists()}
        own = {form for region in chain for form in (region.name, short(region.name))}
        others = {catalogue.region(other).name for other in catalogue.plans} | {one.name for one in catalogue.vocabulary.regions.values() if one.parent == plan.region}
        elsewhere = {form for name in others for form in (name, short(name))} - own
        place = chain[-1].name
        title = place + re.match("[^规]*规划", plan.title.value.partition(place)[2])[0]
        names = {*own, *elsewhere, *_ELSEWHERE, plan.region, title}
        cuts = {name: wording.Cut(text, names, name == SOURCE) for name, text in texts.items()}
        # A figure's value is sought from the start of its quote: a number before it must not come to contain it.
        before = {number for figure in plan.figures for number in wording.numbers(figure.quote.partition(figure.value)[0]) if len(number) > len(figure.value)}
        return cls(plan, chain, title, sorted(elsewhere), cuts, *wording.free_numbers(texts.values(), before), _runs(texts["text.yml"], plan))

    def write(self, folder: Path, region: Region, above: list[Region], rng: random.Random, names: list[str]) -> None:
        """The plan of `region` made from this one; `above` are the regions over it, the nearest last."""
        words = wording.exchanged(rng) | wording.renumbered(rng, self.free, self.numbers)
        for name in self.elsewhere:
            words[name] = short(rng.choice(names)) + (name[-1] if short(name) != name else "")
        sign = above[0].name[2]
        words |= {"成渝": f"成{sign}", "川渝": f"川{sign}", "渝": sign, "成都": short(rng.choice(names)), "四川": above[0].name[:-1], "资府": "合成府"}
        for old, new in zip(reversed(self.chain), (region, *reversed(above)), strict=False):
            words |= {old.name: new.name, short(old.name): short(new.name)}
        words |= {self.plan.region: region.code, self.title: self.title.replace(self.chain[-1].name, region.name + MARK)}
        meaning = {token: wording.fitted(token, words[key]) for cut in self.cuts.values() for token in cut.tokens if (key := wording.squeezed(token)) in words}
        texts = {name: cut.read(meaning) for name, cut in self.cuts.items()}
        texts["text.yml"], texts[SOURCE] = self._shuffled(texts["text.yml"], texts[SOURCE], rng)
        source = texts[SOURCE].encode(self.plan.source.encoding)
        texts["plan.yml"] = texts["plan.yml"].replace(self.plan.source.sha256, hashlib.sha256(source).hexdigest())
        folder.mkdir(parents=True)
        for name, text in texts.items():
            (folder / name).write_bytes(source if name == SOURCE else text.encode())

    def _shuffled(self, text: str, source: str, rng: random.Random) -> tuple[str, str]:
        """Both with their paragraphs in another order; each keeps its id, and has the line where it stands now."""
        data, lines = text.split("\n"), source.split("\n")
        for run in self.runs:
            order = rng.sample(run, len(run))
            kept = [(data[at], data[at + 2], lines[line]) for at, line in order]
            for (at, line), (id, words, whole) in zip(run, kept, strict=True):
                data[at], data[at + 2], lines[line] = id, words, whole
        return "\n".join(data), "\n".join(lines)


def _runs(text: str, plan: Plan) -> list[list[tuple[int, int]]]:
    """Paragraphs one behind the other under one heading, each a whole source line that nothing else names by its number."""
    named = {number for thing in (*plan.errata, *plan.furniture) for run in (thing.lines if isinstance(thing.lines, tuple) else (thing.lines,)) for number in range(run.first, run.last + 1)}
    found = []
    for match in _PARAGRAPH.finditer(text):
        if int(match[2]) not in named:
            found.append((match[1], match.start(), match.end(), text.count("\n", 0, match.start()), int(match[2]) - 1))
    runs: list[list[tuple[int, int]]] = []
    before = None
    for heading, start, end, at, line in found:
        if (heading, start) != before:
            runs.append([])
        runs[-1].append((at, line))
        before = heading, end
    return [run for run in runs if len(run) > 1]


def make(root: Path, target: Path, number: int, seed: int, say=lambda done: None) -> None:
    """Write `number` plans and all that belongs to a project to `target`. The same words make the same bytes.

    `say` is told from time to time how many are done. Raises Refusal.
    """
    invented = regions.regions()
    by_code = {region.code: region for region in invented}
    groups = regions.clusters(invented)
    most = sum(map(len, groups))
    if not 1 <= number <= most:
        raise Refusal(f"规划的份数要在 1 到 {most} 之间。")
    _clear(root, target)
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
    data = target / "data"
    for path in sorted((root / "data").rglob("*")):
        if path.is_file() and "plans" not in path.relative_to(root).parts and path.name != "pairs.yml":
            copy = target / path.relative_to(root)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (data / "regions.yml").write_text(regions.registry(invented), encoding="utf-8")
    (data / "vocabulary" / "synonyms.txt").write_text(words.text(), encoding="utf-8")
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
    (target / RECORD).write_text(json.dumps({"synthetic": True}) + "\n", encoding="utf-8")


def _link(path: Path, link: Path) -> None:
    try:
        link.symlink_to(path.resolve(), target_is_directory=True)
    except OSError:  # Windows asks for a right that few have
        shutil.copytree(path, link)


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
            if not words or not words[1:] and words[0] not in self._missing:
                yield line
            elif left:
                yield " ".join([words[0], *left])


def _words(line: str) -> list[str]:
    return line.partition("#")[0].split()
