"""Structure figures: one table that compares trees of this project, as docs/reference/structure.md.

python -m tests.structure.figures before=/path/to/an/old/clone after=.

Retired words are counted with this tree's vocabulary. Rows of it that name folders do not see
files that lay elsewhere in an older tree, so its count there is too low.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.structure import (
    definitions,
    imports,
    paths,
    prose,
    reexports,
    references,
    sizes,
    vocabulary,
)

GET_MODEL = re.compile(r"\bget_model\(")
PACKAGES = ("factcheck/domain", "matching")


def contracts(root: Path) -> str:
    text = paths.read(root / "pyproject.toml")
    ignored = re.findall(r"ignore_imports = \[(.*?)\]", text, re.DOTALL)
    count = sum(len(re.findall(r'"[^"]+ -> [^"]+"', entry)) for entry in ignored)
    return f"{text.count('[[tool.importlinter.contracts]]')} / {count}"


def cycles(root: Path) -> str:
    groups = imports.cycles(imports.graph(imports.imports(root)))
    modules = sum(map(len, groups))
    return f"{len(groups)} ({modules} modules)" if groups else "0"


def hidden_imports(root: Path) -> str:
    every = imports.imports(root)
    inline = {(each.source, each.target) for each in every if each.inline}
    typing = {(each.source, each.target) for each in every if each.typing_only}
    return f"{len(inline)} / {len(typing)}"


def get_model_calls(root: Path) -> str:
    product = [path for path in paths.sources(root) if paths.is_product(path)]
    return str(sum(len(GET_MODEL.findall(paths.read(root / path))) for path in product))


def files_by_folder(folder: str) -> Callable[[Path], str]:
    """Python files of a package, in all and for each of its folders."""

    def count(root: Path) -> str:
        inside = [
            path.relative_to(folder)
            for path in paths.sources(root)
            if paths.lies_in(path, folder) and path.name != "__init__.py"
        ]
        folders = Counter(path.parts[0] if len(path.parts) > 1 else "" for path in inside)
        flat = folders.pop("", 0)
        named = [f"{count} in `{name}/`" for name, count in sorted(folders.items())]
        parts = ", ".join([*named, *([f"{flat} flat"] if flat else [])])
        return f"{len(inside)}: {parts}"

    return count


def longest(kind: str) -> Callable[[Path], str]:
    def measure(root: Path) -> str:
        most = sizes.longest(kind, root, product_only=kind != "test module")
        return f"{most.lines} ({most.place.rpartition('/')[2]})"

    return measure


def over_the_limits(root: Path) -> str:
    over = [each for each in sizes.measures(root) if each.lines > sizes.LIMITS[each.kind]]
    return str(len(over))


def retired_words(root: Path) -> str:
    tables = paths.read(paths.ROOT / vocabulary.TABLES)
    defined = [*definitions.in_modules(root), *definitions.in_templates(root)]
    names = vocabulary.retired_definitions(defined, vocabulary.retired_names(tables))
    phrases = prose.retired_phrases(vocabulary.table_rows(tables, "Phrases"))
    return f"{len(list(names))} / {len(list(prose.retired_prose(phrases, root)))}"


def shared_module_names(root: Path) -> str:
    return str(len(list(vocabulary.shared_module_names(paths.sources(root)))))


def uses_of_reexports(root: Path) -> str:
    return str(len(list(reexports.uses_of_reexports(root))))


def resolving_references(root: Path) -> str:
    wrong, count = references.unresolved(root)
    return f"{count - len(wrong)} of {count}"


ROWS: dict[str, Callable[[Path], str]] = {
    "groups of modules that import one another in a circle": cycles,
    "import contracts / patterns of imports they ignore": contracts,
    "imports inside functions / for type checking only": hidden_imports,
    "`get_model` calls outside migrations": get_model_calls,
    **{f"files in `{package}/`": files_by_folder(package) for package in PACKAGES},
    "uses of a name through a module that only imports it": uses_of_reexports,
    "product modules that share a name with another": shared_module_names,
    **{f"longest {kind}, lines": longest(kind) for kind in sizes.LIMITS},
    "functions, modules and templates over the limits": over_the_limits,
    "retired words: names / phrases": retired_words,
    "names and paths in the documents that resolve": resolving_references,
}


def table(trees: dict[str, Path]) -> str:
    lines = ["| | " + " | ".join(trees) + " |", "| --- |" + " --- |" * len(trees)]
    for title, figure in ROWS.items():
        lines.append(f"| {title} | " + " | ".join(map(figure, trees.values())) + " |")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    named = (argument.partition("=") for argument in arguments or ["now=."])
    print(table({name: Path(path).resolve() for name, _, path in named}))


if __name__ == "__main__":
    main(sys.argv[1:])
