"""Both adoptions read the files of states in one way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.adopt.management_service.tfstate import read_state  # until 2027-03-17
from operations.adopt.state_files import Instance, document, instances
from operations.adopt.terraform.reading import read_states

_READERS: tuple[Callable[[Path], Any], ...] = (
    read_state,  # until 2027-03-17
    lambda path: read_states([path]),
)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"version": 3, "modules": []}',
        '{"version": 5, "resources": []}',
        '{"version": 4, "resources": [{"mode": "managed"}]}',
        '{"encrypted_data": "hunter2"}',
    ],
)
def test_what_one_adoption_refuses_the_other_refuses_alike(content: str, tmp_path: Path) -> None:
    """But for how each says that a state is had."""
    file = tmp_path / "s.tfstate"
    file.write_text(content, encoding="utf-8")
    said = []
    for read in _READERS:
        with pytest.raises(InvalidInput) as refused:
            read(file)
        said.append(
            [(one.line, one.column, one.message.partition("; make")[0]) for one in refused.value.problems]
        )
    assert said == [said[0]] * len(_READERS)


def test_objects_keep_what_the_state_says_of_them(tmp_path: Path) -> None:
    """Address with module and index, secrets marked, tainted, and why one cannot be looked at."""
    marks = [[{"type": "get_attr", "value": "key"}]]
    each = [
        {"index_key": "a", "attributes": {"id": "1"}, "sensitive_attributes": marks, "status": "tainted"},
        {"index_key": 0, "deposed": "00000000", "attributes": {"id": "2"}},
        {"attributes_flat": {"id": "3"}},
    ]
    kept = {"mode": "managed", "module": "module.m", "type": "aws_vpc", "name": "v", "instances": each}
    state = {"version": 4, "resources": [kept, {"mode": "data", "type": "aws_vpc"}]}
    file = tmp_path / "s.tfstate"
    file.write_text(json.dumps(state), encoding="utf-8")
    address = "module.m.aws_vpc.v"
    assert instances("s", document(file, "?"), "?") == [
        Instance(f'{address}["a"]', "aws_vpc", {"id": "1"}, "", tuple(marks), is_tainted=True),
        Instance(f"{address}[0]", "aws_vpc", {}, "is deposed, waiting to be destroyed"),
        Instance(address, "aws_vpc", {}, "has no attributes in the form of Terraform 0.12 or later"),
    ]
    assert "id" not in repr(instances("s", state, "?"))
