"""The model: what is computed from verbatim texts."""

import pytest

from plansite.model import Absence, Box, Group, Heading, Item, Lines, Quantity, join_words, ordinal, squeeze
from plansite.vocabulary import Agency, Level, Party, Region, Vocabulary, split_agencies
from plansite.words import count, day, size

HERE = Lines(1, 1)


@pytest.mark.parametrize(
    ("raw", "op", "value", "text", "words"),
    [
        ("100", "=", 100, None, "100%"),
        ("＞90", ">", 90, None, "高于 90%"),
        (">95", ">", 95, None, "高于 95%"),
        ("≥60", ">=", 60, None, "不低于 60%"),
        ("＜5", "<", 5, None, "低于 5%"),
        ("97.5", "=", 97.5, None, "97.5%"),
        ("94%", "=", 94, None, "94%"),
        ("不低于85%", ">=", 85, None, "不低于 85%"),
        ("300 户", "=", 300, None, "300 户"),
        ("应改尽改", None, None, "应改尽改", "应改尽改"),
        ("与地区生产总值增长基本同步", None, None, "与地区生产总值增长基本同步", "与地区生产总值增长基本同步"),
    ],
)
def test_quantity(raw, op, value, text, words):
    quantity = Quantity.parse(raw)
    assert (quantity.raw, quantity.op, quantity.value, quantity.text) == (raw, op, value, text)
    assert quantity.words("%") == words


def test_a_dash_is_an_absence_in_words():
    assert Quantity.parse("——").absence is Absence.NOT_QUANTIFIED
    assert Quantity.parse("——").words("%") == "提到，未定数"


def test_units_that_are_words_keep_a_space():
    assert Quantity.parse("2000").words("人") == "2000 人"
    assert Quantity.parse("2000").words(None) == "2000"


@pytest.mark.parametrize(
    ("written", "number"),
    [("专栏 10：", 10), ("1．", 1), ("（三）", 3), ("(十二)", 12), ("第二十一章", 21), ("十、", 10), ("二十", 20), (None, None), ("附件", None)],
)
def test_ordinal(written, number):
    assert ordinal(written) == number


def test_level_is_told_by_the_id():
    assert [Heading(id, HERE, "题").level for id in ("c3", "c3.s1", "c3.s1.u2", "c3.s1.u2.v1")] == [1, 2, 3, 4]


def test_a_heading_keeps_its_stop_and_is_shown_without():
    heading = Heading("c3.s1.u1", HERE, "巩固成果。", "1．")
    assert heading.text_as_read == "1．巩固成果。"
    assert heading.label == "1．巩固成果"
    assert Heading("c1", HERE, "编制背景", "第一章").label == "第一章　编制背景"


def test_groups_stand_before_their_items_and_empty_ones_last():
    groups = tuple(Group(f"box1.g{n}", HERE, f"组{n}") for n in (1, 2, 3))
    items = (Item("box1.g1.i1", HERE, "甲", group="box1.g1"), Item("box1.g2.i1", HERE, "乙", group="box1.g2"))
    box = Box("box1", HERE, "专栏1", "题", groups=groups, items=items)
    assert [part.id for part in box.contents()] == ["box1.g1", "box1.g1.i1", "box1.g2", "box1.g2.i1", "box1.g3"]
    assert [(group.id if group else None, len(run)) for group, run in box.grouped()] == [("box1.g1", 1), ("box1.g2", 1), ("box1.g3", 0)]


def test_words_join_with_a_space_only_between_latin():
    assert join_words(["每年", "2000元"]) == "每年2000元"
    assert join_words(["APP", "2020"]) == "APP 2020"
    assert squeeze("比例达 ⏎ 98%\u3000") == "比例达98%"


def test_agencies_are_parted_outside_brackets():
    assert list(split_agencies("区农业农村委（区乡村振兴局）、区残联,各镇（街道）")) == ["区农业农村委（区乡村振兴局）", "区残联", "各镇（街道）"]


def test_agencies_are_looked_up_and_never_guessed():
    agencies = {
        "civil": Agency("civil", "民政部门", "…", ("{}民政局",)),
        "farm": Agency("farm", "农业农村部门", "…", ("{}农业农村委",)),
        "village": Agency("village", "乡村振兴部门", "…", ("{}乡村振兴局",)),
        "bank": Agency("bank", "人民银行", "…", ("人行{}中心支行",)),
    }
    region = Region("500113", "巴南区", "banan", Level.COUNTY)
    names = Vocabulary({}, {}, {}, agencies).agency_names(region)
    assert Party.resolve("巴南区民政局", names).agency.id == "civil"
    assert Party.resolve("区民政局", names).agency.id == "civil"
    assert Party.resolve("人行巴南中心支行", names).agency.id == "bank"
    assert Party.resolve("江津区民政局", names).agency is None
    assert Party.resolve("区民政", names).agency is None
    double = Party.resolve("区农业农村委（区乡村振兴局）", names)
    assert (double.agency.id, double.also.id) == ("farm", "village")


def test_words():
    assert [count(n) for n in (1, 2, 5, 10, 11, 20, 35, 120)] == ["一", "两", "五", "十", "十一", "二十", "三十五", " 120 "]
    assert day("2022-06-08") == "2022年6月8日"
    assert (size(500), size(2048)) == ("500 字节", "2 KB")
