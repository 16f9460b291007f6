"""Template check: a template uses its own app's templates and tags, or those of lower layers.

`extends`, `include` and `load` are imports: the layers of pyproject.toml hold for them, too. The
folder below templates/ names the app that renders it.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.structure import paths

USES = re.compile(r"{%-?\s*(extends|include)\s+[\"']([^\"']+)[\"']")
LOADS = re.compile(r"{%-?\s*load\s+(?:[\w ]+\sfrom\s+)?([\w ]+?)\s*-?%}")
# Folders that are no app's name, with the app that owns them: allauth's names are the desk's
# sign-in; error pages and icons are shared by all faces.
OWNERS = {"account": "desk", "errors": "web", "icons": "web", "": "web"}


def layers(root: Path = paths.ROOT) -> dict[str, int]:
    """For each app its layer, 0 the highest, from the first import contract."""
    contracts = tomllib.loads(paths.read(root / "pyproject.toml"))["tool"]["importlinter"]
    listed = contracts["contracts"][0]["layers"]
    return {app.strip(): level for level, line in enumerate(listed) for app in line.split("|")}


def tag_libraries(root: Path = paths.ROOT) -> dict[str, str]:
    """For each template tag library of ours, its app."""
    folder = "templatetags"
    return {
        path.stem: path.parts[0] for path in paths.sources(root) if path.parts[1:2] == (folder,)
    }


def owner(name: str) -> str:
    """The app of a template name such as `desk/case.html`."""
    folder = name.rpartition("/")[0].split("/")[0]
    return OWNERS.get(folder, folder)


def upward_uses(root: Path = paths.ROOT) -> Iterator[str]:
    """A sentence for every use of a template or tag library of a higher or a sibling app."""
    level, libraries = layers(root), tag_libraries(root)
    for path in paths.files(root / "templates", ".html", ".txt", ".xml"):
        app = owner(path.as_posix())
        text = paths.read(root / "templates" / path)
        used = {name: owner(name) for _, name in USES.findall(text)}
        for names in LOADS.findall(text):
            used |= {name: libraries[name] for name in names.split() if name in libraries}
        for name, other in used.items():
            if other != app and level[other] <= level[app]:
                yield f"templates/{path} uses {name} of {other}, which is not below {app}"
