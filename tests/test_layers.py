"""The architecture: who may import whom."""

import ast
from pathlib import Path

from conftest import ROOT

SCRIPTS = ROOT / "scripts"
# From the bottom up: a module imports from its own row and the rows above it in this list.
LAYERS = [
    {"problems", "words", "pinyin", "audit", "segment", "fingerprint", "pool", "sitemap", "simple_yaml", "links", "formats.calls"},
    {"model.texts", "model.quantity", "cache"},
    {"model.elements"},
    {"model.notes", "model.claims"},
    {"model.plan"},
    {"model", "vocabulary"},
    {"load", "source", "prose", "align", "provinces", "districts", "places", "terms"},
    {"schema", "coverage"},
    {"folder", "news"},
    {"catalogue"},
    {"validate_claims"},
    {"validate", "compare"},
    {"hotlines", "measures", "agencies", "figures"},
    {"pairs", "offers"},
    {"derived"},
    {"formats.dataset", "formats.text", "formats.table", "formats.readings", "formats.gazetteer"},
    {"formats.facts", "formats.choice", "formats.finder"},
    {"cards", "downloads"},
    {"surveys"},
    {"pages.page"},
    {"pages.lists"},
    {"pages.choose", "pages.survey", "pages.offers"},
    {"pages.compare"},
    {"search.text", "search.documents", "search.digits", "search.shelves"},
    {"search.concordance"},
    {"search.index", "search.words", "search.lexicon", "search.gazetteer"},
    {"search.national"},
    {"search"},
    {"pages.plan"},
    {"pages.site"},
    {"pages"},
    {"statement", "components", "shell"},
    {"render"},
    {"workshop"},
    {"assembly"},
    {"publish"},
    {"importer.marks"},
    {"importer.lines", "importer.suggest", "importer.regions"},
    {"importer.tables", "importer.facts"},
    {"importer.reader"},
    {"importer.front", "importer.boxes"},
    {"importer.draft"},
    {"importer.write"},
    {"cli"},
    {"hooks"},
]
# Libraries that only one module may know.
KEEPERS = {"mkdocs": {"hooks"}, "jinja2": {"render", "components", "shell"}, "yaml": {"load"}, "filelock": {"assembly"}, "rjieba": {"segment"}, "numpy": {"search.concordance", "search.national"}, "ahocorasick_rs": {"terms"}, "orjson": {"formats.calls", "formats.dataset"}, "pypinyin": {"importer.regions", "pinyin"}}


def modules() -> dict[str, Path]:
    package = SCRIPTS / "plansite"
    found = {path.relative_to(package).with_suffix("").as_posix().replace("/", "."): path for path in package.rglob("*.py")}
    for package in ("model", "pages", "search"):
        found[package] = found.pop(f"{package}.__init__")
    return {name: path for name, path in found.items() if not name.endswith("__init__")} | {"hooks": SCRIPTS / "hooks.py"}


def imports(name: str, path: Path):
    """Dotted names below plansite, and other top-level packages."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (("", alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0 and not (node.module or "").startswith("plansite"):
                yield "", node.module.split(".")[0]
                continue
            package = name.split(".") if name in ("model", "pages", "search") else name.split(".")[:-1]
            base = package[: len(package) - node.level + 1] if node.level else []
            inner = [part for part in (node.module or "").split(".") if part and part != "plansite"]
            for alias in node.names:
                dotted = ".".join(base + inner + [alias.name])
                yield "plansite", dotted if dotted in modules() else ".".join(base + inner)


def test_every_module_has_a_layer():
    assert {name for layer in LAYERS for name in layer} == set(modules())


def test_imports_go_down():
    row = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    wrong = []
    for name, path in modules().items():
        for kind, imported in imports(name, path):
            if kind == "plansite" and imported in row and row[imported] > row[name]:
                wrong.append(f"{name} imports {imported}")
    assert wrong == []


def test_libraries_have_one_keeper():
    for name, path in modules().items():
        for kind, imported in imports(name, path):
            if not kind and imported in KEEPERS:
                assert name in KEEPERS[imported], f"{name} imports {imported}"


def test_setting_up_needs_nothing_installed():
    """environment.py, build.py, test.py and bench.py run before anything is there."""
    import sys

    for script in ("environment.py", "build.py", "test.py", "bench.py"):
        tree = ast.parse((SCRIPTS / script).read_text(encoding="utf-8"))
        top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        names = {alias.name.split(".")[0] for node in top if isinstance(node, ast.Import) for alias in node.names}
        names |= {node.module.split(".")[0] for node in top if isinstance(node, ast.ImportFrom)}
        assert names <= set(sys.stdlib_module_names) | {"environment"}, script
