"""Pinyin: readings of texts, and the words whose readings are given."""

import gzip
import random
import re
import shutil
from pathlib import Path

import pytest
from browsing import opened
from pypinyin import Style, lazy_pinyin

from plansite.formats.readings import pinyin_files
from plansite.load import load
from plansite.pinyin import CHARACTERS, WORDS, Pinyin

ROOT = Path(__file__).resolve().parent.parent
READER = "districts/jiangjin/2021-2025/chapter-3.html"
# What the page's own reader says of texts: for each character its syllable or null.
READ = """async texts => {
  await plansite.load(document.getElementById('main').getAttribute('data-pinyin'));
  const found = await plansite.readings(texts);
  return texts.map((text, i) => { let at = 0; return Array.from(text, one => { at += one.length; return found[i][at - one.length] || null; }); });
}"""
# The text nodes of pages that offer pinyin.
TEXTS = """pages => [...new Set(pages.flatMap(html => {
  const main = new DOMParser().parseFromString(html, 'text/html').getElementById('main'), walker = document.createTreeWalker(main, 4), found = [];
  while (walker.nextNode()) found.push(walker.currentNode.data);
  return found;
}))]"""
SOURCES = sorted((ROOT / "data" / "plans").glob("*/source.txt"))


@pytest.fixture(scope="module")
def words():
    return load(ROOT / "data" / "vocabulary" / "pinyin.yml", ROOT)


@pytest.fixture(scope="module")
def pinyin(words):
    return Pinyin(words)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name)
def test_every_character_has_one_entry(pinyin, source):
    text = re.sub(r"\s", "", source.read_text("utf-8"))
    readings = pinyin.readings(text)
    assert len(readings) == len(text)
    assert all((reading is not None) == ("\u4e00" <= char <= "\u9fff") for char, reading in zip(text, readings, strict=True))


@pytest.mark.parametrize("text", ["", "，。（）——", "2021-2025 APP\n", "αβ％①"])
def test_only_han_is_read(pinyin, text):
    assert pinyin.readings(text) == [None] * len(text)


def test_digits_and_spaces_keep_their_places(pinyin):
    assert pinyin.readings("达到98%以上 APP") == ["dá", "dào", None, None, None, "yǐ", "shàng", None, None, None, None]


def test_characters_unknown_to_the_dictionary_keep_the_others_in_step(pinyin):
    assert pinyin.readings("中\U0003134a\U0003134b国") == ["zhōng", None, None, "guó"]


def test_given_readings_win():
    assert Pinyin({}).readings("残疾人参加") == ["cán", "jí", "rén", "shēn", "jiā"]
    assert Pinyin({"参加": "cān jiā"}).readings("残疾人参加") == ["cán", "jí", "rén", "cān", "jiā"]


def test_the_longest_word_decides_then_the_later():
    assert Pinyin({"银行": "a b", "行": "c"}).readings("银行行") == ["a", "b", "c"]
    assert Pinyin({"甲乙": "a b", "乙丙": "c d"}).readings("甲乙丙") == ["a", "c", "d"]


def test_a_given_word_leaves_the_context_of_its_neighbours():
    assert Pinyin({"行": "x"}).readings("银行长期") == ["yín", "x", "cháng", "qī"]


def test_a_given_word_may_hold_digits():
    assert Pinyin({"7行": "háng"}).readings("第27行") == ["dì", None, None, "háng"]


@pytest.mark.parametrize("reading", ["chóng", "chóng qìng shì", ""])
def test_a_word_needs_as_many_syllables_as_characters(reading):
    with pytest.raises(ValueError, match="重庆"):
        Pinyin({"重庆": reading})


def test_the_given_words_are_written_right(words):
    assert not words.repeated
    # One vowel group in each syllable, at most one tone mark.
    syllable = re.compile(r"[b-df-hj-np-tv-z]{0,2}[aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,3}(n|ng|r)?")
    for word, reading in words.items():
        for part in reading.split():
            assert syllable.fullmatch(part), (word, part)
            assert len(re.findall("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", part)) <= 1, (word, part)


