"""The commands of bench.py: corpus, run. Messages are for maintainers, in Chinese."""

import argparse
import math
import shutil
import sys
import tempfile
from pathlib import Path

from plansite.cli import ROOT

from . import corpus, meter, report
from .run import Run


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="bench.py", description="用合成的规划测速：要多少时间，多少内存，和别的网站生成程序比。")
    commands = top.add_subparsers(dest="command", metavar="命令", required=True)
    making = commands.add_parser("corpus", help="由真实的规划改写出许多合成的规划，可以用 build.py --root 生成")
    making.add_argument("--plans", type=int, required=True, metavar="份数", help="要多少份规划")
    making.add_argument("--to", type=Path, required=True, metavar="文件夹", help="写到哪里：项目以外的空文件夹，或者以前写的合成数据")
    running = commands.add_parser("run", help="生成合成的规划，测每一步，最后列成表")
    running.add_argument("--plans", type=int, nargs="+", default=[50, 200, 800, 3200], metavar="份数", help="测几种规模，默认 50 200 800 3200")
    running.add_argument("--material", type=int, nargs="*", default=[25, 50], metavar="份数",
                         help="哪几种规模测 Material，默认 25 50；别的规模由最大的两种估算。50 份要几分钟、2 GB 硬盘，200 份要一小时、20 GB 以上")
    running.add_argument("--work", type=Path, metavar="文件夹", help="在哪里放合成的数据和网站，默认放在临时文件夹；测完删掉")
    running.add_argument("--json", type=Path, metavar="文件", help="把结果写成 JSON")
    running.add_argument("--seconds", type=float, default=7200, metavar="秒", help="一步最多多久，超过就停，记为失败，默认 7200")
    running.add_argument("--memory", type=float, metavar="GB", help="一步最多多少内存，超过就停，记为失败，默认是本机内存的八成")
    for command in (making, running):
        command.add_argument("--seed", type=int, default=1, metavar="数", help="随机数的种子，默认 1；种子一样，写出的字节一样")
    return top


def make(arguments) -> int:
    def say(done: int) -> None:
        if done % 100 == 0 or done == arguments.plans:
            print(f"\r合成规划 {done}/{arguments.plans}", end="", flush=True)

    corpus.make(ROOT, arguments.to, arguments.plans, arguments.seed, say)
    print(f"\n写好了，在 {arguments.to}。全部是合成的，只用来测速。\n生成网站：python3 scripts/build.py build --root {arguments.to.resolve()}")
    return 0


def run(arguments) -> int:
    if arguments.work:
        arguments.work.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="plansite-bench-", dir=arguments.work))
    memory = arguments.memory * 2**30 if arguments.memory else (report.machine()["memory"] or math.inf) * 0.8

    def keep(steps: list[report.Step]) -> None:
        if arguments.json:
            report.write(arguments.json, steps, arguments.seed)

    going = Run(ROOT, work, arguments.seed, meter.Limits(arguments.seconds, memory), keep)
    try:
        for plans in sorted({*arguments.plans, *arguments.material}):
            going.size(plans, plans in arguments.material)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(f"\n{report.table(going.steps)}")
    return 1 if any(step.cost.failed for step in going.steps if step.program == report.OURS) else 0


def main(words: list[str]) -> int:
    arguments = parser().parse_args(words)
    try:
        return {"corpus": make, "run": run}[arguments.command](arguments)
    except corpus.Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已停止。", file=sys.stderr)
        return 130
