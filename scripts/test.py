"""What a contributor runs: every test. Sets itself up; words behind it go to pytest."""

import os
import shutil
import subprocess
import sys

import environment

# Programs that tests need, with the Debian packages that bring them.
PROGRAMS = {"java": ["default-jre-headless"], "npm": ["nodejs", "npm"], "chromium": ["chromium", "fonts-noto-cjk"]}
CHECKER = environment.ROOT / "tests" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


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
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            sys.exit(f"That failed. Run it by hand: {words}")


def checker() -> None:
    """The Nu HTML checker, at its locked version."""
    if CHECKER.exists():
        return
    print("Installing the Nu HTML checker ...", flush=True)
    command = [shutil.which("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    if subprocess.run(command, cwd=environment.ROOT / "tests", check=False).returncode:
        sys.exit("npm ci in tests/ failed. Is the npm registry within reach?")


def main() -> int:
    programs()
    checker()
    lint = subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "."], cwd=environment.ROOT, check=False).returncode
    tests = subprocess.run([sys.executable, "-m", "pytest", "-q", *sys.argv[1:]], cwd=environment.ROOT, check=False).returncode
    return tests or lint


if __name__ == "__main__":
    environment.enter("requirements.lock", "requirements-test.lock")
    sys.exit(main())
