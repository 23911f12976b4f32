"""What GitHub reads of an estate repository beside its workflows: owners, how to report, and newer versions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from estate.reading.paths import shown
from estate.reading.problems import InvalidInput
from operations.owners.shipped import FILE, codeowners_text
from operations.project import ROOT

SECURITY: Final = ".github/SECURITY.md"
DEPENDABOT: Final = ".github/dependabot.yml"

_DEPENDABOT: Final = """\
# Newer versions, each as a pull request that is judged like any other, a week after they were published: what was
# taken over is mostly found by then.
version: 2
updates:
  # The pinned actions, with the comment that names their version. hybrid renew brings those of a newer product.
  - package-ecosystem: github-actions
    directories: [/, /.github/actions/*]
    schedule: {interval: weekly}
    cooldown:
      default-days: 7
  # The product in requirements.txt. An index of your own is named under `registries`.
  - package-ecosystem: pip
    directory: /
    schedule: {interval: weekly}
    cooldown:
      default-days: 7
"""


def hosted(owners: Sequence[str]) -> dict[str, str]:
    """The files that are written once, by their path below the root, and are the user's from then on.

    Args:
        owners: who has to agree to what judges; a placeholder when nobody is said.
    """
    return {
        FILE: codeowners_text(owners, checkout=False),
        SECURITY: (ROOT / SECURITY).read_text("utf-8"),
        DEPENDABOT: _DEPENDABOT,
    }


def owners_of_checkout(root: Path, owners: Sequence[str]) -> dict[str, str]:
    """The owners' file of a checkout with these owners, by its path; nothing when nobody is said.

    Raises:
        InvalidInput: it is not as the product comes with it: its lines are somebody's already.
    """
    path = root / FILE
    if not owners:
        return {}
    if path.is_file() and path.read_text("utf-8") != codeowners_text((), checkout=True):
        message = (
            "is not as the product comes with it, and init writes over nothing; put the owners in by hand"
        )
        raise InvalidInput.of_file(shown(path), message)
    return {FILE: codeowners_text(owners, checkout=True)}
