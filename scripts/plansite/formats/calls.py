"""Data as a script: a call of a function that the page defines, so that it can be read from a file where fetch may not."""

import json


def call(name: str, *values) -> str:
    return f"{name}({','.join(json.dumps(value, ensure_ascii=False, separators=(',', ':')) for value in values)});\n"
