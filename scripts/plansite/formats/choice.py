"""What the chooser needs: every cell of a plan for indicators, measures and tasks, as a script, so that it works from a file too."""

from ..derived import Derived
from ..measures import Overview, Stance, Statement
from ..vocabulary import written
from .calls import call
from .gazetteer import names
from .table import cell_words

NO_TASKS = "规划没有任务分工表"


def script(derived: Derived) -> str:
    """One call for the one current plan: choiceOf(slug, names, cells). Names: short, whole. Cells by kind and id of the concept, in the order of the tables:
    [words, text, where, link]."""
    catalogue = derived.catalogue
    (plan,) = catalogue.current
    return call("choiceOf", catalogue.region(plan).slug, names(catalogue, plan), cells(derived))


def cells(derived: Derived) -> dict[str, dict[str, list]]:
    (plan,) = derived.catalogue.current
    at = derived.catalogue.at(plan)

    def evidence(text: str, id: str, where: str) -> list:
        return [text, where, at.element(id)]

    found = {"indicators": {}}
    for comparison in derived.indicators:
        cell = comparison.cells[0]
        found["indicators"][comparison.concept.id] = [cell_words(cell), *(evidence(cell.evidence.quote, cell.evidence.at, cell.evidence.place) if cell.evidence else ())]
    for kind, overviews in (("measures", derived.measures), ("tasks", derived.tasks)):
        found[kind] = {}
        for overview in overviews:
            words, first = stated(overview)
            found[kind][overview.concept.id] = [words, *(evidence(first.text, first.at, first.place) if first else ())]
    return found


def stated(overview: Overview) -> tuple[str, Statement | None]:
    """What an overview of one plan says in a few words, and the first statement that says it."""
    if not overview.stances:
        return NO_TASKS, None
    (stance,) = overview.stances
    if not stance.statements:
        return stance.words, None
    return task_words(stance) if overview.kind == "tasks" else said(stance), stance.statements[0]


def said(stance: Stance) -> str:
    """The words of the table's cell, with what differs."""
    best = next(one for one in stance.statements if one.words == stance.words)
    return stance.words + (f"（{best.note.rstrip('。')}）" if best.note else "")


def task_words(stance: Stance) -> str:
    near = "" if stance.same else "有差别。"
    return near + "；".join(
        f"牵头：{written(one.lead) or '没有写'}。责任：{written(one.responsible) or '没有写'}"
        for one in stance.statements
    )
