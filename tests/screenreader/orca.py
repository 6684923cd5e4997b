"""The screen reader Orca in a private, invisible desktop, and the words it speaks.

    with Orca() as orca:
        orca.open("https://example.org/")   # ["载入 Example Domain 完成。", ...]
        orca.press("h", "h")                # what is spoken at the next two headings

Nothing is heard: speech goes to Speech Dispatcher's dummy module, and Orca's debug file says what was spoken. Everything
runs in a D-Bus session, a display, a home and a runtime folder of its own, and ends with it.

Orca speaks its own words (标题, 链接, 表格) in Chinese by LANGUAGE alone; no locale has to be generated for that.

Silence is when the debug file has not grown for a while: Orca writes every event there, so it also tells that Orca is
still at work. What depends on time or on the browser's window rather than on the page is left out:
- all before the announcement that the page is loaded (the window, 正在载入, the document's role);
- the same again after it, where the browser was late to say so (NOISE).
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

# What is needed: programs, with the Debian packages that bring them. Lines break where fonts-noto-cjk makes them.
PROGRAMS = {
    "orca": "orca", "speech-dispatcher": "speech-dispatcher", "Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon", "chromium": "chromium", "setpriv": "util-linux",
}
CHROMIUM = [
    "chromium", "--no-sandbox", "--disable-gpu", "--force-renderer-accessibility", "--no-first-run", "--no-default-browser-check",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
    "--window-position=0,0", "--window-size=1280,900",
]
# Chinese is the reader's language: else Chromium offers to translate the page, aloud. Every link is unvisited: when Chromium
# notes a visit depends on time.
PREFERENCES = '{"intl": {"accept_languages": "zh-CN,zh"}, "translate": {"enabled": false}, "history": {"saving_disabled": true}}'
# Orca reads this at its start. A page is not read to its end unasked, keys are not named, the log is complete at any time.
# Reading on goes from one utterance to the next without Speech Dispatcher: the dummy module now and then forgets to say
# that it has come to the end of one, and Orca waits for ever.
CUSTOMIZATIONS = """
from gi.repository import GLib
from orca import debug, settings, speech

debug.debugLevel = debug.LEVEL_INFO
debug.debugFile.reconfigure(line_buffering=True)
settings.sayAllOnLoad = False
settings.enableKeyEcho = False

def say_all(utterances, progress):
    def step():
        for context, _voice in utterances:
            debug.println(debug.LEVEL_INFO, f"SPEECH OUTPUT: '{context.utterance}'", True)
            context.currentOffset = context.endOffset
            progress(context, context.COMPLETED)
            return True
        debug.println(debug.LEVEL_INFO, "END OF SAY ALL", True)
        return False
    GLib.idle_add(step)

