"""What the chooser needs: every cell of a plan for indicators, measures and tasks, as a script, so that it works from a file too."""

from .. import compare, measures
from ..catalogue import Catalogue
from ..measures import Overview, Stance
from ..model import Plan
from ..places import PlanPlaces
from ..vocabulary import written
from .calls import call
from .gazetteer import names
from .table import cell_words


def script(catalogue: Catalogue, plan: Plan) -> str:
    """One call: choiceOf(slug, names, cells). Names: short, whole. Cells by kind and id of the concept, in the order of the tables: [words, text, where, link]."""
    region = catalogue.region(plan)
    return call("choiceOf", region.slug, names(catalogue, plan), cells(catalogue, plan))


def cells(catalogue: Catalogue, plan: Plan) -> dict[str, dict[str, list]]:
    at = PlanPlaces(plan, catalogue.region(plan))

    def evidence(text: str, id: str, where: str) -> list:
        return [text, where, at.element(id)]

    def stance(overview: Overview) -> list:
        if not overview.stances:
            return ["规划没有任务分工表"]
        one = overview.stances[0]
        if not one.statements:
            return [one.words]
        first = one.statements[0]
        return [task_words(one) if overview.kind == "tasks" else said(one), *evidence(first.text, first.at, first.place)]

    found = {"indicators": {}}
    for comparison in compare.indicators(catalogue, [plan]):
        cell = comparison.cells[0]
        found["indicators"][comparison.concept.id] = [cell_words(cell), *(evidence(cell.evidence.quote, cell.evidence.at, cell.evidence.place) if cell.evidence else ())]
    for kind, made in (("measures", measures.measures), ("tasks", measures.tasks)):
        found[kind] = {overview.concept.id: stance(overview) for overview in made(catalogue, [plan])}
    return found


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
