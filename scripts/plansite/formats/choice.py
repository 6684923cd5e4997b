"""What the chooser needs: every cell of indicators, measures and tasks, as a script, so that it works from a file too."""

from .. import places
from ..derived import Derived
from ..measures import Stance
from ..vocabulary import written
from .calls import call
from .table import cell_words


def script(derived: Derived) -> str:
    """One call: choiceData({plans, kinds}). Cells are in the order of the plans: [words, text, where, link]."""
    return call("choiceData", data(derived))


def data(derived: Derived) -> dict:
    catalogue = derived.catalogue
    at = {plan.id: places.PlanPlaces(plan, catalogue.region(plan)) for plan in catalogue.current}

    def evidence(plan, text, id, where) -> list:
        return [text, where, at[plan.id].element(id)]

    def stance(one: Stance) -> list:
        words = [one.words] if not one.statements else [task_words(one) if overview.kind == "tasks" else said(one)]
        first = one.statements[0] if one.statements else None
        return words + (evidence(one.plan, first.text, first.at, first.place) if first else [])

    indicators = [
        {
            "id": c.concept.id, "name": c.concept.name, "topic": c.concept.topic, "url": places.indicator(c.concept),
            "cells": [[cell_words(cell)] + (evidence(cell.plan, cell.evidence.quote, cell.evidence.at, cell.evidence.place) if cell.evidence else []) for cell in c.cells],
        }
        for c in derived.indicators
    ]
    kinds = {"indicators": indicators}
    for kind, overviews in (("measures", derived.measures), ("tasks", derived.tasks)):
        kinds[kind] = []
        for overview in overviews:
            concept = overview.concept
            told = {one.plan.id: stance(one) for one in overview.stances}
            cells = [told.get(plan.id, ["规划没有任务分工表"]) for plan in catalogue.current]
            kinds[kind].append({"id": concept.id, "name": concept.name, "topic": concept.topic, "url": places.concept(kind, concept), "cells": cells})
    plans = [{"id": catalogue.region(plan).slug, "name": catalogue.label(plan), "url": places.district(catalogue.region(plan))} for plan in catalogue.current]
    return {"plans": plans, "kinds": kinds}


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