speech.sayAll = say_all
"""
SPEECHD = 'AudioOutputMethod "alsa"\nDefaultModule dummy\nAddModule "dummy" "sd_dummy" ""\n'
# No key of the window manager's: by default it takes Alt+Shift+Down, which is Orca's for the cell below.
OPENBOX = '<openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard/></openbox_config>'

SPOKEN = re.compile(r"^[\d:.]+ - SPEECH OUTPUT: '(.*?)'(?: voice=\w+)? ?(?:[\[{][^\n]*)?$", re.DOTALL | re.MULTILINE)
LOADED = re.compile(r"载入 .+ 完成。")
NOISE = re.compile(r"框架\.?$|网页文档\.?$|^正在载入，请稍候。$")


class Orca:
    """A screen reader that can be asked what it says."""

    quiet = 0.4  # seconds without a word or an event that count as silence
    patience = 20.0  # seconds after which waiting ends with an error

    def __enter__(self) -> "Orca":
        self.home = Path(tempfile.mkdtemp(prefix="orca-"))
        self.running: list[subprocess.Popen] = []
        self.browser: subprocess.Popen | None = None
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End all that was started here, also what D-Bus and Chromium started for it."""
        for process in reversed(self._started()):
            _end(process)
        for pid in self._left():
            _kill(pid)
        shutil.rmtree(self.home, ignore_errors=True)

    def open(self, url: str) -> list[str]:
        """Open a page in a browser of its own; what is spoken from 'loaded' on."""
        self.close()
        profile = Path(tempfile.mkdtemp(dir=self.home))
        (profile / "Default").mkdir()
        (profile / "Default" / "Preferences").write_text(PREFERENCES, encoding="utf-8")
        start = self._size()
        self.browser = self._run(*CHROMIUM, f"--app={url}", f"--user-data-dir={profile}")
        return self._loaded(start)

    def close(self) -> None:
        """Close the browser and wait until Orca has noticed."""
        if self.browser:
            _end(self.browser)
            self.browser = None
            self._settle()

    def press(self, *keys: str, loads: bool = False) -> list[str]:
        """Press keys, named as by X (h, Tab, shift+alt+Down); what is spoken after them. `loads`: the last one opens a page."""
        spoken = []
        for number, key in enumerate(keys, 1):
            start = self._size()
            subprocess.run(["xdotool", "key", key], env=self.environment, check=True)
            self._until(lambda start=start: "KEY_RELEASED_EVENT" in self._log(start), f"Orca got the key {key}")
            if loads and number == len(keys):
                spoken += self._loaded(start)
            else:
                self._settle()
                spoken += said(self._log(start))
        return spoken

    def say_all(self) -> list[str]:
        """Read on from here to the page's end."""
        start = self._size()
        subprocess.run(["xdotool", "key", "KP_Add"], env=self.environment, check=True)
        self._until(lambda: "END OF SAY ALL" in self._log(start), "Orca had read to the end", 90)
        self._settle()
        return said(self._log(start))

    def _start(self) -> None:
        """The display, the session, the speech server, the window manager, Orca: each when the one before it is there."""
        runtime = self.home / "run"
        runtime.mkdir(mode=0o700)
        for name, text in {
            "speechd/speechd.conf": SPEECHD, "openbox.xml": OPENBOX, "prefs/orca-customizations.py": CUSTOMIZATIONS,
            ".asoundrc": "pcm.!default { type null }\nctl.!default { type null }\n",
            "bin/pgrep": "#!/bin/sh\nexit 1\n",  # Orca asks it for others of its kind, and would not start beside one
        }.items():
            path = self.home / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            path.chmod(0o700)
        self.log = self.home / "orca.log"
        self.environment = {
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}", "HOME": str(self.home), "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8", "LANGUAGE": "zh_CN:zh", "ACCESSIBILITY_ENABLED": "1",
        }
        self.environment["DISPLAY"] = f":{self._answer('Xvfb', '-displayfd', '{}', '-screen', '0', '1280x900x24', '-nolisten', 'tcp')}"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._answer("dbus-daemon", "--session", "--nofork", "--print-address={}")
        self.running.append(self._run("openbox", "--config-file", str(self.home / "openbox.xml")))
        self.running.append(self._run("speech-dispatcher", "-s", "-t", "0", "-C", str(self.home / "speechd")))
        self._until((runtime / "speech-dispatcher" / "speechd.sock").exists, "Speech Dispatcher listened")
        self.running.append(self._run("orca", f"--debug-file={self.log}", f"--user-prefs={self.home / 'prefs'}", "--disable=braille"))
        self._until(lambda: "Starting registry" in self._log(0), "Orca had started")
        self._settle()

    def _run(self, *command: str, **options: object) -> subprocess.Popen:
        """Start a program in a process group of its own that ends when this process does, even when it is killed."""
        with open(self.home / "output.txt", "ab") as output:
            return subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *command], env=self.environment, start_new_session=True, cwd=self.home,
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options,
            )

    def _answer(self, *command: str) -> str:
        """Start a server that writes where it is to be found to the file descriptor put for {}."""
        reader, writer = os.pipe()
        self.running.append(self._run(*(word.format(writer) for word in command), pass_fds=[writer]))
        os.close(writer)
        with open(reader, encoding="utf-8") as pipe:
            return pipe.readline().strip()

    def _started(self) -> list[subprocess.Popen]:
        return [*self.running, *([self.browser] if self.browser else [])]

    def _left(self) -> list[int]:
        """Processes that have this desktop's runtime folder in their environment."""
        mark = f"XDG_RUNTIME_DIR={self.home / 'run'}".encode()
        found = []
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
            except OSError:  # ended meanwhile, or another user's
                continue
        return found

    def _size(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0

    def _log(self, start: int) -> str:
        if not self.log.exists():
            return ""
        with open(self.log, "rb") as log:
            log.seek(start)
            return log.read().decode("utf-8", "replace")

    def _loaded(self, start: int) -> list[str]:
        """Wait for a page; what is spoken from the announcement that it is there."""
        self._until(lambda: LOADED.search(self._log(start)), "the page was loaded")
        self._settle()
        return said(self._log(start))

    def _settle(self) -> None:
        """Wait for silence."""
        members = self._left()
        size, since, end = self._size(), time.monotonic(), time.monotonic() + self.patience
        while time.monotonic() < min(since + self.quiet, end):
            time.sleep(0.03)
            if self._size() != size or any(map(_works, members)):
                size, since = self._size(), time.monotonic()

    def _until(self, happened, what: str, patience: float = 0) -> None:
        end = time.monotonic() + (patience or self.patience)
        while not happened():
            ended = [process.args[3] for process in self._started() if process.poll() is not None]
            if ended or time.monotonic() > end:
                reason = f"{', '.join(ended)} ended" if ended else "waited in vain"
                raise TimeoutError(f"{reason} before {what}; Orca's log ends:\n{self._log(max(0, self._size() - 2000))}")
            time.sleep(0.03)


def said(log: str) -> list[str]:
    """The utterances of a log, from the last page load in it on, without noise."""
    words = [_tidy(found) for found in SPOKEN.findall(log)]
    loads = [number for number, utterance in enumerate(words) if LOADED.fullmatch(utterance)]
    return [utterance for utterance in words[loads[-1] if loads else 0 :] if utterance and not NOISE.search(utterance)]


def _tidy(utterance: str) -> str:
    return " ".join(utterance.split())


def _end(process: subprocess.Popen) -> None:
    """End a process, kindly or not, and what is left of its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(3)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _works(pid: int) -> bool:
    """Whether a process runs or waits for the processor."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "R"
    except OSError:
        return False


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
