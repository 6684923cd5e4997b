"""Text as it is looked up: flat, and cut into tokens. The browser does the same with a query."""

import re
import unicodedata
from collections.abc import Iterable
from operator import add

END = "$"  # stands behind the last character of a run, so that a single character is complete
HAN, LAST_HAN = "\u3400", "\u9fff"
_LETTERS = r"[a-z0-9.%]+"
WORDS = re.compile(_LETTERS)
_RUN = re.compile(rf"[{HAN}-{LAST_HAN}]+|{_LETTERS}")


def normal(text: str) -> str:
    """Full width to half width, capitals to small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def flat(text: str) -> str:
    """Normal, without white space: within a text it does not part what stands around it."""
    return "".join(normal(text).split())


def tokens(text: str) -> list[str]:
    """Bigrams of Han characters; words of letters and digits whole. The text is flat."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if run[0] < HAN:
            found.append(word(run))
        else:
            found += map(add, run, run[1:] + END)
    return found


def word(run: str) -> str:
    """The token of a run of letters and digits: a stop that ends a sentence is no part of it."""
    return run.strip(".")


def bare(found: Iterable[str]) -> list[str]:
    """Tokens without the marks of the ends of runs."""
    return [token for token in found if not token.endswith(END)]
