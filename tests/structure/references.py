"""Reference check: what the documents name in code type exists.

Read without importing anything: paths, modules, functions, classes, fields, settings, commands
(`manage.py x`, `make x`, `python -m x`) in backticks and shell blocks, and links between documents.

python -m tests.structure.references prints what does not resolve.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.structure import paths, prose
from tests.structure.code_index import CodeIndex

DOCUMENTS = ("README.md", "CONTRIBUTING.md")  # a changelog is history, too
NOT_READ = {Path("docs/vocabulary.md")}  # names what no longer exists
SUFFIXES = {".py", ".md", ".toml", ".html", ".js", ".css", ".sh", ".yml", ".txt", ".svg", ".png"}
SUFFIXES |= {".json", ".po", ".tsv", ".csv", ".sample"}
PLACEHOLDER = re.compile(r"[<>…{}]|\.\.\.")
SHELL_BLOCK = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ANY_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
WORD = re.compile(r"[A-Za-z_]\w*")
HOST = re.compile(r"[a-z\d.-]+\.(com|net|org|vn|ly|example)")
CALL = re.compile(r"\(.*\)$", re.DOTALL)
COMMAND = re.compile(
    r"(?P<kind>manage\.py|make|python3? -m)\s+(?P<name>[\w.]+)(?P<rest>[^|;&#\n]*)"
)


@dataclass(frozen=True)
class Reference:
    path: Path
    line: int
    text: str


def documents(root: Path = paths.ROOT) -> list[Path]:
    """The documents that must be true of the code: superseded ADRs are history."""
    every = [path for path in paths.files(root, ".md") if path.parts[0] == "docs"]
    every += [Path(name) for name in DOCUMENTS if (root / name).exists()]
    return [
        path
        for path in every
        if path not in NOT_READ and not prose.SUPERSEDED.search(paths.read(root / path))
    ]


def references(path: Path, text: str) -> Iterator[Reference]:
    """Code in backticks outside blocks, and the lines of shell blocks."""
    for block in SHELL_BLOCK.finditer(text):
        first = text.count("\n", 0, block.start()) + 2
        for offset, line in enumerate(block.group(1).splitlines()):
            yield Reference(path, first + offset, line.split(" #")[0])
    outside = ANY_BLOCK.sub(lambda block: "\n" * block.group().count("\n"), text)
    for code in CODE.finditer(outside):
        line = outside.count("\n", 0, code.start()) + 1
        yield Reference(path, line, " ".join(code.group(2).split()))


class Resolver:
    def __init__(self, root: Path = paths.ROOT) -> None:
        self.root = root
        self.code = CodeIndex(root)
        self.folders = {path.name for path in root.iterdir() if path.is_dir()}
        self.file_names = {path.name for path in paths.files(root)}
        hidden = [*root.iterdir(), *root.glob("requirements/*")]
        self.file_names |= {path.name for path in hidden if path.is_file()}

    def error(self, text: str) -> str:
        """What is wrong with a piece of code in a document; empty when nothing is."""
        commands = list(COMMAND.finditer(text))
        if commands:
            return "; ".join(filter(None, map(self._command_error, commands)))
        text = text.strip()
        if PLACEHOLDER.search(CALL.sub("", text)) or " " in CALL.sub("", text):
            return ""
        name = CALL.sub("", text).removesuffix("=")
        if self._is_path(name):
            return "" if self._path_exists(name) else "no such file"
        if name in self.folders | self.file_names:
            return ""
        if self.code.mentions(text) or self.code.mentions(name):
            return ""
        if HOST.fullmatch(name):
            return ""
        if DOTTED.fullmatch(name):
            return "" if self.code.has_dotted(name) else "no such module or name"
        if WORD.fullmatch(name):
            return "" if self.code.has_word(name) else "nothing in the code has this name"
        return ""

    def _is_path(self, name: str) -> bool:
        if name.startswith(("/", "-", "http")) or not re.fullmatch(r"[\w.*/-]+", name):
            return False
        return Path(name).suffix in SUFFIXES or ("/" in name and name.split("/")[0] in self.folders)

    def _path_exists(self, name: str) -> bool:
        if "/" not in name.rstrip("/"):
            return name.rstrip("/") in self.file_names | self.folders
        if any(self.root.glob(name)) or any(self.root.glob(name + "/*")):
            return True
        # a file seen from inside its folder: `views/queue.py` on a page about the desk
        return any(path.as_posix().endswith("/" + name) for path in paths.files(self.root))

    def _command_error(self, command: re.Match[str]) -> str:
        kind, name, rest = command["kind"], command["name"], command["rest"]
        if kind == "make":
            return "" if name in self.code.make_targets() else f"no target {name} in Makefile"
        if kind == "manage.py":
            return self.code.management_command_error(name, re.findall(r"(?<!\S)--[\w-]+", rest))
        return "" if self.code.has_module(name) else f"no module {name}"


def broken_links(path: Path, text: str, root: Path = paths.ROOT) -> Iterator[Reference]:
    for link in LINK.finditer(ANY_BLOCK.sub(lambda block: "\n" * block.group().count("\n"), text)):
        target, _, anchor = link.group(1).partition("#")
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        file = (root / path.parent / target) if target else root / path
        missing = not file.exists() or (anchor and anchor not in _anchors(file))
        if missing:
            yield Reference(path, text.count("\n", 0, link.start()) + 1, link.group(1))


def _anchors(file: Path) -> set[str]:
    """The anchors that GitHub and most viewers make of a document's headings."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(), re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


def unresolved(root: Path = paths.ROOT) -> tuple[list[str], int]:
    """A sentence for each reference that does not resolve, and how many were looked up."""
    resolver = Resolver(root)
    wrong, count = [], 0
    for path in documents(root):
        text = paths.read(root / path)
        for reference in references(path, text):
            count += 1
            error = resolver.error(reference.text)
            if error:
                wrong.append(f"{path}:{reference.line}: `{reference.text}`: {error}")
        wrong += [
            f"{path}:{link.line}: link {link.text} leads nowhere"
            for link in broken_links(path, text, root)
        ]
    return wrong, count


def main() -> int:
    wrong, count = unresolved()
    for sentence in wrong:
        print(sentence)
    print(f"documents: {count} references, {len(wrong)} do not resolve")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
