"""One matter over many plans: counted for a province, summed up for the nation. For catalogues too large to show all words on one page."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from . import places
from .cards import Said
from .vocabulary import Concept, Vocabulary


class Tally(NamedTuple):
    """How many plans there are and how many say what. `least` and `most` are the ends of the numbers that may be compared."""

    plans: int = 0
    stated: int = 0
    near: int = 0
    least: tuple[float, bool, str] | None = None
    most: tuple[float, bool, str] | None = None

    def __add__(self, other: "Tally") -> "Tally":
        ends = sorted(end for end in (self.least, self.most, other.least, other.most) if end)
        return Tally(
            self.plans + other.plans, self.stated + other.stated, self.near + other.near,
            ends[0] if ends else None, ends[-1] if ends else None,
        )

    @property
    def lacking(self) -> int:
        return self.plans - self.stated - self.near


def tally(said: Iterable[Said | None]) -> Tally:
    plans = stated = near = 0
    ends = []
    for one in said:
        plans += 1
        if one:
            stated += one.stated
            near += one.near
            if one.number:
                ends.append(one.number)
    return Tally(plans, stated, near, min(ends, default=None), max(ends, default=None))


@dataclass(frozen=True)
class Matter:
    """A thing that is surveyed: an entry of a registry."""

    id: str
    name: str
    definition: str
    url: str
    topic: str | None = None
    caution: str | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of matter with the words for what plans say of it. `index` is the page that lists its matters; None if there is but one."""

    id: str
    name: str
    lead: str
    index: str | None
    section: str
    column: str
    stated: str
    near: str | None
    lacks: str
    absent: str
    of: Callable[[Vocabulary], Iterator[Matter]]

    def matters(self, vocabulary: Vocabulary) -> list[Matter]:
        return list(self.of(vocabulary))

    def sentence(self, tally: Tally, where: str) -> str:
        """四川省 183 份规划里，写了的 120 份，没有写的 63 份。"""
        said = [(self.stated, tally.stated), (self.near, tally.near), (self.lacks, tally.lacking)]
        parts = [f"{words}的 {number} 份" for words, number in said if words and number]
        ends = f"能直接比的，数值从 {tally.least[2]}到 {tally.most[2]}。" if tally.least and tally.least != tally.most else ""
        return f"{where} {tally.plans} 份规划里，{'，'.join(parts)}。{ends}"


def _concepts(registry: str, url: Callable[[Concept], str]):
    def of(vocabulary: Vocabulary) -> Iterator[Matter]:
        for one in getattr(vocabulary, registry).values():
            yield Matter(one.id, one.name, one.definition, url(one), getattr(one, "topic", None), getattr(one, "caution", None))

    return of


KINDS = (
    Kind("indicators", "主要指标", "同一项指标，各地到规划期末的目标。", places.COMPARE, "compare", "目标", "定了目标", "定了、口径不同", "没有定", "没有提到", _concepts("indicators", places.indicator)),
    Kind("measures", "专栏项目", "同一种做法，哪里写了，哪里没有。", places.MEASURES, "compare", "有没有", "写了", "写了相近内容", "没有写", "没有提到", _concepts("measures", lambda one: places.concept("measures", one))),
    Kind("tasks", "任务分工", "同一件事，各地由谁牵头、谁负责。", places.TASKS, "compare", "谁来做", "任务分工表里有", "有相近内容", "没有", "没有", _concepts("tasks", lambda one: places.concept("tasks", one))),
    Kind("agencies", "单位", "一个单位在各地要做多少件事。", places.AGENCIES, "compare", "做什么", "写到", None, "没有写到", "没有写到", _concepts("agencies", places.agency)),
    Kind("topics", "主题", "按主题看：各地规划的哪些章节、哪些专栏在说这件事。", places.TOPICS, "topics", "在哪里", "有单独的一节或专栏", None, "没有", "没有单独的一节或专栏", _concepts("topics", places.topic)),
    Kind("figures", "数字承诺", "指标表以外，规划答应做到的数。", None, "compare", "多少个", "有数字承诺", None, "没有", "没有", lambda _: iter([Matter("", "数字承诺", "指标表以外，规划答应做到的数。点一个地方，看每一个数和它的原文。", places.FIGURES)])),
)
