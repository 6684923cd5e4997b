"""What a contributor runs: every test. Sets itself up; words behind it go to pytest.

--record keeps the results of a whole run for the site's accessibility statement.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import environment

# Programs that tests need, with the Debian packages that bring them.
PROGRAMS = {
    "java": ["default-jre-headless"], "npm": ["nodejs", "npm"], "chromium": ["chromium", "fonts-noto-cjk"], "chromium-headless-shell": ["chromium-headless-shell"], "pdftotext": ["poppler-utils"],
    "orca": ["orca", "at-spi2-core", "speech-dispatcher"], "Xvfb": ["xvfb"], "dbus-run-session": ["dbus-x11", "dbus"], "openbox": ["openbox"],
    "xdotool": ["xdotool"],
}
# Small systems leave out translations; Orca is to speak Chinese.
CHINESE = ["-o", "Dpkg::Options::=--path-include=/usr/share/locale/zh_CN/*"]
TESTS = environment.ROOT / "tests"


def programs() -> None:
    """Install what is missing where that is possible, else say what to install."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if not missing:
        return
    packages = [package for name in missing for package in PROGRAMS[name]]
    words = f"apt-get install {' '.join(packages)}"
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        sys.exit(f"Tests need {', '.join(missing)}. On Debian or Ubuntu: {words}")
    print(f"Installing {', '.join(packages)} ...", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *CHINESE, *packages]):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            sys.exit(f"That failed. Run it by hand: {words}")


def packages() -> None:
    """The HTML checker and the accessibility engines, at their locked versions."""
    lock, done = TESTS / "package-lock.json", TESTS / "node_modules" / ".installed"
    if done.exists() and done.read_bytes() == lock.read_bytes():
        return
    print("Installing the checkers from npm ...", flush=True)
    command = [shutil.which("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    quiet = os.environ | {"PUPPETEER_SKIP_DOWNLOAD": "1"}
    if subprocess.run(command, cwd=TESTS, env=quiet, check=False).returncode:
        sys.exit("npm ci in tests/ failed. Is the npm registry within reach?")
    shutil.copyfile(lock, done)


def record(reports: list[Path]) -> None:
    """Keep the results of a whole run for the accessibility statement."""
    from plansite import cli, statement

    tools = {name: version for name, version in json.loads((TESTS / "package.json").read_text(encoding="utf-8"))["devDependencies"].items()}
    for name, command in {"Chromium": ["chromium", "--version"], "Orca": ["orca", "--version"]}.items():
        said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        tools[name] = next((word for word in said.split() if word[0].isdigit()), "")
    pages = int((environment.ROOT / ".cache" / "tested-pages").read_text(encoding="utf-8"))
    statement.write_record(environment.ROOT, reports, cli.today().isoformat(), pages, tools)


def main() -> int:
    programs()
    packages()
    words = [word for word in sys.argv[1:] if word != "--record"]
    lint = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "."], cwd=environment.ROOT, check=False).returncode
    # What listens or measures time is disturbed by what works hard: it runs after that. Listeners mostly wait, so there is one more of them.
    runs = [words] if words else [
        ["-m", "not alone and not listening", "-n", "2", "--dist", "loadgroup"], ["-m", "listening", "-n", "3", "--dist", "loadgroup"], ["-m", "alone"],
    ]
    failed, reports = 0, []
    with tempfile.TemporaryDirectory() as place:
        for number, run in enumerate(runs):
            reports.append(Path(place) / f"{number}.xml")
            command = [sys.executable, "-m", "pytest", "-q", "--durations=20", f"--junit-xml={reports[-1]}", *run]
            failed = subprocess.run(command, cwd=environment.ROOT, check=False).returncode or failed
        if "--record" in sys.argv:
            record(reports)
    return failed or lint


if __name__ == "__main__":
    environment.enter("requirements.lock", "requirements-test.lock")
    sys.exit(main())
