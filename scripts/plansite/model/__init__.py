"""A plan as it stands: parts, blocks and rows with the source lines that they came from."""

from .claims import WORDED, Duty, Figure, FigureKind, Mapped, Mapping, Offer, Plain, Role, SetAside, Unmapped
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
    "PARTS", "WORDED", "Absence", "Block", "Box", "Certainty", "Column", "Duty", "Element", "Entry", "Erratum", "Fact", "Figure", "FigureKind",
    "Furniture", "Group", "Heading", "Indicator", "Item", "LegalBasis", "Lines", "Mapped", "Mapping", "Match", "Mention", "Offer", "Paragraph", "Period",
    "Plain", "Plan", "Quantity", "Remark", "Role", "Row", "SetAside", "Source", "Status", "Table", "Task", "Unmapped", "join_words", "ordinal", "squeeze",
]
