"""The files of this repository, and what their syntax trees tell."""

import ast
import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ("dialog", "exports", "sessions")


@cache
def files() -> tuple[Path, ...]:
    """Every file that is in the repository or would be with the next commit, relative to its root."""
    ignored = [line.rstrip("/") for line in read(".gitignore").splitlines() if line.endswith("/")]
    found: list[Path] = []
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        folders[:] = [name for name in folders if name != ".git" and not _matches(here / name, ignored)]
        found += [here / name for name in names]
    return tuple(sorted(found))


def _matches(folder: Path, patterns: list[str]) -> bool:
    """As .gitignore means it: a pattern with a leading slash is one of the root, others hold everywhere."""
    return any(fnmatch(f"/{folder}", one) or fnmatch(folder.name, one) for one in patterns)


def files_in(*folders: str, ending: str = "") -> list[Path]:
    return [path for path in files() if path.parts[0] in folders and path.name.endswith(ending)]


def python_files(*folders: str) -> list[Path]:
    return files_in(*(folders or (*OURS, "wsgi.py")), ending=".py")


def read(path: Path | str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(read(path), filename=str(path))


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Each call as the dotted name it is written with, and its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node.lineno


def imports(path: Path) -> Iterator[tuple[str, str, int]]:
    """Each import as the dotted name it brings, the name it gets here, and its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, alias.asname or alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield f"{node.module}.{alias.name}", alias.asname or alias.name, node.lineno


def dotted(node: ast.expr) -> str:
    """`a.b.c` for that expression; the last names only when it starts with something else than a name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def lines_matching(pattern: str, paths: list[Path]) -> list[str]:
    """Where a regular expression matches, as `path:line: text`."""
    found = re.compile(pattern)
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(read(path).splitlines(), start=1)
        if found.search(line)
    ]


def none_of(findings: list[str], why: str) -> None:
    """Fail with the reason of the rule and every place that breaks it."""
    if findings:
        raise AssertionError(f"{why}\n" + "\n".join(findings))
