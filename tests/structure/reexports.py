"""Re-export check: a function is imported from the module that defines it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.structure import paths
from tests.structure.imports import product_modules


@dataclass
class _Module:
    path: Path
    defined: set[str] = field(default_factory=set)
    imported: dict[str, str] = field(default_factory=dict)  # local name → full dotted name


def _read(path: Path, tree: ast.Module) -> _Module:
    module = _Module(path)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            module.defined.add(node.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                module.imported[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        else:
            names = (each for each in ast.walk(node) if isinstance(each, ast.Name))
            module.defined |= {name.id for name in names if isinstance(name.ctx, ast.Store)}
    return module


def uses_of_reexports(root: Path = paths.ROOT) -> Iterator[str]:
    """A sentence for each name taken from a module that only imports it itself.

    Packages named `models` are left out: Django wants all models of an app in one module.
    """
    trees = {
        name: (path, paths.parse(paths.read(root / path)))
        for name, path in product_modules(root).items()
    }
    modules = {name: _read(path, tree) for name, (path, tree) in trees.items()}
    for importer, (path, tree) in trees.items():
        for name, line in _names_used(modules[importer], tree, set(modules)):
            source, _, attribute = name.rpartition(".")
            if source not in modules or source.endswith(".models"):
                continue
            origin = modules[source].imported.get(attribute)
            if origin and attribute not in modules[source].defined and name not in modules:
                yield f"{path}:{line}: {name} is only imported there: take it from {origin}"


def _names_used(module: _Module, tree: ast.Module, modules: set[str]) -> Iterator[tuple[str, int]]:
    """Dotted names a module imports, and those it reads from modules it imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            source = module.imported.get(node.value.id, "")
            if source in modules:
                yield f"{source}.{node.attr}", node.lineno
