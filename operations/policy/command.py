"""The command line of ``hybrid policy``."""

from __future__ import annotations

import typer

from operations.console import print_document, progress
from operations.exit_codes import FOUND
from operations.options import Folder, FormatTextOrJson, TextOrJson, Today, day_of
from operations.project import ENVIRONMENTS


def policy(
    folder: Folder = ENVIRONMENTS,
    today: Today = None,
    form: FormatTextOrJson = TextOrJson.TEXT,
) -> None:
    """Ask security rules and checkov of everything that would be synthesized, and what is past its day.

    Ends with 3 when something is found that no waiver covers, and with 2 when something could not be asked.
    """
    day = day_of(today)
    with progress("synthesizing all environments, then asking checkov"):
        from operations.artifacts.building import prepare

        prepare()
        from operations.policy.checkov.environment import checkov_python
        from operations.policy.policy import policy as run

        outcome = run(folder, day, checkov_python)
    from operations.policy.report import outcome_json, print_outcome

    if form is TextOrJson.JSON:
        print_document(outcome_json(outcome), is_json=True)
    else:
        print_outcome(outcome)
    if outcome.findings:
        raise typer.Exit(FOUND)
