"""A base, and beside it a checkout of a pull request's head, as a pipeline has them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from operations.heads.head import Head, open_head

OWNERS = """\
* @kl/everybody
/environments/policy/ @kl/security @kari
/environments/review/ @kl/security @kari
/environments/promotion/ @kl/security @kari
# hybrid: judges
/tools/ @ola
"""
STACK: dict[str, Any] = {
    "terraform": {
        "backend": {"gcs": {"bucket": "kl-dev-state", "prefix": "dev"}},
        "required_providers": {"google": {"source": "google", "version": "6.50.0"}},
    },
    "provider": {"google": [{"project": "kl-dev-host", "region": "europe-north1"}]},
    "resource": {"google_compute_network": {"N": {"name": "kl-dev"}}},
}
ENVIRONMENT = """\
environment: {name}
state: {{gcs: {{bucket: kl-{name}-state}}}}
google: {{host_project: {{id: kl-{name}-host, number: 12345678901{number}}}, region: europe-north1}}
"""


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, as nobody in particular."""
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"]
    words = (*who, "-c", "commit.gpgsign=false", *words)
    return subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


@dataclass
class Checkouts:
    """Both of them.

    Attributes:
        base: the root of the base, which is the current folder.
        head: the root of the head, below it.
    """

    base: Path
    head: Path

    def push(self, path: str, text: str) -> None:
        """Change a file of the head and commit it."""
        write(self.head / path, text)
        self.commit()

    def merge(self, path: str, text: str) -> None:
        """Change a file of the base and commit it, before the head is made of it."""
        write(self.base / path, text)
        git(self.base, "add", "-A")
        git(self.base, "commit", "-qm", "merged")
        git(self.head, "pull", "-q", "--rebase")

    def commit(self) -> None:
        """Commit whatever changed in the head."""
        git(self.head, "add", "-A")
        git(self.head, "commit", "-qm", "pushed")

    def opened(self) -> Head:
        """The head as verbs open it."""
        return open_head(Path("head"), Path("environments"))

    def approve(
        self, *users: str, teams: tuple[str, ...] = (), head: str = "", made_by: tuple[str, ...] = ()
    ) -> str:
        """Write approvals of the head's commit, and give the option that names them."""
        given = [{"user": user, "teams": list(teams)} for user in users]
        head = head or git(self.head, "rev-parse", "HEAD")
        said = {"head": head, "approvals": given, "made_by": list(made_by)}
        (self.base / "approvals.json").write_text(json.dumps(said))
        return "--approvals=approvals.json"


def write(path: Path, text: str) -> None:
    """Write a file and the folders that it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def synthesize(root: Path, **stacks: Any) -> None:
    """Write what synthesis leaves, of stacks that are their environments' own."""
    order = {name: {"environment": name, "after": [], "reaches": []} for name in stacks}
    write(root / "cdktf.out" / "stacks.json", json.dumps({"order": list(order), "stacks": order}))
    for name, stack in stacks.items():
        write(
            root / "cdktf.out" / "stacks" / name / "cdk.tf.json",
            stack if isinstance(stack, str) else json.dumps(stack),
        )


def checkouts(folder: Path, prefix: str = "") -> Checkouts:
    """Make both, of an estate of dev and test, where dev alone has something to plan."""
    base = folder / "base"
    root = base / prefix
    write(
        root / "environments" / "organization.yaml",
        "{name: kl, domain: example.com, promotion: [dev, test]}\n",
    )
    for number, name in enumerate(("dev", "test")):
        write(root / "environments" / f"{name}.yaml", ENVIRONMENT.format(name=name, number=number))
    write(base / ".gitignore", "cdktf.out/\n/head/\n/plans/\n/approvals.json\n*.md\n")
    write(base / ".github" / "CODEOWNERS", OWNERS)
    git(base, "init", "-q")
    git(base, "add", "-A")
    git(base, "commit", "-qm", "first")
    git(base, "clone", "-q", ".", "head")
    for one in (root, base / "head" / prefix):
        synthesize(one, dev=STACK, test=STACK)
    return Checkouts(base, base / "head")
