"""Many plans to search: on shelves that stay, in sets that tell which of them has what, by names that people know."""

import base64
import gzip
import json
import random
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy
import pytest
from conftest import ROOT
from country import country, indexed, spread, without_plans

from plansite import search
from plansite.derived import Derived
from plansite.model import Paragraph
from plansite.pinyin import Pinyin
from plansite.problems import Stop
from plansite.search import gazetteer
from plansite.search.concordance import ALONE, MEAN, WEIGHTS, Concordance
from plansite.search.digits import ALPHABET, digits
from plansite.search.documents import Document, of_plan
from plansite.search.index import shelf
from plansite.search.national import National, Part, part, shard
from plansite.search.shelves import MOST, shelves
from plansite.search.text import flat, tokens
from plansite.search.words import Words
from plansite.vocabulary import Level

PLANS = 60


@pytest.fixture(scope="module")
def registry(catalogue):
    return list(catalogue.vocabulary.regions.values())


@pytest.fixture(scope="module")
def readings():
    return Pinyin({}).readings


@pytest.fixture(scope="module")
def site(catalogue):
    return without_plans(catalogue)


@pytest.fixture(scope="module")
def made(catalogue, site, readings) -> dict[str, str]:
    """The files of a country of 60 plans."""
    return indexed(spread(catalogue, PLANS), site, ROOT, readings)


