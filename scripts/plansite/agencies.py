"""Who has to do what: every task, clause and box in which an agency leads, joins or is named."""

import re
from collections import Counter
from dataclasses import dataclass

from . import prose
from .catalogue import Catalogue
from .compare import place_of
from .model import Duty, Plan, Role
from .vocabulary import Agency

_URGED = re.compile(r"鼓励|推动|支持|引导|推进")
WORDS = ("牵头单位", "责任单位", "由它做", "鼓励、推动它做", "配合或参与", "提到")


@dataclass(frozen=True)
class Part:
    """One thing in which an agency takes part. `written` is its name as the plan writes it, `table` tells a row of the table of tasks."""

    plan: Plan
    place: str
    role: Role
    written: str
    text: str
    at: str
    where: str
    topic: str | None
    table: bool
    note: str | None = None

    @property
    def words(self) -> str:
        """What it has to do. Only the table of tasks says who leads; running text says who does it, or is urged to."""
        return "牵头单位" if self.table and self.role is Role.LEADS else _words(self.role, self.text)

    @property
    def sentence(self) -> str:
        return f"{self.place}，{self.words}，写作“{self.written}”。{self.note or ''}原文在{self.where}：“{self.text}”"


def _words(role: Role, text: str) -> str:
    return "鼓励、推动它做" if role is Role.LEADS and _URGED.search(text) else role.words


def duty_words(duty: Duty) -> str:
    """What a body that running text names has to do there."""
    return _words(duty.role, duty.quote)


@dataclass(frozen=True)
class Record:
    """All parts of one agency, by district in administrative order, leading first."""

    agency: Agency
    parts: tuple[Part, ...]

    def of(self, plan: Plan) -> list[Part]:
        return [part for part in self.parts if part.plan is plan]

    @property
    def names(self) -> list[str]:
        """How plans write it."""
        return list(dict.fromkeys(part.written for part in self.parts))

    @property
    def plans(self) -> list[Plan]:
        return list({part.plan.id: part.plan for part in self.parts}.values())

    @property
    def summary(self) -> list[str]:
        """One sentence a district: "江津区：牵头单位 5 处，责任单位 9 处。" """
        found = []
        for plan in self.plans:
            parts = self.of(plan)
            counts = Counter(part.words for part in parts)
            found.append(f"{parts[0].place}：{'，'.join(f'{words} {counts[words]} 处' for words in WORDS if words in counts)}。")
        return found


def records(catalogue: Catalogue) -> list[Record]:
    """All agencies that some current plan names, in the order of the registry."""
    found: dict[str, list[Part]] = {}
    for plan in catalogue.current:
        parts = [*_in_tables(catalogue, plan), *_in_text(catalogue, plan)]
        for id, part in sorted(parts, key=lambda entry: WORDS.index(entry[1].words)):
            found.setdefault(id, []).append(part)
    return [Record(agency, tuple(found[id])) for id, agency in catalogue.vocabulary.agencies.items() if id in found]


def _in_tables(catalogue: Catalogue, plan: Plan):
    place = catalogue.label(plan)
    topics = {one.at: catalogue.vocabulary.tasks[one.concept].topic for one in plan.task_mapping.found} if plan.task_mapping else {}
    for task in plan.tasks:
        text, where = prose.reading(plan, task, task.text), place_of(plan, task.id)
        for role, parties in ((Role.LEADS, catalogue.lead(plan, task)), (Role.RESPONSIBLE, catalogue.responsible(plan, task))):
            for party in parties:
                for agency in filter(None, (party.agency, party.also)):
                    yield agency.id, Part(plan, place, role, party.written, text, task.id, where, topics.get(task.id), True)


def _in_text(catalogue: Catalogue, plan: Plan):
    place = catalogue.label(plan)
    for duty in plan.duties:
        topic = catalogue.topic_at(plan, duty.at)
        yield duty.agency, Part(plan, place, duty.role, duty.written, duty.quote, duty.at, place_of(plan, duty.at), topic, False, duty.note)
