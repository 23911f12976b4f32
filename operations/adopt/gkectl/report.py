"""What a person is told: the section or the changes on standard output, everything else on standard error."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterator, Sequence

from estate.reading.paths import dotted, shown
from operations.adopt.gkectl.adopt import Adopted, Change, Options
from operations.adopt.gkectl.document import Document, Leaf
from operations.adopt.gkectl.no_place import why_no_place
from operations.adopt.gkectl.outdated import MustMigrate
from operations.adopt.gkectl.steps import GUIDES, steps
from operations.adopt.gkectl.upgrades import Step
from operations.adopt.secrecy import NOT_SHOWN, may_be_secret
from operations.console import print_document, print_problems, say

_UNKNOWN = "is not known here, nothing is made of it; look it up before you rely on the section"


def print_must_migrate(refusal: MustMigrate) -> None:
    """Print what is outdated, and what has to happen first."""
    print_problems(refusal.problems)
    _say("what has to happen first, in this order:", style="bold")
    _print_steps(steps(refusal.clusters, refusal.admin_file))
    _say(f"Google's guides say more of each: {GUIDES}")


def print_adopted(adopted: Adopted, options: Options) -> None:
    """Print what is or would be written, what became of every value, and what comes next."""
    if adopted.text:
        print_document(adopted.text.removesuffix("\n"))
    for change in adopted.changes:
        _print_change(change, written=options.write)
    for key in adopted.unchanged:
        _say(f"note: user cluster {key} stands in the environment just so")
    for note in _notes(adopted):
        _say(f"note: {note}", style="yellow")
    if adopted.section.defaults:
        _say(f"not said, so gkectl's defaults hold, here too: {', '.join(adopted.section.defaults)}")
    if adopted.section.changes:
        _say("what the first apply changes in the running cluster:", style="bold")
    for change_of_cluster in adopted.section.changes:
        _say(f"  {change_of_cluster}")
    _print_left_out(adopted.files.documents)
    _say("next, in this order:", style="bold")
    _print_steps(list(_next(adopted, options)))


def _print_change(change: Change, *, written: bool) -> None:
    name = shown(change.path)
    if change.after == change.before:
        say(f"{name} stays as it is")
    elif written:
        say(f"{name} written")
    else:
        lines = difflib.unified_diff(
            change.before.splitlines(), change.after.splitlines(), _origin(change), name, lineterm="", n=2
        )
        print_document("\n".join(line.rstrip() for line in lines))


def _origin(change: Change) -> str:
    return shown(change.path) if change.before else "/dev/null"


def _print_left_out(documents: Sequence[Document]) -> None:
    listed = [(document, leaf) for document in documents for leaf in _left_out(document)]
    if listed:
        _say("not carried over:", style="bold")
    for document, leaf in listed:
        line, column = document.position(leaf.path)
        _say(f"  {document.name}:{line}:{column}: {dotted(leaf.path)}: {_shown(leaf)}{leaf.why}")
    for document in documents:
        empty = [dotted(leaf.path) for leaf in document.leaves() if leaf.is_empty]
        if empty:
            _say(f"empty in {document.name}, so nothing is made of it: {', '.join(empty)}")


def _left_out(document: Document) -> Iterator[Leaf]:
    kind = document.text("kind").value or ""
    for leaf in document.leaves():
        if not leaf.is_empty:
            yield leaf._replace(why=leaf.why or why_no_place(kind, leaf.path) or _UNKNOWN)


def _shown(leaf: Leaf) -> str:
    """A number or truth; never a text, which may be a password whatever its field is called."""
    if isinstance(leaf.value, str) or leaf.why == _UNKNOWN:
        return ""
    return f"{NOT_SHOWN if may_be_secret(leaf.path) else json.dumps(leaf.value)}: "


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


def _print_steps(found: Sequence[Step]) -> None:
    for number, (text, commands) in enumerate(found, 1):
        _say(f"  {number}. {text}")
        for command in commands:
            _say(f"     $ {command}")


def _say(text: str, style: str = "") -> None:
    say(text, style=style, stream=sys.stderr)
