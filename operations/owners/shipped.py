"""The CODEOWNERS file that the product comes with: everything is owned, and what judges a pull request is named.

What judges is what runs, what switches a check off, and what a check believes. Broad patterns do it: a tool's
configuration that is added later (``.npmrc``, ``conftest.py``, ``GNUmakefile``) is among them from the start. Left
out of it is what is judged: environments, their records, snapshots and refactoring entries, and documents.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from estate.reading.placeholders import MARK
from operations.owners.codeowners import END, JUDGES

FILE: Final = ".github/CODEOWNERS"
"""Where it stands, below the repository's root."""

PLACEHOLDER: Final = "@your-organization/your-team"
"""Whose everything is until somebody says; GitHub knows no such team, and so asks nobody."""

_ESTATE: Final = {
    "What tools look for at the root without being told: .github/, .gitattributes, .npmrc, GNUmakefile, pytest.ini.": (
        "/.*",
        "/*.cfg",
        "/*.ini",
        "/*.json",
        "/*.lock",
        "/*.sh",
        "/*.toml",
        "/*.txt",
        "/*.yaml",
        "/*.yml",
        "/*akefile",
    ),
    "Where commands write, and would find what a commit had put there.": (
        "/artifact/",
        "/cdktf.out/",
        "/drift.md",
        "/head/",
        "/node_modules/",
        "/plans/",
        "/review.md",
    ),
    "In whatever folder: code, and what an interpreter or Terraform takes for code; and who owns what.": (
        "*.cjs",
        "*.dist-info/",
        "*.egg",
        "*.egg-info/",
        "*.js",
        "*.mjs",
        "*.pth",
        "*.py",
        "*.pyc",
        "*.pyd",
        "*.sh",
        "*.so",
        "*.tar.gz",
        "*.tf",
        "*.tgz",
        "*.tofu",
        "*.whl",
        "*.zip",
        "CODEOWNERS",
    ),
    "Who may what and the order of promotion, providers' checksums, and what people let pass.": (
        "/environments/organization.yaml",
        "/environments/locks/",
        "/environments/policy/",
        "/environments/promotion/",
        "/environments/review/",
    ),
}
_PRODUCT: Final = {
    "The product: code, and data that it judges by.": (
        "/benchmarks/",
        "/constructs_lib/",
        "/estate/",
        "/fastsynth/",
        "/hybrid_kubernetes/",
        "/manifests/",
        "/operations/",
        "/stacks/",
        "/tests/",
    ),
}


def codeowners_text(owners: Iterable[str], *, checkout: bool) -> str:
    """The file for a repository.

    Args:
        owners: who has to agree, as GitHub writes them; :data:`PLACEHOLDER` with a mark when nobody is said.
        checkout: whether the product's code stands in the repository too.
    """
    said = " ".join(owners)
    mark = "" if said else f"{MARK}the team that answers for what judges; hybrid init --owners puts it in\n"
    whose = said or PLACEHOLDER
    groups = _ESTATE | (_PRODUCT if checkout else {})
    judging = "".join(
        f"# {what}\n" + "".join(f"{pattern} {whose}\n" for pattern in patterns)
        for what, patterns in groups.items()
    )
    return f"""\
# Who has to agree, once the branch rule "Require review from Code Owners" is on. The last line that matches counts, so
# lines of your own belong above what judges: hybrid gate says which of its files lost its owner.
{mark}* {whose}

# What judges: code, configuration of tools, and what people let pass. A change of it stands on top of a review.
{JUDGES}
{judging}{END}
"""
