"""Makes the golden plans anew: ``python -m tests.operations.review.make_golden [NAME...]``.

Needs Terraform 1.11 or newer and the providers that the cases name, through TF_CLI_CONFIG_FILE or the
registry; no cloud and no credentials.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from operations.artifacts.building import prepare
from tests.operations.review.golden import MADE, PLANS, case
from tests.operations.review.making import Workbench, lines, trimmed


def main(names: list[str]) -> None:
    """Make the named plans, all that Terraform makes when none is named."""
    PLANS.mkdir(exist_ok=True)
    for name in names or MADE:
        made_from = case(name)
        with tempfile.TemporaryDirectory() as folder:
            bench = Workbench(Path(folder) / "work", made_from.providers)
            plan = trimmed(bench.plan_change(made_from.before, made_from.after, applied=made_from.applied))
        (PLANS / f"{name}.json").write_text(lines(plan), "utf-8")
        print(name)


if __name__ == "__main__":
    prepare()
    main(sys.argv[1:])
