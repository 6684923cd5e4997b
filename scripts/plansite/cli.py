"""The commands of build.py: build (the default), check, import, prepare, serve. Messages are for staff."""

import argparse
import os
import re
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from . import catalogue as catalogues
from .assembly import Assembly
from .problems import Problem, Stop, report, sound, total
from .shell import Site

ROOT = Path(__file__).resolve().parents[2]


class _Parser(argparse.ArgumentParser):
    def error(self, message):
        print(f"命令写得不对：{message}\n\n{self.format_help()}", file=sys.stderr)
        raise SystemExit(2)


def parser() -> argparse.ArgumentParser:
    top = _Parser(prog="build.py", description="规划阅览室：检查数据，生成网站。", add_help=True)
    commands = top.add_subparsers(dest="command", metavar="命令", parser_class=_Parser)
    build = commands.add_parser("build", help="检查数据并生成网站到 site/（不写命令时就做这个）")
    build.add_argument("--site", type=Path, default=None, help="生成到别的文件夹")
    commands.add_parser("check", help="只检查数据，列出全部问题")
    prepare = commands.add_parser("prepare", help="只做一个地方的网页，留在 .cache/ 里，以后合成整个网站（几台机器分着做）")
    prepare.add_argument("--only", action="append", required=True, metavar="地方", help="一个省、市或区县，例如 四川省；可以写几次")
    serve = commands.add_parser("serve", help="在本机预览，改了数据或模板会自动刷新")
    serve.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    serve.add_argument("--only", action="append", default=[], metavar="地方", help="只预览一个省、市或区县，例如 四川省；可以写几次")
    importing = commands.add_parser("import", help="把一份规划的文本导入成草稿")
    importing.add_argument("file", type=Path, help="规划全文的文本文件")
    importing.add_argument("--region", required=True, help="六位行政区划代码，例如 500116")
    importing.add_argument("--period", required=True, help="规划期，例如 2021-2025")
    for command in (build, prepare, serve, importing, commands.choices["check"]):
        command.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return top


def today() -> date:
    """The build's date: SOURCE_DATE_EPOCH where it is set, so that a build can be repeated."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else date.today()


def told(found: Iterator[Problem]) -> list[Problem]:
    """All problems; each is printed as soon as it is found."""
    seen: dict[Problem, None] = {}
    for problem in found:
        if problem not in seen:
            seen[problem] = None
            print(problem, flush=True)
    return list(seen)


def check(arguments) -> int:
    with Assembly(arguments.root, today()) as assembly:
        problems = told(assembly.check())
    print(total(problems))
    return 0 if sound(problems) else 1


def import_plan(arguments) -> int:
    from .importer import write

    root = arguments.root
    catalogue = catalogues.read(root, today())
    region = catalogue.vocabulary.regions.get(arguments.region)
    if region is None:
        raise Stop(
            Problem(f"--region {arguments.region}", 0, "region", "没有这个行政区划代码。", "在 data/regions.yml 里按地名查六位代码。")
        )
    period = re.fullmatch(r"(20\d\d)[-—–－](20\d\d)", arguments.period)
    if not period or int(period[1]) > int(period[2]):
        raise Stop(Problem(f"--period {arguments.period}", 0, "period", "规划期写法不对。", "写成“开始年-结束年”，例如 2021-2025。"))
    folder, doubts = write.write(arguments.file, region, int(period[1]), int(period[2]), root, catalogue.vocabulary)
    place = folder.relative_to(root).as_posix()
    print(f"导入完成：{region.name}，草稿在 {place}/。")
    print(f"拿不准的有 {len(doubts)} 处，写在 {place}/{write.REPORT}。请对着 source.txt 逐条核对。")
    print("改好以后运行：python3 scripts/build.py check")
    return 0


def build(arguments) -> int:
    from . import publish

    with Assembly(arguments.root, today(), Site.read(arguments.root)) as assembly, publish.Publication(assembly, arguments.site) as publication:
        problems = told(assembly.check())
        if sound(problems):
            problems += told(assembly.finish())
        if problems:
            print(total(problems))
        if not sound(problems):
            print("数据有错误，没有生成网站；原来的 site/ 没有动。")
            return 1
        return publication.publish()


def prepare(arguments) -> int:
    with Assembly(arguments.root, today(), Site.read(arguments.root), arguments.only, part=True) as assembly:
        problems = told(assembly.check())
    if problems:
        print(total(problems))
    if not sound(problems):
        return 1
    print(f"做好了 {len(assembly.places)} 个地区，在 .cache/districts 和 .cache/checked。把它们放到一起，再运行 build.py build。")
    return 0


def serve(arguments) -> int:
    from . import publish

    if arguments.only:
        Assembly(arguments.root, today(), only=arguments.only)  # says so if there is no such place
    return publish.serve(arguments.root, arguments.port, arguments.only)


_COMMANDS = {"build": build, "check": check, "prepare": prepare, "import": import_plan, "serve": serve}


def main(words: list[str]) -> int:
    """Run one command; every failure that staff can cause is told in Chinese, without a traceback."""
    if not words or (words[0].startswith("-") and words[0] not in ("-h", "--help")):
        words = ["build", *words]
    arguments = parser().parse_args(words)
    try:
        return _COMMANDS[arguments.command](arguments)
    except Stop as stop:
        print(report(stop.problems), file=sys.stderr)
        return 1
    except Exception:
        # Staff can't mend the program; what maintainers need goes to a file.
        log = arguments.root / ".cache" / "error.txt"
        log.parent.mkdir(exist_ok=True)
        log.write_text(traceback.format_exc(), encoding="utf-8")
        print(f"程序自己出了错，不是数据的问题；没有改动任何数据。请把 {log} 这个文件交给维护人员。", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return 130
