"""A real plan, cut at all that may differ, from which synthetic plans are written."""

import hashlib
import random
import re
from dataclasses import dataclass
from pathlib import Path

from plansite.catalogue import Catalogue
from plansite.folder import FILES, SOURCE
from plansite.model import Plan
from plansite.vocabulary import Region

from . import wording

MARK = "（合成数据，仅供测速）"
# A paragraph of text.yml that is one line of the source: id, heading, line, text.
PARAGRAPH = re.compile(r"- id: ((\S+)\.p\d+)\n  lines: (\d+)\n  text: (.*)\n")
# Places that the plans name beside their own, those below and each other's.
_ELSEWHERE = ("成渝", "川渝", "成都", "四川", "渝", "资府")


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
        """The plan of `region` made from this one; `above` are the regions over it, the nearest last, `names` those of places elsewhere."""

        def elsewhere() -> str:
            return short(rng.choice(names))

        sign = above[0].name[2]  # how the province is written in one character
        words = wording.exchanged(rng) | wording.renumbered(rng, self.free, self.numbers)
        words |= {name: elsewhere() + name[len(short(name)) :] for name in self.elsewhere}
        words |= {"成渝": f"成{sign}", "川渝": f"川{sign}", "渝": sign, "成都": elsewhere(), "四川": short(above[0].name), "资府": "合成府"}
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
    for match in PARAGRAPH.finditer(text):
        if int(match[3]) not in named:
            found.append((match[2], match.start(), match.end(), text.count("\n", 0, match.start()), int(match[3]) - 1))
    runs: list[list[tuple[int, int]]] = []
    before = None
    for heading, start, end, at, line in found:
        if (heading, start) != before:
            runs.append([])
        runs[-1].append((at, line))
        before = heading, end
    return [run for run in runs if len(run) > 1]
