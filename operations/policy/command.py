"""The command line of ``hybrid policy``."""

from __future__ import annotations

import typer

from operations.console import print_document, progress
from operations.exit_codes import FOUND
from operations.heads.options import ApprovalsFile, HeadRoot, judged
from operations.options import Folder, FormatTextOrJson, TextOrJson, Today, day_of
from operations.project import ENVIRONMENTS


def policy(
    folder: Folder = ENVIRONMENTS,
    today: Today = None,
    form: FormatTextOrJson = TextOrJson.TEXT,
    head: HeadRoot = None,
    approvals: ApprovalsFile = None,
) -> None:
    """Ask security rules and checkov of everything that would be synthesized, and what is past its day.

    Ends with 3 when something is found that no waiver covers, and with 2 when something could not be asked. With --head,
    of what that synthesized; waivers that it brings count once a code owner approved.
    """
    day = day_of(today)
    against = judged(head, approvals, folder)
    with progress("synthesizing all environments, then asking checkov"):
        from operations.artifacts.building import prepare

        if against is None:
            prepare()
        from operations.policy.checkov.environment import checkov_python
        from operations.policy.policy import policy as run
        from operations.policy.policy import policy_of

        if against is None:
            outcome = run(folder, day, checkov_python)
        else:
            outcome = policy_of(*against, folder, day, checkov_python)
    from operations.policy.report import outcome_json, print_outcome

    if form is TextOrJson.JSON:
        print_document(outcome_json(outcome), is_json=True)
    else:
        print_outcome(outcome)
    if outcome.findings:
        raise typer.Exit(FOUND)
