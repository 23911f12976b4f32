"""What a person is told: the section or the changes on standard output, everything else on standard error."""

from __future__ import annotations

from collections.abc import Iterator

from operations.adopt.gkectl.adopt import Adopted, Options
from operations.adopt.gkectl.no_place import why_no_place
from operations.adopt.gkectl.outdated import MustMigrate
from operations.adopt.gkectl.steps import GUIDES, steps
from operations.adopt.told import Step, print_change, print_left_out, print_steps, tell
from operations.console import print_document, print_problems


def print_must_migrate(refusal: MustMigrate) -> None:
    """Print what is outdated, and what has to happen first."""
    print_problems(refusal.problems)
    tell("what has to happen first, in this order:", style="bold")
    print_steps(steps(refusal.clusters, refusal.admin_file))
    tell(f"Google's guides say more of each: {GUIDES}")


def print_adopted(adopted: Adopted, options: Options) -> None:
    """Print what is or would be written, what became of every value, and what comes next."""
    if adopted.text:
        print_document(adopted.text.removesuffix("\n"))
    for change in adopted.changes:
        print_change(change, written=options.write)
    for key in adopted.unchanged:
        tell(f"note: user cluster {key} stands in the environment just so")
    for note in _notes(adopted):
        tell(f"note: {note}", style="yellow")
    if adopted.section.defaults:
        tell(f"not said, so gkectl's defaults hold, here too: {', '.join(adopted.section.defaults)}")
    if adopted.section.changes:
        tell("what the first apply changes in the running cluster:", style="bold")
    for change_of_cluster in adopted.section.changes:
        tell(f"  {change_of_cluster}")
    print_left_out(adopted.files.documents, why_no_place)
    tell("next, in this order:", style="bold")
    print_steps(list(_next(adopted, options)))


def _notes(adopted: Adopted) -> Iterator[str]:
    yield from adopted.section.notes
    if adopted.files.users:
        yield (
            "a plan would replace a cluster whose port group the service knows by another name, which Terraform then "
            "refuses; the service's is shown by `gcloud container vmware clusters describe`, as networkConfig.vcenterNetwork"
        )
    for config in adopted.files.configs:
        if config.document.flag("gkeOnPremAPI", "enabled").value is False:
            yield (
                f"{config.document.name} says gkeOnPremAPI.enabled: false, with which gkectl takes the cluster out of the "
                "On-Prem API again; say true there before you enroll it"
            )


def _next(adopted: Adopted, options: Options) -> Iterator[Step]:
    if not options.into:
        yield "see what it does to an environment: give --into ENV", ()
        return
    if not options.write:
        yield "write it: give --write too", ()
    yield (
        "enroll what the On-Prem API does not list yet (from 1.16 on gkectl does it by itself where the API is on)",
        tuple(adopted.commands),
    )
    if adopted.entries:
        yield (
            f"plan: it must import {len(adopted.entries)} and destroy nothing; anything else it changes is what gkectl's "
            "file and the cluster do not agree on",
            (
                f"hybrid synth {options.into}",
                f"cd cdktf.out/stacks/{options.into} && terraform init && terraform plan",
            ),
        )
        yield (
            "once it is applied, take the entries out, and change the cluster here from then on, not with gkectl update",
            (f"hybrid settle {options.into} --write",),
        )
