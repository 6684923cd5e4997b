"""Who has to do what: every task, clause and box in which an agency leads, joins or is named."""

from dataclasses import dataclass

from . import prose
from .catalogue import Catalogue
from .compare import place_of
from .model import Plan, Role
from .vocabulary import Agency

ORDER = (Role.LEADS, Role.RESPONSIBLE, Role.JOINS, Role.NAMED)


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
    def sentence(self) -> str:
        return f"{self.place}，{self.role.words}，写作“{self.written}”：“{self.text}”（{self.where}）{self.note or ''}"


@dataclass(frozen=True)
class Record:
    """All parts of one agency, by district in administrative order, leading first."""

    agency: Agency
    parts: tuple[Part, ...]

    def of(self, plan: Plan, *roles: Role) -> list[Part]:
        return [part for part in self.parts if part.plan is plan and (not roles or part.role in roles)]

    def count(self, role: Role) -> int:
        return sum(part.role is role for part in self.parts)

    @property
    def names(self) -> list[str]:
        """How plans write it."""
        return list(dict.fromkeys(part.written for part in self.parts))

    @property
    def plans(self) -> list[Plan]:
        return list({part.plan.id: part.plan for part in self.parts}.values())

    @property
    def summary(self) -> list[str]:
        """One sentence a district: "江津区：牵头或主办 5 项，责任单位 9 项。" """
        found = []
        for plan in self.plans:
            parts = self.of(plan)
            counts = [(role, sum(part.role is role for part in parts)) for role in ORDER]
            found.append(f"{parts[0].place}：{'，'.join(f'{role.words} {number} 处' for role, number in counts if number)}。")
        return found


def records(catalogue: Catalogue) -> list[Record]:
    """All agencies that some current plan names, in the order of the registry."""
    found: dict[str, list[Part]] = {}
    for plan in catalogue.current:
        parts = [*_in_tables(catalogue, plan), *_in_text(catalogue, plan)]
        for id, part in sorted(parts, key=lambda entry: ORDER.index(entry[1].role)):
            found.setdefault(id, []).append(part)
    return [Record(agency, tuple(found[id])) for id, agency in catalogue.vocabulary.agencies.items() if id in found]


def _in_tables(catalogue: Catalogue, plan: Plan):
    place = catalogue.label(plan)
    topics = {one.at: catalogue.vocabulary.tasks[one.concept].topic for one in plan.task_mapping.found} if plan.task_mapping else {}
    for task in plan.tasks:
        text = prose.reading(plan, task, task.text)
        for role, parties in ((Role.LEADS, catalogue.lead(plan, task)), (Role.RESPONSIBLE, catalogue.responsible(plan, task))):
            for party in parties:
                for agency in filter(None, (party.agency, party.also)):
                    yield agency.id, Part(plan, place, role, party.written, text, task.id, place_of(plan, task.id), topics.get(task.id), True)


def _in_text(catalogue: Catalogue, plan: Plan):
    place = catalogue.label(plan)
    for duty in plan.duties:
        topic = catalogue.topic_at(plan, duty.at)
        yield duty.agency, Part(plan, place, duty.role, duty.written, duty.quote, duty.at, place_of(plan, duty.at), topic, False, duty.note)