# --- shelves ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, MOST, MOST + 1, 60, 700, 3214])
def test_shelves_hold_all_in_order(number, registry):
    """Each region with a plan once, in administrative order; none is empty or too full; names are addresses."""
    having = {region.code for region in random.Random(number).sample(registry, number)}
    kept = shelves(registry, having)
    assert [region.code for one in kept for region in one.regions] == sorted(having)
    assert all(1 <= len(one.regions) <= MOST for one in kept) and len({one.name for one in kept}) == len(kept)
    assert (len(kept) == 1) == (number <= MOST) and len(kept) <= max(1, number // 3)


def test_a_full_country_has_shelves_within_provinces(registry):
    kept = shelves(registry, {region.code for region in registry if region.code[:2] < "71"})
    assert all(len({region.code[:2] for region in one.regions}) == 1 for one in kept)
    assert sum(len(one.regions) for one in kept) / len(kept) >= 10


def test_a_new_plan_changes_its_own_shelf_alone(registry):
    draw = random.Random(7)
    codes = draw.sample([region.code for region in registry], 900)
    kept = shelves(registry, set(codes[:500]))
    for at in range(500, 900, 20):
        before, kept = kept, shelves(registry, set(codes[: at + 20]))
        new = set(codes[at : at + 20])
        old = {one.name: one for one in before}
        for one in kept:  # the same as before, or one that a new plan came to or parted
            assert one == old.get(one.name) or new & {region.code for region in one.regions} or any(
                {region.code for region in one.regions} < {region.code for region in other.regions} for other in before)


# --- sets ---------------------------------------------------------------------------------------------


def decoded(text: str, plans: int) -> set[int]:
    """As the browser reads a set."""
    if text.startswith("="):
        bits = base64.b64decode(text[1:])
        return {plan for plan in range(plans) if bits[plan >> 3] >> (plan & 7) & 1}
    found, at, number = set(), -1, 0
    for character in text:
        number = number << 5 | ALPHABET.index(character) & 31
        if ALPHABET.index(character) < 32:
            at += number + 1
            found.add(at)
            number = 0
    return found


def lines(files: dict[str, str]) -> dict[int, dict[str, str]]:
    """Shard to token to set."""
    found = {}
    for text in files.values():
        number, value = json.loads("[" + re.fullmatch(r"searchSets\((.*)\);\n", text, re.S)[1] + "]")
        found[number] = dict(line.split(" ") for line in value.split("\n") if line)
    return found


def test_digits():
    for number in (0, 1, 31, 32, 33, 1023, 1024, 40_000, 1 << 29):
        assert decoded(digits(number), 0) == {number}


@pytest.mark.parametrize("seed", range(4))
def test_what_is_written_of_a_set_is_the_set(seed):
    """Sets of every density over shelves of every size; each token in the shard that its characters give."""
    draw = random.Random(seed)
    sizes = [draw.randint(1, MOST) for _ in range(draw.choice([1, 3, 40, 300]))]
    sets = {chr(0x4E00 + number) * 2: {plan for plan in range(sum(sizes)) if draw.random() < share} for number, share in enumerate([0, 0.001, 0.01, 0.05, 0.08, 0.09, 0.5, 0.99, 1] * 5)}
    parts, first = [], 0
    for size in sizes:
        here = {token: sum(1 << plan - first for plan in plans if first <= plan < first + size) for token, plans in sets.items()}
        parts.append(Part(size, {token: plans for token, plans in here.items() if plans}, ()))
        first += size
    national = National.of(parts)
    written = lines(national.files())
    assert len(written).bit_count() == 1
    for token, plans in sets.items():
        assert decoded(written[shard(token, len(written))].get(token, ""), first) == plans
        assert national.plans(token) == sum(1 << plan for plan in plans)


def test_a_part_tells_which_plans_have_a_token_or_word(catalogue):
    plans = [of_plan(catalogue, plan) for plan in catalogue.current]
    words = ["无障碍改造", "喘息服务", "殡葬", "没有的词", "村（居）委会", "盲人证"]
    of = part(Concordance.of([one for documents in plans for one in documents]), [len(documents) for documents in plans], Words(words))

    def having(word: str) -> int:
        """By looking through all texts."""
        return sum(1 << at for at, documents in enumerate(plans) if any(word in flat(text) for one in documents for text in (one.title, one.text, one.plain)))

    for token in ["残疾", "殡葬", "盲", "12385", "无障碍改造", "喘息服务"]:
        assert of.sets[token] == having(token), token
    assert of.sets["盲人"] & of.sets["人证"] and having("盲人证") == 0  # its pairs of characters are there, but it is not
    assert "没有的词" not in of.sets and "盲人证" not in of.sets
    assert {"无障碍改造", "喘息服务", "殡葬", "村（居）委会"} <= set(of.written) and not {"没有的词", "盲人证"} & set(of.written)


def test_a_word_that_no_plan_writes_is_refused(catalogue, site, readings, tmp_path):
    """By the words that the shelves leave, without any text."""
    (tmp_path / "data" / "vocabulary").mkdir(parents=True)
    (tmp_path / "data" / "vocabulary" / "synonyms.txt").write_text("自闭症 孤独症\n火箭 火箭燃料\n", encoding="utf-8")
    for make in (lambda: search.few(Derived(catalogue), tmp_path, readings), lambda: indexed(catalogue, site, tmp_path, readings, 2)):
        with pytest.raises(Stop) as stop:
            make()
        assert [(one.line, one.rule) for one in stop.value.problems] == [(2, "synonym")] and "火箭燃料" in stop.value.problems[0].wrong


# --- where tokens stand -------------------------------------------------------------------------------


def postings(of: Concordance) -> dict[str, list[int]]:
    return {token: found.tolist() for token, found in zip(of.tokens, numpy.split(of.postings, of.starts[1:]), strict=True)}


def counted(documents: list[Document]) -> dict[str, list[int]]:
    """The same by counting each document's tokens one by one."""
    found: dict[str, list[int]] = {}
    for number, one in enumerate(documents):
        counts: Counter[str] = Counter()
        for weight, text in zip(WEIGHTS, (one.text, one.title, one.plain) if one.kind not in ALONE else (one.text,), strict=False):
            for token in tokens(flat(text)):
                counts[token] += weight
        norm = 1.2 * (0.35 + 0.65 * (len(one.text) + 20) / MEAN)
        for token, count in counts.items():
            count *= ALONE.get(one.kind, 1)
            found.setdefault(token, []).append(8 * number + min(7, round(7 * count / (count + norm))))
    return dict(sorted(found.items()))


def test_a_concordance_is_what_counting_gives(catalogue, site):
    """In all documents of the five plans and of the site; and in text that has all that is odd: letters that join, other planes, runs of one."""
    odd = ["", "．", "%", "A．B", "e\u0301 ① ﬁ ㎡ ｶﾞ", "𠀀人𠮷人", "人", "人 人，人\u3000民", "…。·", "Ｃ＋＋ 3．5％", "\u3400\u9fff\ua000", "残\u3099疾"]
    strange = [Document(f"p{number}", None, kind, "", text, other, text) for number, text in enumerate(odd) for kind in (0, 2, 4) for other in (text, f"残疾人{text}证")]
    for documents in ([one for plan in catalogue.current for one in of_plan(catalogue, plan)], site, strange):
        assert postings(Concordance.of(documents)) == counted(documents)


def test_gaps_are_written_as_digits_whatever_their_size():
    found = {"a": [0], "b": [7, 8, 1023 << 3, (1023 << 3) + 8, 1 << 20, 1 << 40], "c": [31 << 3, 32 << 3 | 5], "d": [5 << 3, 40_000 << 3 | 1]}
    postings = numpy.array([one for some in found.values() for one in some])
    starts = numpy.cumsum([0, *(len(some) for some in found.values())])[:-1]
    gaps = [[one - ((before | 7) + 1 if before is not None else 0) for before, one in pairwise([None, *some])] for some in found.values()]
    assert Concordance(list(found), starts, postings, [], []).gaps() == ["".join(map(digits, some)) for some in gaps]


# --- what a change changes ----------------------------------------------------------------------------


def test_a_changed_plan_changes_its_shelf_and_few_sets(catalogue, site, readings):
    many = spread(catalogue, PLANS)
    before = indexed(many, site, ROOT, readings)
    plan = next(plan for plan in many.current if plan.region not in {one.region for one in catalogue.current})
    block = next(one for one in plan.blocks() if isinstance(one, Paragraph) and one.id.startswith("c3"))
    parts = {name: tuple(replace(one, text=one.text + "鹡鸰起舞。") if one.id == block.id else one for one in blocks) for name, blocks in plan.parts.items()}
    other = replace(many, folders=[replace(folder, plan=replace(plan, parts=parts)) if folder.plan is plan else folder for folder in many.folders])
    after = indexed(other, site, ROOT, readings)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    own = next(one.name for one in shelves(catalogue.vocabulary.regions.values(), {one.region for one in many.current}) if plan.region in {region.code for region in one.regions})
    assert {name for name in changed if name.startswith("plans/")} == {name for name in changed if name.startswith(f"plans/{own}/")} != set()
    rest = {name for name in changed if not name.startswith("plans/")}
    assert {name.split("/")[0] for name in rest} <= {"sets", "words.js", "characters.js", "pinyin.js"}
    assert 1 <= len([name for name in rest if name.startswith("sets/")]) <= 8  # four characters, three pairs and the one with what was last


def test_a_new_plan_leaves_the_files_of_other_shelves(catalogue, site, readings):
    many = spread(catalogue, PLANS)
    taken = {plan.region for plan in many.current}
    code = next(code for code in catalogue.vocabulary.regions if code > "51" and code not in taken)
    before, after = indexed(many, site, ROOT, readings), indexed(country(many, {code: catalogue.current[0]}), site, ROOT, readings)
    own = next(one.name for one in shelves(catalogue.vocabulary.regions.values(), taken | {code}) if code in {region.code for region in one.regions})
    changed = {name.split("/")[1] for name in before if name.startswith("plans/") and before[name] != after.get(name)}
    assert own in changed and len(changed) == 1


def test_an_impact_rests_on_its_document_alone(catalogue):
    """Whatever stands beside it on the shelf."""
    documents = [of_plan(catalogue, plan) for plan in catalogue.current]
    alone, beside = postings(Concordance.of(documents[0])), postings(Concordance.of([one for some in documents for one in some]))
    assert all(set(found) <= set(beside[token]) for token, found in alone.items())


# --- names of places ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "short"), [
    ("江津区", "江津"), ("资阳市", "资阳"), ("内蒙古自治区", "内蒙古"), ("广西壮族自治区", "广西"), ("恩施土家族苗族自治州", "恩施"), ("通道侗族自治县", "通道"), ("阿里地区", "阿里"),
    ("鄂温克族自治旗", "鄂温克"), ("积石山保安族东乡族撒拉族自治县", "积石山"), ("东乡族自治县", "东乡"), ("兴安盟", "兴安"), ("万柏林区", "万柏林"), ("神农架林区", "神农架"),
    ("浦东新区", "浦东"), ("城区", "城区"), ("乾县", "乾县"), ("塔什库尔干塔吉克自治县", "塔什库尔干"),
])
def test_short_names(name, short):
    assert gazetteer.short(name) == short


