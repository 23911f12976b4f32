"""The order in which a person makes an environment's ground: no hen before its egg, and nothing that a pipeline does.

The state's bucket and the stack that makes it want each other first. Either commands make the bucket and the stack takes
it over, or the stack is applied with a state on this machine, which then moves into what it made. Every step can be done
again: what is there is left as it is, refused by the cloud, or found unchanged.

Left out: rights in an organization that nobody has yet who makes projects, accounts and repositories.

https://developer.hashicorp.com/terraform/language/files/override: an override file's backend block takes the place of the
stack's (2026-12-01). https://developer.hashicorp.com/terraform/cli/commands/init#backend-initialization: `-reconfigure`
forgets the backend that was, `-migrate-state` copies its state, `-force-copy` answers yes (2026-12-01).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from estate.derived.pipeline.ground import ACCOUNT, BUCKET, PROJECT, Ground, ground
from estate.derived.stack_plan import bootstrap_stack
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.reading.problems import InvalidInput
from operations.bootstrap.rights import right_tasks
from operations.bootstrap.rings import ring_tasks
from operations.bootstrap.variables import variable_tasks
from operations.cards.card import Task
from operations.cards.kinds.state import commands_of_bucket
from operations.project import OUTDIR, stack_path

_STATES: Final = "../../../.state"
"""From a stack's folder, where states on this machine lie."""

_OVERRIDE: Final = "backend_override.tf.json"
_LOCAL: Final = '{"terraform": {"backend": {"local": {}}}}'


@dataclass(frozen=True)
class Part:
    """Tasks under a heading.

    Attributes:
        heading: what they are for.
        tasks: in order.
    """

    heading: str
    tasks: tuple[Task, ...]


def order(estate: Estate, name: str, folder: Path, *, local: bool) -> list[Part]:
    """Every part of the order.

    Args:
        estate: the environments.
        name: whose ground.
        folder: the folder of the environment files.
        local: whether its first state is on this machine; otherwise its bucket comes first.

    Raises:
        InvalidInput: the environment has no ground, or another one makes its bucket.
    """
    found = ground(estate, name)
    if found is None:
        raise InvalidInput.of_file(
            f"{folder}/{name}.yaml", "says nothing of its ground; write bootstrap with github", "bootstrap"
        )
    environment = estate.environments[name]
    makes_bucket = BUCKET in found.makes
    way = "local" if local and makes_bucket else "bucket"
    stack = tuple(
        _local_tasks(environment, bootstrap_stack(name))
        if way == "local"
        else _bucket_tasks(environment, found, bootstrap_stack(name), folder)
    )
    return [
        Part(
            "before anything, as a person with rights",
            (*_before(name, found), *right_tasks(environment, found)),
        ),
        Part("the stack, applied by this person", stack),
        Part("what GitHub's jobs are told", tuple(variable_tasks(environment, found))),
        Part(f"then the environment {name} itself", tuple(_then(environment, found))),
    ]


def _before(name: str, found: Ground) -> Iterator[Task]:
    if found.owner != name:
        theirs = ", ".join(sorted({PROJECT, ACCOUNT, BUCKET} - found.makes))
        yield Task(
            f"have the ground of {found.owner} made first, which has this one's {theirs}: "
            f"hybrid bootstrap {found.owner} prints how",
            seen=(f"terraform -chdir={_at(bootstrap_stack(found.owner))} plan -detailed-exitcode",),
        )


def _bucket_tasks(environment: Environment, found: Ground, stack: str, folder: Path) -> Iterator[Task]:
    if BUCKET in found.makes:
        make, look = commands_of_bucket(environment)
        yield Task(
            "make the state's bucket, with old versions kept; one that is there already stays", make, look
        )
        yield Task(
            "have the stack take it over: import entries in its refactoring file, to be committed",
            (
                f"hybrid bootstrap {environment.environment} --first bucket --write",
                f"git add {folder}/refactoring/{stack}.yaml",
            ),
            (f"hybrid bootstrap {environment.environment} --first bucket --write",),
        )
    yield Task(
        "apply the stack; what was cut off is taken up again by the same commands",
        (_synthesized(environment), f"terraform -chdir={_at(stack)} init", *_applied(stack)),
        (_unchanged(stack),),
    )
    if BUCKET in found.makes:
        yield Task(
            "take out the entries, which have done their work",
            (f"hybrid settle {stack} --write",),
        )


def _local_tasks(environment: Environment, stack: str) -> Iterator[Task]:
    at, state = _at(stack), f".state/{stack}"
    lay = f"echo '{_LOCAL}' > {at}/{_OVERRIDE}"
    begin = (
        f"terraform -chdir={at} init -reconfigure -backend-config=path={_STATES}/{stack}/terraform.tfstate"
    )
    yield Task(
        "apply the stack with its state on this machine, which an override file beside it says; what was cut off is taken up "
        "again by the same commands, as long as the state's folder stays",
        (_synthesized(environment), lay, begin, *_applied(stack)),
        (f"test -s {state}/terraform.tfstate", _unchanged(stack)),
    )
    yield Task(
        "move the state into the bucket that it made, beginning again with the override whenever it was cut off; never "
        "once the folder is gone, when this is done",
        (
            f"test -s {state}/terraform.tfstate && {lay}",
            begin,
            f"rm {at}/{_OVERRIDE}",
            f"terraform -chdir={at} init -migrate-state -force-copy",
        ),
        (f"terraform -chdir={at} state list", _unchanged(stack)),
    )
    yield Task(
        "take away the state on this machine, once the plan from the bucket's shows no change",
        (f"{_unchanged(stack)} && rm -r {state}",),
        (f"test ! -e {state}",),
    )


def _then(environment: Environment, found: Ground) -> Iterator[Task]:
    name = environment.environment
    if environment.google and environment.google.service_projects and found.config.project:
        writer = f"{name}-pipeline-writer@{found.config.project.id}.iam.gserviceaccount.com"
        yield Task(
            "let the writer lend the network to service projects, on the folder that holds all of them",
            (
                f"gcloud resource-manager folders add-iam-policy-binding FOLDER_ID --member=serviceAccount:{writer} "
                "--role=roles/compute.xpnAdmin --condition=None",
            ),
            (
                "gcloud resource-manager folders get-iam-policy FOLDER_ID --flatten=bindings "
                "--filter=bindings.role=roles/compute.xpnAdmin --format='value(bindings.members)'",
            ),
        )
    yield from ring_tasks(found)
    yield Task("do what has to be there before its first apply", (f"hybrid prerequisites {name}",))
    yield Task(
        "have its first pull request planned, reviewed and applied by the pipeline, which this stack is never part of",
    )


def _synthesized(environment: Environment) -> str:
    return f"hybrid synth {environment.environment}"


def _applied(stack: str) -> tuple[str, ...]:
    return (
        f"terraform -chdir={_at(stack)} plan -out={stack}.tfplan",
        f"terraform -chdir={_at(stack)} apply {stack}.tfplan",
    )


def _unchanged(stack: str) -> str:
    return f"terraform -chdir={_at(stack)} plan -detailed-exitcode"


def _at(stack: str) -> str:
    return str(stack_path(OUTDIR, stack))
