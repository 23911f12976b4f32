"""A small product with two releases, and a clone of the older one that holds somebody's estate."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

OLD = {
    "pyproject.toml": '[project]\nname = "product"\nversion = "1.0.0"\n',
    "CHANGELOG.md": "# Changelog\n\n## 1.0.0\n\n- first\n",
    "main.py": "print(1)\n",
    "gone.py": "print('old')\n",
    "same.py": "print('same')\n",
    "environments/dev.yaml": "environment: dev\nretention_days: 90\n",
    "atlantis.yaml": "version: 3\n",
}
NEW = {
    **OLD,
    "pyproject.toml": '[project]\nname = "product"\nversion = "1.1.0"\n',
    "CHANGELOG.md": "# Changelog\n\n## 1.1.0\n\n- a plan shows a tag\n\n## 1.0.0\n\n- first\n",
    "main.py": "print(2)\n",
    "fresh.py": "print('new')\n",
    "environments/dev.yaml": "environment: dev\nretention_days: 365\nvpn: {}\n",
    "atlantis.yaml": "version: 3\nprojects: []\n",
}
del NEW["gone.py"]

_SETTINGS = ("-c", "user.name=Kari", "-c", "user.email=kari@example.com", "-c", "init.defaultBranch=main")


def git(folder: Path, *arguments: str) -> str:
    """What git prints in a folder; fails as the test's own mistake."""
    command = ["git", "-C", str(folder), *_SETTINGS, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, files: dict[str, str], message: str) -> None:
    """Commit exactly these files."""
    for path in filter(None, git(folder, "ls-files").splitlines()):
        (folder / path).unlink(missing_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


@dataclass(frozen=True)
class Releases:
    """The product's repository and a user's clone.

    Attributes:
        product: has the tags v1.0.0 and v1.1.0.
        clone: stands at v1.0.0, in it the user's own dev.yaml.
    """

    product: Path
    clone: Path

    def read(self, path: str) -> str:
        """A file of the clone."""
        return (self.clone / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a file of the clone."""
        (self.clone / path).write_text(text, "utf-8")


def make_releases(folder: Path) -> Releases:
    """Make both repositories below ``folder``."""
    product, clone = folder / "product", folder / "clone"
    product.mkdir()
    git(product, "init", "--quiet")
    commit(product, OLD, "Release 1.0.0")
    git(product, "tag", "v1.0.0")
    git(folder, "clone", "--quiet", str(product), str(clone))
    commit(product, NEW, "Release 1.1.0")
    git(product, "tag", "v1.1.0")
    commit(clone, {**OLD, "environments/dev.yaml": "environment: dev\nretention_days: 400\n"}, "Make it ours")
    return Releases(product, clone)