def test_no_name_is_left_without_a_word(registry):
    assert all(len(gazetteer.short(region.name)) > 1 for region in registry)


def test_names_are_told_in_the_order_of_the_plans(catalogue):
    """Provinces with prefectures and the numbers of counties; counties that lie in no prefecture behind those that do."""
    codes = {"420000", "420100", "420102", "429004", "500116", "500156", "511902", "422801"}
    regions = gazetteer.listed(catalogue.vocabulary, codes)
    wide, counties = gazetteer.names(regions, codes)
    assert wide == "湖北省|武汉市 1|恩施土家族苗族自治州=恩施- 1| 1\n重庆市- 2\n四川省-|巴中市- 1"
    assert counties == "江岸区 恩施市 仙桃市 江津区 武隆区 巴州区"
    assert gazetteer.spoken(regions)[-1] == "巴州区" and gazetteer.spoken(regions)[0] == "湖北省"


def test_all_names_of_the_country_take_little(catalogue, registry):
    codes = {region.code for region in registry}
    wide, counties = gazetteer.names(gazetteer.listed(catalogue.vocabulary, codes), codes)
    assert len(counties.split(" ")) == sum(region.level is Level.COUNTY for region in registry)
    assert len(gzip.compress(wide.encode(), 6)) <= 3_000 and len(gzip.compress(counties.encode(), 6)) <= 14_000


