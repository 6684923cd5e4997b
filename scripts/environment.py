"""Set up .venv with exactly the locked packages, and run a command in it. Standard library only."""

from __future__ import annotations  # so that an old Python gets as far as being told

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)


def enter(*locks: str) -> None:
    """Go on in the project's environment: set it up if need be, run this script there, and exit.

    Returns only inside that environment. `locks` are lock files below the root.
    """
    if sys.version_info < OLDEST:
        sys.exit(f"需要 Python 3.11 或更新的版本，这里是 {sys.version.split()[0]}。请到 python.org 下载安装。")
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not be UTF-8; a message must never fail for that.
        stream.reconfigure(encoding="utf-8", errors="replace")
    set_up(locks)
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    environment = os.environ | {"PYTHONUTF8": "1"}
    sys.exit(subprocess.run([str(PYTHON), *sys.argv], env=environment, check=False).returncode)


def set_up(locks: tuple[str, ...]) -> None:
    """Install what the locks name, once for each state of the locks."""
    files = [ROOT / lock for lock in locks]
    mark = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    done = VENV / f".installed-{'-'.join(file.stem for file in files)}"
    if PYTHON.exists() and done.exists() and done.read_text() == mark:
        return
    print("第一次运行，正在准备环境，大约一分钟，需要联网……", flush=True)
    if not PYTHON.exists():
        print("（1/2）建立 .venv", flush=True)
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            sys.exit("建立 .venv 失败。Debian 或 Ubuntu 上先运行：apt-get install python3-venv")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    total = 0
    for file in files:
        command += ["-r", str(file)]
        total += sum("==" in line for line in file.read_text(encoding="utf-8").splitlines())
    said, got = [], 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace") as pip:
        for line in pip.stdout:
            said.append(line)
            if line.startswith(("Collecting ", "Processing ", "Requirement already satisfied")):
                got += 1
                print(f"\r（2/2）安装软件包 {min(got, total)}/{total}", end="", flush=True)
    print(f"\r（2/2）安装软件包 {total}/{total}")
    if pip.returncode:
        print("".join(said[-15:]), file=sys.stderr)
        sys.exit("安装软件包失败，上面是安装程序的话。请检查网络（要能连上 pypi.org 或单位的镜像），再运行一次。")
    done.write_text(mark)
    print("环境准备好了。", flush=True)
