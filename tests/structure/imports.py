"""Import graph of the product: who imports whom, where cycles are, and which imports hide."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.structure import paths
from tests.structure.definitions import FunctionNode


@dataclass(frozen=True)
class Import:
    source: str  # dotted name of the importing module
    target: str  # dotted name of the imported module of ours
    inline: bool  # inside a function
    typing_only: bool  # under TYPE_CHECKING


def product_modules(root: Path) -> dict[str, Path]:
    return {
        path.with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): path
        for path in paths.sources(root)
        if paths.is_product(path) and len(path.parts) > 1
    }


def imports(root: Path = paths.ROOT) -> list[Import]:
    """Every import of one product module by another, migrations left out."""
    modules = product_modules(root)
    return [
        each
        for module, path in modules.items()
        for each in _imports_of(module, paths.parse(paths.read(root / path)), modules)
    ]


def _imports_of(
    module: str, node: ast.AST, modules: dict[str, Path], inline: bool = False, typing: bool = False
) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for target in _targets(child):
            name = target if target in modules else target.rpartition(".")[0]
            if name in modules and name != module:
                yield Import(module, name, inline, typing)
        yield from _imports_of(
            module,
            child,
            modules,
            inline or isinstance(child, FunctionNode),
            typing or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)),
        )


def _targets(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def cycles(graph: dict[str, set[str]]) -> list[set[str]]:
    """Groups of modules that reach one another: the strongly connected components (Tarjan)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    components: list[set[str]] = []

    def visit(module: str) -> None:
        order[module] = low[module] = len(order)
        stack.append(module)
        for target in graph.get(module, set()):
            if target not in order:
                visit(target)
                low[module] = min(low[module], low[target])
            elif target in stack:
                low[module] = min(low[module], order[target])
        if low[module] == order[module]:
            position = stack.index(module)
            components.append(set(stack[position:]))
            del stack[position:]

    for module in graph:
        if module not in order:
            visit(module)
    return [component for component in components if len(component) > 1]


def graph(every: list[Import]) -> dict[str, set[str]]:
    edges: dict[str, set[str]] = {}
    for each in every:
        if not each.typing_only:
            edges.setdefault(each.source, set()).add(each.target)
    return edges
