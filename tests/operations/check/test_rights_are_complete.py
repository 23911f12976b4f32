"""The rights of a pipeline's identities, held both ways against every type that the stacks synthesize."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from estate.derived.pipeline.rights import Purpose, rights
from estate.derived.stack_plan import BOOTSTRAP_SUFFIX, environment_of
from estate.facts.terraform_rights import aws_reads, aws_writes, google_reads, google_roles, google_writes
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from operations.artifacts.synthesis import synth
from operations.init.init import init
from operations.project import ENVIRONMENTS as FOLDER
from operations.project import SNAPSHOTS
from tests.example import ENVIRONMENTS, ESTATE, NAMES
from tests.operations.gate.foreign import FOREIGN
from tests.operations.init.wishing import UNTIL, wishes

Stacks = Sequence[Mapping[str, Any]]

LENDS: Final = "roles/compute.xpnAdmin"
"""Given on a folder, as `hybrid prerequisites` says, and so on every project in it."""


def others(who: str, tmp_path: Path) -> tuple[Estate, Mapping[str, Stacks]]:
    """The estate of another team, or one as `hybrid init` makes it, with its stacks by environment."""
    root = tmp_path / "estate"
    if who == "made":
        init(wishes(google=["nk-host"], aws=["123456789012"], vmware=True), root, UNTIL)
    else:
        shutil.copytree(FOREIGN, root / FOLDER)
    _, reports = synth(root / FOLDER, [], tmp_path / "out")
    stacks: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for report in reports:
        if not report.name.endswith(BOOTSTRAP_SUFFIX):
            text = (tmp_path / "out/stacks" / report.name / "cdk.tf.json").read_text("utf-8")
            stacks[environment_of(report.name)].append(json.loads(text))
    return load_estate(root / FOLDER), stacks


def recorded(name: str) -> Stacks:
    """What a pipeline applies of an environment of the example."""
    paths = sorted((ENVIRONMENTS / SNAPSHOTS).glob(f"{name}*.tf.json"))
    return [json.loads(path.read_text("utf-8")) for path in paths if BOOTSTRAP_SUFFIX not in path.name]


def types(stacks: Stacks, host: str) -> Iterator[tuple[str, str]]:
    """Each type with the project that it is made in; the host's where it says none."""
    for stack in stacks:
        for kind, prefix in (("resource", ""), ("data", "data.")):
            for type_, bodies in stack.get(kind, {}).items():
                for body in bodies.values():
                    yield prefix + type_, _project(stack, body.get("project")) or host


def _project(stack: Mapping[str, Any], said: str | None) -> str | None:
    while said and (made := re.fullmatch(r"\$\{(\w+)\.([\w-]+)\.project\}", said)):
        said = stack["resource"][made[1]][made[2]].get("project")
    return said


def google_gaps(estate: Estate, name: str, stacks: Stacks) -> tuple[set[str], set[str]]:
    """What the writer lacks, and which of its roles give it nothing that it needs and has not from another."""
    google = estate.environments[name].google
    if google is None:
        return set(), set()
    roles = rights(estate, name, Purpose.WRITER).roles
    needed: dict[str, set[str]] = defaultdict(set)
    for type_, project in types(stacks, google.host_project.id):
        if "google_" in type_:
            needed[project] |= google_reads()[type_] | google_writes().get(type_, set())
    lacking, idle = set(), set()
    for project in needed.keys() | roles.keys():
        held = {role: google_roles()[role] for role in [*roles.get(project, ()), LENDS]}
        lacking |= {
            f"{project}: {one}" for one in needed[project] - frozenset().union(frozenset(), *held.values())
        }
        for role in roles.get(project, ()):
            rest = frozenset().union(*(has for other, has in held.items() if other != role))
            if not (needed[project] & held[role]) - rest:
                idle.add(f"{project}: {role}")
    return lacking, idle


def reader_gaps(estate: Estate, name: str, stacks: Stacks) -> set[str]:
    """What the reader lacks."""
    found = rights(estate, name, Purpose.READER)
    seen = {type_ for type_, _ in types(stacks, "") if "google_" in type_}
    needed = frozenset().union(frozenset(), *(google_reads()[type_] for type_ in seen))
    return set(needed - set(found.permissions))


def aws_gaps(estate: Estate, name: str, stacks: Stacks, purpose: Purpose) -> tuple[set[str], set[str]]:
    """Actions that an identity lacks, and services of which it may do something and has nothing."""
    policy = rights(estate, name, purpose).aws or {"Statement": []}
    allowed = {
        action
        for one in policy["Statement"]
        if one["Effect"] == "Allow" and not one["Sid"].startswith("State")
        for action in one["Action"]
    }
    seen = {type_ for type_, _ in types(stacks, "") if "aws_" in type_}
    needed = frozenset().union(frozenset(), *(aws_reads()[type_] for type_ in seen))
    if purpose is Purpose.WRITER:
        needed |= frozenset().union(frozenset(), *(aws_writes()[type_] for type_ in seen))
    idle = {one.partition(":")[0] for one in allowed} - {one.partition(":")[0] for one in needed}
    return set(needed - allowed), idle


def gaps(estate: Estate, name: str, stacks: Stacks) -> list[set[str]]:
    """All of them."""
    return [
        *google_gaps(estate, name, stacks),
        reader_gaps(estate, name, stacks),
        *(gap for purpose in Purpose for gap in aws_gaps(estate, name, stacks, purpose)),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_an_identity_may_do_what_its_stacks_take_and_has_no_role_for_nothing(name: str) -> None:
    """Or an apply fails in the middle; or a pipeline that is taken over does what nothing asks of it."""
    assert gaps(ESTATE, name, recorded(name)) == [set()] * 7


@pytest.mark.parametrize("who", ["foreign", "made"])
def test_the_same_holds_for_estates_of_others(who: str, tmp_path: Path) -> None:
    """Of another team, and as ``hybrid init`` makes them."""
    estate, stacks = others(who, tmp_path)

    assert {name: gaps(estate, name, stacks[name]) for name in estate.environments} == {
        name: [set()] * 7 for name in estate.environments
    }


def test_both_ways_notice() -> None:
    """A type more than the roles know, and a role that nothing takes any more."""
    stack = {"resource": {"google_project_iam_member": {"one": {"project": "elsewhere"}}}}

    lacking, idle = google_gaps(ESTATE, "dev", [stack])

    assert "elsewhere: resourcemanager.projects.setIamPolicy" in lacking
    assert "kl-dev-host: roles/dns.admin" in idle