@pytest.mark.parametrize(
    ("sentence", "word", "reading"),
    [
        # Places
        ("重庆市巴南区人民政府", "重庆市巴南区", "chóng qìng shì bā nán qū"),
        ("发挥江津区残疾人康复服务中心示范带动作用", "江津", "jiāng jīn"),
        ("充分发挥石蟆、白沙等已建成的失能残疾人集中供养中心", "石蟆、白沙", "shí má bái shā"),
        ("切实保障和改善武隆区残疾人民生", "武隆", "wǔ lóng"),
        ("《吉林市昌邑区国民经济和社会发展", "吉林市昌邑区", "jí lín shì chāng yì qū"),
        ("资阳市人民政府关于印发", "资阳市", "zī yáng shì"),
        ("安岳县残疾人康复中心、托养中心", "安岳县", "ān yuè xiàn"),
        ("与泸州、雅安等地残联组织建立", "泸州、雅安", "lú zhōu yǎ ān"),
        ("与成都温江区等残联", "成都温江区", "chéng dū wēn jiāng qū"),
        ("参加四川省第十届残运会", "四川省", "sì chuān shěng"),
        # Words that the dictionary joins across their borders
        ("组织残疾人参加各级各类全民健身活动", "残疾人参加", "cán jí rén cān jiā"),
        ("鼓励残疾人参与文化艺术创作", "残疾人参与", "cán jí rén cān yù"),
        ("三、四级困难残疾人参保个人缴费", "参保", "cān bǎo"),
        ("民政部门将符合条件的残疾人", "部门将", "bù mén jiāng"),
        ("社会福利彩票公益金发展残疾人事业", "公益金发展", "gōng yì jīn fā zhǎn"),
        ("区公安分局", "公安分局", "gōng ān fēn jú"),
        ("家庭生活等各方面平等权利得到更好实现", "权利得到", "quán lì dé dào"),
        ("贫困残疾人家庭实施了无障碍改造", "实施了无障碍", "shí shī le wú zhàng ài"),
        ("加强对重大项目的评估监督", "项目的", "xiàng mù de"),
        ("各地要依据本规划制定当地“十四五”残疾人保障", "制定当地", "zhì dìng dāng dì"),
        ("残联组织改革和服务创新", "和服务", "hé fú wù"),
        # Characters with several readings
        ("困难残疾人生活补贴和重度残疾人护理补贴", "重度", "zhòng dù"),
        ("精准康复、残疾人就业为重点，以改革创新为动力", "就业为重点", "jiù yè wéi zhòng diǎn"),
        ("优先保障重度残疾、多重残疾", "多重残疾", "duō chóng cán jí"),
        ("残疾人纳入特困救助供养", "供养", "gōng yǎng"),
        ("为残疾人提供就业咨询", "提供", "tí gōng"),
        ("做到应保尽保、应兜尽兜", "应保尽保、应兜尽兜", "yīng bǎo jìn bǎo yīng dōu jìn dōu"),
        ("用人单位应当为残疾职工提供适合其身心特点的劳动条件", "应当为", "yīng dāng wèi"),
        ("与经济社会发展水平相适应", "相适应", "xiāng shì yìng"),
        ("将残疾人列为优先保护、救助对象", "列为", "liè wéi"),
        ("将残疾人作为重点人群纳入", "作为", "zuò wéi"),
        ("成为全面建成小康社会", "成为", "chéng wéi"),
        ("增强基层为残疾人服务的能力", "为残疾人服务", "wèi cán jí rén fú wù"),
        ("坚持以人民为中心", "为中心", "wéi zhōng xīn"),
        ("健全以区残联为骨干", "为骨干", "wéi gǔ gàn"),
        ("开发适合残疾人就业或为残疾人服务的新职业", "或为残疾人", "huò wèi cán jí rén"),
        ("全心全意为人民服务根本宗旨", "为人民服务", "wèi rén mín fú wù"),
        ("侵害残疾人合法权益的违法犯罪行为", "违法犯罪行为", "wéi fǎ fàn zuì xíng wéi"),
        ("规范盲人按摩行业发展", "行业", "háng yè"),
        ("落实残疾预防行动计划", "行动", "xíng dòng"),
        ("区融媒体中心、人行巴南中心支行", "人行巴南中心支行", "rén háng bā nán zhōng xīn zhī háng"),
        ("对规划实施情况进行动态监测", "进行动态", "jìn xíng dòng tài"),
        ("区残工委成员单位率先安排残疾人就业", "率先", "shuài xiān"),
        ("义务教育入学率", "入学率", "rù xué lǜ"),
        ("动态调整机制", "调整", "tiáo zhěng"),
        ("需求和服务供给调查统计", "供给调查", "gōng jǐ diào chá"),
        ("组织协调各方面资源", "协调", "xié tiáo"),
        ("生活垃圾处置优惠补贴", "处置", "chǔ zhì"),
        ("应急处突等能力", "应急处突", "yìng jí chǔ tū"),
        ("重点任务落到实处", "实处", "shí chù"),
        ("送教上门的长效机制", "长效", "cháng xiào"),
        ("残疾人家庭人均收入年均增长", "增长", "zēng zhǎng"),
        ("残疾人服务大数据建设", "大数据", "dà shù jù"),
        ("居家电子商务等新就业形式", "电子", "diàn zǐ"),
        ("残疾人种养业大户", "种养", "zhòng yǎng"),
        ("提供集中照护、日间照料", "照护", "zhào hù"),
        ("农村残疾人占比高分布散", "分布散", "fēn bù sǎn"),
        ("推广开展脊髓损伤者“希望之家”", "脊髓", "jǐ suǐ"),
        ("推动残疾人啦啦操运动", "啦啦操", "lā lā cāo"),
        ("看一场电影", "一场电影", "yī chǎng diàn yǐng"),
        ("自信地融入社会", "自信地", "zì xìn de"),
        ("生活无着流浪乞讨残疾人", "无着", "wú zhuó"),
        ("残疾人事业还面临着一些问题", "面临着", "miàn lín zhe"),
        ("残疾儿童少年", "少年", "shào nián"),
        ("困难残疾人急难救助", "困难残疾人急难", "kùn nan cán jí rén jí nàn"),
        ("部分丧失劳动能力", "部分丧失", "bù fen sàng shī"),
        ("同梦、同行、同心", "同行", "tóng xíng"),
        ("正文（317行）和专栏5（331行）", "317行", "háng"),
        ("一个也不能少", "一个也不能", "yī gè yě bù néng"),
        ("不断完善托养服务体系和补贴制度", "不断完善", "bù duàn wán shàn"),
        ("具有一定规模的残疾人就业帮扶基地", "一定", "yī dìng"),
        ("乐至县残疾人", "乐至县", "lè zhì xiàn"),
    ],
)
def test_readings_in_the_plans(pinyin, sentence, word, reading):
    at = sentence.index(word)
    found = pinyin.readings(sentence)[at : at + len(word)]
    assert " ".join(syllable for syllable in found if syllable) == reading


