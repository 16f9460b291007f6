"""Code index: what modules, names, commands and texts the project's files contain."""

import ast
import builtins
import importlib.util
import keyword
import re
from functools import cached_property
from pathlib import Path

from tests.structure import definitions, paths

# Where settings, services and test options are written down outside the Python files.
CONFIGURATION = [
    ".env.sample", "docker-compose.yml", "Makefile", "Dockerfile", "pyproject.toml",
    "docs/deploy/Caddyfile", "docs/deploy/postgres-init.sh",
]  # fmt: skip
# Names of PostgreSQL that only documents mention.
FOREIGN_NAMES = {"synchronous_commit", "unaccent"}
DJANGO_MEMBERS = {"objects", "pk", "id"}  # every model has them, no class body shows them
BUILT_IN_COMMANDS = {
    "check", "collectstatic", "createsuperuser", "dumpdata", "loaddata", "makemigrations",
    "migrate", "shell", "showmigrations", "sqlmigrate", "test", "makemessages", "compilemessages",
}  # fmt: skip


class CodeIndex:
    """The project's code by name, read without importing it."""

    def __init__(self, root: Path = paths.ROOT) -> None:
        self.root = root
        self.modules: dict[str, Path] = {}  # dotted name → file; packages without one, too
        for path in [*paths.sources(root), *paths.files(root, ".py")]:
            name = path.with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
            self.modules.setdefault(name, path)
            for package in path.parents[:-1]:
                self.modules.setdefault(package.as_posix().replace("/", "."), package)

    @cached_property
    def _in_file(self) -> dict[Path, set[str]]:
        """For each file, the names defined in it; for a package also those it imports."""
        names: dict[Path, set[str]] = {path: set() for path in self.modules.values()}
        for definition in self._definitions:
            names.setdefault(definition.path, set()).add(definition.name)
        for path in paths.sources(self.root):
            if path.name == "__init__.py":
                names[path] |= _imported(paths.parse(paths.read(self.root / path)))
        return names

    @cached_property
    def _in_class(self) -> dict[str, set[str]]:
        members: dict[str, set[str]] = {}
        for definition in self._definitions:
            if definition.owner:
                members.setdefault(definition.owner, set()).add(definition.name)
        return members

    @cached_property
    def _definitions(self) -> list[definitions.Definition]:
        return [*definitions.in_modules(self.root), *definitions.in_templates(self.root)]

    @cached_property
    def _bases(self) -> dict[str, list[str]]:
        """For each class of ours, the last names of those it derives from."""
        bases: dict[str, list[str]] = {}
        for path in paths.sources(self.root):
            for node in ast.walk(paths.parse(paths.read(self.root / path))):
                if isinstance(node, ast.ClassDef):
                    names = [ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases]
                    bases.setdefault(node.name, []).extend(names)
        return bases

    @cached_property
    def _words(self) -> set[str]:
        """Every name that we define, import or use as an attribute."""
        words = {definition.name for definition in self._definitions}
        for path in paths.sources(self.root):
            tree = paths.parse(paths.read(self.root / path))
            words |= _imported(tree)
            words |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        return words

    @cached_property
    def _texts(self) -> set[str]:
        """String constants of product and benchmarks, and the words of the configuration files."""
        texts: set[str] = set()
        for path in paths.sources(self.root):
            if path.parts[0] == "tests":
                continue
            for node in ast.walk(paths.parse(paths.read(self.root / path))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts.add(node.value)
                    texts.update(re.findall(r"[\w.-]+", node.value))
        for name in CONFIGURATION:
            if (self.root / name).exists():
                texts.update(re.findall(r"[\w.-]+", (self.root / name).read_text()))
        return texts

    def mentions(self, text: str) -> bool:
        """Whether a text is a value of ours: an event, a field, a queue, a setting."""
        return text in self._texts or text.removesuffix("_FILE") in self._texts

    def has_module(self, dotted: str) -> bool:
        return dotted in self.modules or self._is_foreign(dotted)

    def has_word(self, name: str) -> bool:
        return (
            name in self._words
            or name in dir(builtins)
            or keyword.iskeyword(name)
            or name in FOREIGN_NAMES
            or self._is_foreign(name)
        )

    def has_dotted(self, dotted: str) -> bool:
        """Whether `package.module.name`, `module.name` or `Class.member` exists."""
        if dotted in self.modules or self._is_foreign(dotted):
            return True
        parts = dotted.split(".")
        for split in range(len(parts) - 1, 0, -1):
            owner, name, rest = ".".join(parts[:split]), parts[split], parts[split + 1 :]
            files = [path for module, path in self.modules.items() if _ends_with(module, owner)]
            if any(name in self._in_file[path] for path in files):
                return not rest or self._has_member(name, rest[0])
        return len(parts) == 2 and self._has_member(*parts)

    def _has_member(self, owner: str, name: str) -> bool:
        """Whether a class of ours, or one it derives from, has the member."""
        members = self._in_class.get(owner, set())
        if name in members or (members and name in DJANGO_MEMBERS):
            return True
        return any(self._has_member(base, name) for base in self._bases.get(owner, []))

    def _is_foreign(self, dotted: str) -> bool:
        """Whether an installed package has that module or name, such as `django.http`."""
        first, *rest = dotted.split(".")
        if first in {path.split(".")[0] for path in self.modules}:
            return False
        try:
            return importlib.util.find_spec(".".join([first, *rest])) is not None
        except (ImportError, ValueError, AttributeError):
            return False

    def make_targets(self) -> set[str]:
        makefile = (self.root / "Makefile").read_text()
        return set(re.findall(r"^([a-z][\w-]*):(?!=)", makefile, re.MULTILINE))

    def management_command_error(self, name: str, options: list[str]) -> str:
        if name in BUILT_IN_COMMANDS:
            return ""
        path = next(self.root.glob(f"*/management/commands/{name}.py"), None)
        if not path:
            return f"no command {name}"
        missing = [option for option in options if f'"{option}"' not in path.read_text()]
        return f"{name} has no option {', '.join(missing)}" if missing else ""


def _imported(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _ends_with(module: str, owner: str) -> bool:
    return module == owner or module.endswith("." + owner)
