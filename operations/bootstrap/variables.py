"""Variables of GitHub's environments, by which jobs find their identities; the stack's outputs are their values.

None of them is a secret. `--env` of `gh variable set` sets them for one environment, which has to be there:
https://cli.github.com/manual/gh_variable_set (2026-12-01).
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.pipeline.ground import Ground
from estate.derived.pipeline.rights import Rights
from estate.derived.stack_plan import bootstrap_stack
from estate.model.environment import Environment
from operations.cards.card import Task
from operations.cards.steps.commands import for_each
from operations.project import OUTDIR, stack_path


def variable_tasks(environment: Environment, found: Ground) -> Iterator[Task]:
    """One task for each identity."""
    yield Task(
        "make GitHub's environments first, each for the branch main alone, as docs/pipeline.md has them: one that is made by "
        "setting a variable is open to all",
        (),
        tuple(
            f"gh api repos/{found.config.github.repository}/environments/{subject} --jq .name"
            for rights in found.identities
            for subject in rights.subjects
        ),
    )
    for rights in found.identities:
        repository = found.config.github.repository
        stack = stack_path(OUTDIR, bootstrap_stack(environment.environment))
        yield Task(
            f"tell the jobs of the {rights.purpose} who they become",
            (
                f"STACK={stack}",
                *(
                    for_each(
                        "env",
                        rights.subjects,
                        f"gh variable set {variable} --env $env --repo {repository} "
                        f'--body "$(terraform -chdir=$STACK output -raw {output})"',
                    )
                    for variable, output in _variables(environment, found, rights)
                ),
            ),
            (for_each("env", rights.subjects, f"gh variable list --env $env --repo {repository}"),),
        )


def _variables(environment: Environment, found: Ground, rights: Rights) -> list[tuple[str, str]]:
    """Names of GitHub's variables with the outputs that they are."""
    google = [
        ("GOOGLE_PROVIDER", "google_provider"),
        ("GOOGLE_SERVICE_ACCOUNT", f"google_service_account_{rights.purpose}"),
    ]
    aws = [("AWS_ROLE", f"aws_role_{rights.purpose}"), ("AWS_REGION", "aws_region")]
    return [*(google if found.config.project else []), *(aws if environment.aws else [])]