# --- the dictionary that pages load --------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(browser, site):
    made = opened(browser, site, READER)
    yield made
    made.context.close()


def compared(page, pinyin, texts: list[str]) -> list[tuple]:
    """Where the page's reader and Pinyin differ: (text, place, what the page says, what is right)."""
    return [
        (text, place, said, right)
        for text, read in zip(texts, page.evaluate(READ, texts), strict=True)
        for place, (said, right) in enumerate(zip(read, pinyin.readings(text), strict=True)) if said != right
    ]


def test_the_dictionary_is_read_as_pypinyin_reads_it():
    for source in SOURCES:
        for text in re.findall("[\u4e00-\u9fff]+", re.sub(r"\s", "", source.read_text("utf-8"))):
            assert Pinyin({}).readings(text) == lazy_pinyin(text, style=Style.TONE), text


def test_a_page_reads_its_text_as_we_do(page, pinyin, site):
    pages = [html for path in sorted(site.rglob("*.html")) if " data-pinyin=" in (html := path.read_text("utf-8"))]
    assert len(pages) > 30
    texts = page.evaluate(TEXTS, pages)
    assert sum(map(len, texts)) > 100_000
    assert compared(page, pinyin, texts) == []


def test_a_page_reads_any_text_as_we_do(page, pinyin, words):
    """Every character and every word, and words and characters that stand together by chance."""
    chance = random.Random(0)
    parts = [*WORDS, *words, *"一不为行的了地，。7 \n"]
    texts = ["".join(chance.choice(parts) for _ in range(12)) for _ in range(10_000)]
    rare = sorted(CHARACTERS)
    texts += ["".join(chance.choice(rare) for _ in range(20)) for _ in range(1_000)] + list(WORDS) + list(words)
    texts += ["".join(rare), "".join(chr(code) for code in range(0x20, 0xD800)), "甲\U0003134a乙\U000e0100丙", "７行，7行", "不以为", "为保障，", ""]
    assert compared(page, pinyin, texts) == []


def test_the_dictionary_is_the_same_for_any_plans(site, tmp_path):
    """Its files and their bytes hang on pypinyin and the given words alone."""
    (tmp_path / "data" / "vocabulary").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "vocabulary" / "pinyin.yml", tmp_path / "data" / "vocabulary")
    made = pinyin_files(tmp_path)
    assert {path.relative_to(site).as_posix(): path.read_bytes() for path in (site / "assets" / "pinyin").iterdir()} == made
    assert len(made) == 4
    beside = {path.relative_to(site).as_posix() for path in site.rglob("*pinyin*") if path.is_file()} - set(made)
    assert beside == {"assets/pinyin.js", "assets/search/pinyin.js"}, "no page has a file of its own"


def test_a_common_text_takes_one_table(browser, site):
    """Rarer characters are asked for only where a text has them."""
    page = opened(browser, site, READER)
    page.requested.clear()
    page.evaluate(READ, ["残疾人康复服务，二〇二一年"])
    first = [Path(url.removeprefix("file://")) for url in page.requested]
    assert [path.relative_to(site / "assets").as_posix() for path in first] == ["pinyin.js", "pinyin/1.js"]
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in first) < 160_000
    page.evaluate("texts => plansite.readings(texts)", ["璧山区"])
    page.evaluate("texts => plansite.readings(texts)", ["石蟆镇、綦江区"])
    assert [url.rpartition("/")[2] for url in page.requested[2:]] == ["2.js"]
    page.context.close()