def test_ordinary_words_are_told_from_names(catalogue, registry):
    """A name that a tenth of the other provinces' plans write is a word; one that its own province writes is a name."""
    regions = [region for region in registry if region.code[:2] in ("23", "45", "50", "51")]
    codes = {region.code for region in regions}
    number = {region.code: at for at, region in enumerate(sorted(regions, key=lambda region: region.code))}
    sets = {"富裕": sum(1 << at for at in range(0, len(codes), 9)), "资源": (1 << len(codes)) - 1, "江津": sum(1 << at for code, at in number.items() if code[:2] == "50"), "武隆": 1}
    assert gazetteer.ordinary(sorted(regions, key=lambda region: region.code), codes, lambda token: sets.get(token, 0)) == ["富裕", "资源"]


# --- how much is sent ---------------------------------------------------------------------------------


def sent(text: str) -> int:
    return len(gzip.compress(text.encode(), 6))


def test_national_files_stay_small(made):
    assert sent(made["index.js"]) <= 3_000 and sent(made["counties.js"]) <= 3_000 and sent(made["words.js"]) <= 32_000
    sizes = sorted(sent(text) for name, text in made.items() if name.startswith("sets/"))
    assert sizes[len(sizes) // 2] <= 1_000 and sizes[-1] <= 3_000
    assert max(sent(text) for name, text in made.items() if re.fullmatch(r"(plans/.*|site)/[st]\d+.js", name)) <= 6_000


def test_files_of_a_shelf_tell_its_name(made):
    for name, text in made.items():
        if name.startswith("plans/") or name.startswith("site/"):
            assert text.endswith(f',"{name.rpartition("/")[0]}");\n'), name


def test_tokens_are_those_of_the_flat_text():
    assert tokens(flat("残疾 人ＡＰＰ、85%")) == ["残疾", "疾人", "人$", "app", "85%"]


def test_a_shelf_without_a_name_says_none(catalogue):
    documents = of_plan(catalogue, catalogue.current[0])
    assert re.match(r'searchShard\(0,"[^"]*"\);', shelf(documents, Concordance.of(documents))["s0.js"])
