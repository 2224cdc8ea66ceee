"""The examples of docstrings and of the pages run as they are written."""

import ast
import doctest
import inspect
import re
from pathlib import Path

import pytest
import zhengben
from conftest import ROOT

# Of the pages' blocks; they reach out to the net.
NOT_INSTALLED = {"httpx", "requests"}
PAGES = [ROOT / name for name in ("docs/python.md", "README.md", "README.zh-CN.md")]
OBJECTS = {
    name: value
    for name, value in vars(zhengben).items()
    if name in zhengben.__all__ and callable(value)
}
MODULE = {"zhengben": zhengben, **OBJECTS}
for owner in (zhengben.Cleaner, zhengben.Cleaned, zhengben.ArrowColumn):
    for name, value in vars(owner).items():
        if not name.startswith("_"):
            MODULE[f"{owner.__name__}.{name}"] = value


@pytest.mark.parametrize("name", MODULE)
def test_docstring(name: str) -> None:
    doc = inspect.getdoc(MODULE[name])
    assert doc, "it has none"
    examples = doctest.DocTestParser().get_doctest(doc, {}, name, name, 0)
    assert doctest.DocTestRunner().run(examples).failed == 0


@pytest.mark.parametrize(
    "name", ["fix_text", "Cleaner", "Cleaner.clean_arrow", "apply_plan"]
)
def test_what_users_look_up_first_has_an_example(name: str) -> None:
    assert ">>>" in (inspect.getdoc(MODULE[name]) or "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page(page: Path, folder: Path) -> None:
    """The blocks of a page run one after another, in one folder; those that import what
    is not installed are read only."""
    blocks = re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)
    assert blocks, "it has no Python"
    names: dict[str, object] = {}
    ran = 0
    for number, block in enumerate(blocks, 1):
        code = compile(block, f"{page.name}, block {number}", "exec")
        try:
            exec(code, names)
        except ModuleNotFoundError as missing:
            if missing.name not in NOT_INSTALLED:
                raise
        else:
            ran += 1
    assert ran


def test_stub_says_what_docstrings_say() -> None:
    """Editors show those of the stub."""
    stub = Path(zhengben.__file__).with_name("_zhengben.pyi").read_text("utf-8")
    compared = 0
    for node, owner in documented(ast.parse(stub)):
        shown = ast.get_docstring(node)
        if shown is None or node.name == "run":
            continue
        said = inspect.getdoc(getattr(owner, node.name))
        assert said is not None, node.name
        assert " ".join(said.split()).startswith(" ".join(shown.split())), node.name
        compared += 1
    assert compared > 15


def documented(tree: ast.Module):  # noqa: ANN201
    """Each function and class of a stub, with what has it."""
    from zhengben import _zhengben

    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node, _zhengben
            owner = getattr(_zhengben, node.name)
            for member in node.body:
                if isinstance(member, ast.FunctionDef):
                    yield member, owner
        elif isinstance(node, ast.FunctionDef):
            yield node, _zhengben
