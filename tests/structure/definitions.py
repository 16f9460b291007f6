"""Defined names: every name a Python file or a template of ours introduces, with its kind."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.structure import paths

MODULE, TEMPLATE, CLASS = "module", "template", "class"
FUNCTION, METHOD, FIELD, VARIABLE = "function", "method", "field", "variable"
INDEX, TEST = "index", "test"
KINDS = (MODULE, TEMPLATE, CLASS, FUNCTION, METHOD, FIELD, VARIABLE, INDEX, TEST)

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
COUNTING_CALLS = {"find", "rfind", "index", "len"}


@dataclass(frozen=True)
class Definition:
    path: Path
    line: int
    kind: str
    name: str
    owner: str = ""  # the class of a field or a method


def in_templates(root: Path = paths.ROOT) -> Iterator[Definition]:
    for path in paths.files(root, ".html", ".txt", ".xml"):
        if path.parts[0] == "templates":
            yield Definition(path, 1, TEMPLATE, path.stem)


def in_modules(root: Path = paths.ROOT) -> Iterator[Definition]:
    """Every name in the Python files, migrations left out."""
    packages: set[Path] = set()
    for path in paths.sources(root):
        for package in path.parents[:-1]:
            if package not in packages:
                packages.add(package)
                yield Definition(package, 1, MODULE, package.name)
        if path.stem != "__init__":
            yield Definition(path, 1, MODULE, path.stem)
        yield from in_source(path, paths.read(root / path))


def in_source(path: Path, text: str) -> Iterator[Definition]:
    collector = _Collector(path)
    collector.visit(paths.parse(text))
    yield from collector.definitions


class _Collector(ast.NodeVisitor):
    def __init__(self, path: Path) -> None:
        self.path = path
        self.owner = ""  # the class whose body is being read, empty inside functions
        self.enclosing = ""  # the class around a method's body, for `self.name = …`
        self.definitions: list[Definition] = []
        self._numbers: set[ast.AST] = set()

    def add(self, node: ast.AST, kind: str, name: str, owner: str = "") -> None:
        line = getattr(node, "lineno", 1)
        self.definitions.append(Definition(self.path, line, kind, name, owner))

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.add(node, CLASS, node.name)
        outer = self.owner, self.enclosing
        self.owner = self.enclosing = node.name
        self.generic_visit(node)
        self.owner, self.enclosing = outer

    def visit_FunctionDef(self, node: FunctionNode) -> None:
        kind = METHOD if self.owner else FUNCTION
        if node.name.startswith("test_"):
            kind = TEST
        self.add(node, kind, node.name, self.owner)
        outer, self.owner = self.owner, ""
        self.generic_visit(node)
        self.owner = outer

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_arg(self, node: ast.arg) -> None:
        self.add(node, VARIABLE, node.arg)
        if isinstance(node.annotation, ast.Name) and node.annotation.id == "int":
            self.add(node, INDEX, node.arg)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.add(node, FIELD if self.owner else VARIABLE, node.id, self.owner)
            if node in self._numbers:
                self.add(node, INDEX, node.id)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if (
            isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name)
            and node.value.id in {"self", "cls"}
        ):
            self.add(node, FIELD, node.attr, self.enclosing)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if _counts(node.value):
            self._numbers.update(node.targets)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.annotation, ast.Name) and node.annotation.id == "int":
            self._numbers.add(node.target)
        self.generic_visit(node)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self._numbers.add(node.target)
        self.generic_visit(node)

    def visit_For(self, node: ast.For | ast.comprehension) -> None:
        call = node.iter
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            target = node.target
            if call.func.id == "enumerate" and isinstance(target, ast.Tuple):
                self._numbers.add(target.elts[0])
            elif call.func.id == "range":
                self._numbers.add(target)
        self.generic_visit(node)

    visit_comprehension = visit_For

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self.add(node, VARIABLE, node.name)
        self.generic_visit(node)

    def visit_alias(self, node: ast.alias) -> None:
        if node.asname:
            self.add(node, VARIABLE, node.asname)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name:
            self.add(node, VARIABLE, node.name)
        self.generic_visit(node)


def _counts(value: ast.expr) -> bool:
    """Whether an assigned value is a count or a position: 0, text.find(…), len(…)."""
    if isinstance(value, ast.Constant):
        return type(value.value) is int
    if isinstance(value, ast.BinOp):
        return _counts(value.left) or _counts(value.right)
    if isinstance(value, ast.Call):
        function = value.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        return name in COUNTING_CALLS
    return False
