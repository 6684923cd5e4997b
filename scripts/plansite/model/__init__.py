"""A plan as it stands: parts, blocks and rows with the source lines that they came from."""

from .elements import (
    Block,
    Box,
    Column,
    Element,
    Entry,
    Group,
    Heading,
    Indicator,
    Item,
    Lines,
    Match,
    Mention,
    Paragraph,
    Row,
    Table,
    Task,
)
from .notes import Certainty, Erratum, Furniture, Remark
from .plan import PARTS, Fact, LegalBasis, Period, Plan, Source, Status
from .quantity import Absence, Quantity
from .texts import join_words, ordinal, squeeze

__all__ = [
    "PARTS", "Absence", "Block", "Box", "Certainty", "Column", "Element", "Entry", "Erratum", "Fact", "Furniture", "Group", "Heading",
    "Indicator", "Item", "LegalBasis", "Lines", "Match", "Mention", "Paragraph", "Period", "Plan", "Quantity", "Remark", "Row", "Source",
    "Status", "Table", "Task", "join_words", "ordinal", "squeeze",
]
