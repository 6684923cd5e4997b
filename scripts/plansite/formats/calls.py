"""Data as a script: a call of a function that the page defines, so that it can be read from a file where fetch may not."""

import orjson


def call(name: str, *values) -> str:
    return f"{name}({orjson.dumps(values)[1:-1].decode()});\n"
