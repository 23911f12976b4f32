"""The record of stateful addresses: it grows by itself and shrinks for a reason only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from estate.model.refactoring import Refactoring
from operations.artifacts.stack_json import addresses, protected_addresses
from operations.artifacts.stateful import (
    entries_out_of_step,
    lost_addresses,
    read_record,
    record_path,
    record_text,
)
from operations.files.writing import write_file

KEY, VPC = "aws_kms_key.Old_1A", "aws_vpc.Vpc_2B"


def stack(*protected: str, bare: tuple[str, ...] = ()) -> dict[str, Any]:
    """A synthesized stack with these resources."""
    resources: dict[str, Any] = {}
    for address in [*protected, *bare]:
        type_, name = address.split(".")
        lifecycle = {"lifecycle": {"prevent_destroy": True}} if address in protected else {}
        resources.setdefault(type_, {})[name] = {"tags": {}, **lifecycle}
    return {"resource": resources}


def test_addresses_are_those_of_managed_resources() -> None:
    """Data sources and outputs hold nothing that can be lost."""
    found = {**stack(KEY, bare=("aws_eip.X",)), "data": {"aws_ami": {"Y": {}}}, "output": {"z": {}}}

    assert sorted(addresses(found)) == ["aws_eip.X", KEY]
    assert list(protected_addresses(found)) == [KEY]


def test_nothing_is_lost_when_all_is_there() -> None:
    """A recorded address that stands in the stack is safe, protected or not."""
    assert (
        list(lost_addresses("sandbox", frozenset({KEY, VPC}), stack(KEY, bare=(VPC,)), Refactoring())) == []
    )


def test_a_vanished_address_is_refused_with_both_ways_out() -> None:
    """The message names the address, the file to change and the entry that would allow it."""
    problems = list(lost_addresses("sandbox", frozenset({KEY, VPC}), stack(VPC), Refactoring()))

    assert [(p.file, p.message) for p in problems] == [
        (
            "environments/sandbox.yaml",
            f"{KEY} holds data or identity and would be destroyed, because its key is gone from the file; "
            "put the key back, or write in environments/refactoring/sandbox.yaml: "
            f"to let it go, removed: [{{from: {KEY}, destroy: false, reason: ...}}]; "
            "if it was never applied, hybrid settle sandbox --drafts --write forgets it",
        )
    ]


def test_a_renamed_key_is_offered_its_new_address() -> None:
    """Where something new of the same type stands, a moved entry is the likely answer."""
    problems = list(lost_addresses("sandbox", frozenset({KEY}), stack("aws_kms_key.New_3C"), Refactoring()))

    assert f"moved: [{{from: {KEY}, to: aws_kms_key.New_3C}}]" in problems[0].message


def test_moved_and_removed_entries_account_for_an_address() -> None:
    """Either entry lets the address leave the stack."""
    refactoring = Refactoring.model_validate(
        {
            "moved": [{"from": KEY, "to": "aws_kms_key.New_3C"}],
            "removed": [{"from": VPC, "destroy": False, "reason": "handed over"}],
        }
    )

    found = lost_addresses("sandbox", frozenset({KEY, VPC}), stack("aws_kms_key.New_3C"), refactoring)
    assert list(found) == []


def test_an_entry_for_something_else_accounts_for_nothing() -> None:
    """An entry covers its own address only."""
    refactoring = Refactoring.model_validate(
        {"removed": [{"from": VPC, "destroy": False, "reason": "handed over"}]}
    )

    assert len(list(lost_addresses("sandbox", frozenset({KEY}), stack(), refactoring))) == 1


def test_entries_whose_target_is_missing_are_refused() -> None:
    """Terraform would refuse them an hour later."""
    refactoring = Refactoring.model_validate(
        {"import": [{"to": VPC, "id": "vpc-1"}], "moved": [{"from": KEY, "to": "aws_kms_key.New_3C"}]}
    )

    problems = list(entries_out_of_step("sandbox", Path("environments"), stack(), refactoring))

    assert [(p.file, p.path) for p in problems] == [
        ("environments/refactoring/sandbox.yaml", "import[0].to"),
        ("environments/refactoring/sandbox.yaml", "moved[0].to"),
    ]


def test_entries_whose_source_still_stands_are_refused() -> None:
    """A resource cannot be let go or moved away while the environment file still asks for it."""
    refactoring = Refactoring.model_validate(
        {
            "moved": [{"from": KEY, "to": "aws_kms_key.New_3C"}],
            "removed": [{"from": VPC, "destroy": True, "reason": "gone"}],
        }
    )

    problems = list(
        entries_out_of_step(
            "sandbox", Path("environments"), stack(KEY, VPC, "aws_kms_key.New_3C"), refactoring
        )
    )

    assert [p.path for p in problems] == ["moved[0].from", "removed[0].from"]


def test_what_the_files_set_is_not_kept() -> None:
    """It would be ignored for ever; a description may be, which nothing depends on."""
    made = {
        "resource": {
            "aws_vpc": {"Vpc_2B": {"tags": {}, "description": "d", "one": {"a": 1}, "some": [{"b": 1}]}}
        }
    }
    attributes = ["tags", "description", "other", "one[0].a", "one[0].z", "some[0].b", "tags[0].a[0].b"]
    refactoring = Refactoring.model_validate(
        {"kept": [{"at": VPC, "attributes": attributes}, {"at": KEY, "attributes": ["a"]}]}
    )

    problems = list(entries_out_of_step("sandbox", Path("environments"), made, refactoring))

    assert [(p.path, p.message.partition(" ")[0]) for p in problems] == [
        ("kept[0].attributes[0]", "tags"),
        ("kept[0].attributes[3]", "one[0].a"),
        ("kept[0].attributes[5]", "some[0].b"),
        ("kept[1].at", KEY),
    ]


def test_a_move_without_its_change_is_one_problem() -> None:
    """What a rename leaves that was stopped before it changed the environment's file."""
    refactoring = Refactoring.model_validate({"moved": [{"from": KEY, "to": "aws_kms_key.New_3C"}]})

    (problem,) = entries_out_of_step("sandbox", Path("environments"), stack(KEY), refactoring)

    assert problem.path == "moved[0]"
    assert "hybrid rename" in problem.message


def test_the_record_survives_a_round_trip(tmp_path: Path) -> None:
    """What is written is read again, sorted, comments apart."""
    path = record_path(tmp_path, "sandbox")

    write_file(path, record_text(frozenset({VPC, KEY})))

    assert read_record(path) == frozenset({KEY, VPC})
    assert path.read_text().splitlines()[-2:] == [KEY, VPC]


def test_no_record_is_an_empty_one(tmp_path: Path) -> None:
    """A new environment has recorded nothing yet."""
    assert read_record(record_path(tmp_path, "new")) == frozenset()
