"""Validating a file: every mistake at once, each at its place and in plain words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from estate.model.base import Model
from estate.reading.loader import validate
from estate.reading.problems import InvalidInput
from tests.reading.sample import VALID, Document, check, messages, source

SECTION = "name: sample\nsection:\n  region: north\n  cidr: 10.0.0.0/16\n"

MISTAKES = {
    "mistyped required key is not missing as well": (
        "nmae: sample\n",
        [
            "f.yaml:1:1: nmae: unknown key; did you mean name? "
            "(allowed here: days, labels, name, protected, section, spare, version)"
        ],
    ),
    "key that was meant stands there already": (
        SECTION + "  regoin: south\n",
        ["f.yaml:5:3: section.regoin: unknown key; allowed here: cidr, keys, password, pools, region, uses"],
    ),
    "rule about a mistyped key": (
        SECTION + "  keyz: {k: {}}\n  poolz: {p: {size: small}}\n  uses: {p: k}\n",
        [
            "f.yaml:5:3: section.keyz: unknown key; did you mean keys? "
            "(allowed here: cidr, keys, password, pools, region, uses)",
            "f.yaml:6:3: section.poolz: unknown key; did you mean pools? "
            "(allowed here: cidr, keys, password, pools, region, uses)",
        ],
    ),
    "mistyped key of the other alternative": (
        SECTION + "  keys: {k: {exsting: {id: abc}}}\n",
        ["f.yaml:5:14: section.keys.k.exsting: unknown key; did you mean existing?"],
    ),
    "broken rule": (
        SECTION + "  pools: {p: {size: large, count: 9}}\n",
        ["f.yaml:5:35: section.pools.p.count: must be at most 3 with size: large, got 9; take fewer"],
    ),
    "broken rules of several models at once": (
        SECTION + "  pools: {p: {size: large, count: 9, addresses: [bb, bb]}}\n  uses: {q: k}\n"
        "spare: {region: south, cidr: 10.0.1.0/24}\n",
        [
            "f.yaml:5:35: section.pools.p.count: must be at most 3 with size: large, got 9; take fewer",
            "f.yaml:5:54: section.pools.p.addresses[1]: stands here twice, got bb; take another",
            "f.yaml:6:13: section.uses.q: must be one of keys, got k; add it to keys",
            "f.yaml:6:13: section.uses.q: names no pool, got q; add it to pools",
            "f.yaml:7:30: spare.cidr: must not overlap section.cidr, got 10.0.1.0/24; take another",
        ],
    ),
    "rule beside a wrong field": (
        SECTION + "  pools: {p: {size: large, count: 9, ratio: x}}\n",
        [
            "f.yaml:5:35: section.pools.p.count: must be at most 3 with size: large, got 9; take fewer",
            'f.yaml:5:45: section.pools.p.ratio: must be a number, got "x"',
        ],
    ),
    "rule about what is there but wrong": (
        SECTION + "  keys: {k: {days: 1, note: 2}, l: 7}\n  pools: {p: {}}\n  uses: {p: k}\n",
        [
            "f.yaml:5:20: section.keys.k.days: must be at least 7 and at most 30, got 1",
            'f.yaml:5:29: section.keys.k.note: must be text, got 2; quote it: "2"',
            "f.yaml:5:36: section.keys.l: must be a mapping (key: value), got 7",
            "f.yaml:6:11: section.pools.p.size: is missing; add it (size of each machine)",
        ],
    ),
    "list positions after a wrong item": (
        SECTION + "  pools: {p: {size: small, addresses: [A1, bb, cc, B2, bb]}}\n",
        [
            'f.yaml:5:40: section.pools.p.addresses[0]: must be 2 to 8 lower-case letters, got "A1"',
            'f.yaml:5:52: section.pools.p.addresses[3]: must be 2 to 8 lower-case letters, got "B2"',
            "f.yaml:5:56: section.pools.p.addresses[4]: stands here twice, got bb; take another",
        ],
    ),
    "rule about a list": (
        SECTION
        + "  pools: {p: {size: small, addresses: [aa, cc]}, q: {size: small, addresses: [aa, cc, 7]}}\n",
        [
            "f.yaml:5:28: section.pools.p.addresses: must name bb; add it",
            "f.yaml:5:87: section.pools.q.addresses[2]: must be 2 to 8 lower-case letters, as text in quotes, got 7",
        ],
    ),
    "list too short only without its wrong items": (
        SECTION + "  pools: {p: {size: small, addresses: [A1, bb]}}\n",
        ['f.yaml:5:40: section.pools.p.addresses[0]: must be 2 to 8 lower-case letters, got "A1"'],
    ),
    "list too short and wrong": (
        SECTION + "  pools: {p: {size: small, addresses: [A1]}}\n",
        [
            "f.yaml:5:28: section.pools.p.addresses: must have at least 2 entries, got 1",
            'f.yaml:5:40: section.pools.p.addresses[0]: must be 2 to 8 lower-case letters, got "A1"',
        ],
    ),
    "wrong key that decides which alternative is meant": (
        SECTION + "  keys: {k: {existing: 7}, l: {existing: {id: A}}, m: {existing: {}}}\n"
        "  pools: {p: {size: small}}\n  uses: {k: k}\n",
        [
            "f.yaml:5:24: section.keys.k.existing: must be a mapping (key: value), got 7",
            'f.yaml:5:47: section.keys.l.existing.id: must be 2 to 8 lower-case letters, got "A"',
            "f.yaml:5:56: section.keys.m.existing.id: is missing; add it (id of the key)",
            "f.yaml:7:13: section.uses.k: names no pool, got k; add it to pools",
        ],
    ),
    "wrong key whose absence would be another mistake": (
        SECTION + "  pools: {p: {size: small, disk: {existing: 7}}}\n",
        [
            "f.yaml:5:45: section.pools.p.disk.existing: must be 2 to 8 lower-case letters, as text in quotes, got 7"
        ],
    ),
    "rules in a section that lacks something itself": (
        "name: sample\nsection:\n  cidr: 10.0.0.0/16\n  pools: {p: {size: large, count: 9, ratio: x}}\n",
        [
            "f.yaml:2:1: section.region: is missing; add it (the place; another one replaces everything)",
            "f.yaml:4:35: section.pools.p.count: must be at most 3 with size: large, got 9; take fewer",
            'f.yaml:4:45: section.pools.p.ratio: must be a number, got "x"',
        ],
    ),
    "rules of the top in spite of a lost section": (
        "name: sample\ndays: 2\nsection: {region: north, cidr: 10.0.0.0/16, keys: 7}\n"
        "spare: {region: south, cidr: 10.0.0.0/8}\n",
        [
            "f.yaml:2:7: days: must be one of 1, 7, 30, got 2",
            "f.yaml:3:51: section.keys: must be a mapping (key: value), got 7",
            "f.yaml:4:30: spare.cidr: must not overlap section.cidr, got 10.0.0.0/8; take another",
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_every_mistake_is_reported_and_nothing_besides(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    """None hides another or is told twice, whether a field is wrong or a rule is broken."""
    assert messages(tmp_path, text) == expected


def test_valid_document_has_no_problems(tmp_path: Path) -> None:
    """What is right gives the model and nothing else."""
    validated = check(tmp_path, json.dumps(VALID))

    assert validated.problems == []
    assert validated.left_out.paths == set()
    assert validated.model
    assert validated.model.model_dump(mode="json", exclude_unset=True) == VALID


def test_model_holds_what_is_right(tmp_path: Path) -> None:
    """Rules across files are checked with what is valid of each."""
    validated = check(tmp_path, SECTION + "  keys: {a: {days: 7}, b: {days: 1}}\n  pools: {p: {}}\n")

    assert validated.model
    assert validated.model.model_dump(mode="json", exclude_unset=True) == {
        "name": "sample",
        "section": {
            "region": "north",
            "cidr": "10.0.0.0/16",
            "keys": {"a": {"days": 7}, "b": {}},
            "pools": {},
        },
    }
    assert validated.left_out.paths == {("section", "keys", "b", "days"), ("section", "pools", "p")}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("name: sample\n" + "".join(f"k{n}: 1\n" for n in range(1000)), id="fields"),
        pytest.param(
            SECTION + "  pools: {p: {size: small, addresses: [bb" + ", bb" * 1000 + "]}}\n",
            id="one model's rules",
        ),
    ],
)
def test_stops_after_two_hundred_problems(tmp_path: Path, text: str) -> None:
    """A file with more was not written by a person, and finding them all would take long."""
    found = messages(tmp_path, text)

    assert found[0] == "f.yaml: has more than 200 problems, the rest is left out; is this the right file?"
    assert 201 <= len(found) <= 202


def test_no_model_without_what_it_cannot_be_without(tmp_path: Path) -> None:
    """A required key at the top has nothing around it that could be left out."""
    validated = check(tmp_path, "name: 7\nlabels: {a: b}\n")

    assert validated.model is None


def test_stand_in_takes_the_place_of_a_wrong_or_missing_key(tmp_path: Path) -> None:
    """With it the other rules of the file are still checked; the mistake is reported all the same."""
    overlap = "section: {region: aa, cidr: 10.0.0.0/8}\nspare: {region: aa, cidr: 10.1.0.0/16}\n"

    wrong = validate(source(tmp_path, "name: 7\n" + overlap), Document, {"name": "standin"})
    missing = validate(source(tmp_path, overlap), Document, {"name": "standin"})

    assert [problem.path for problem in wrong.problems] == ["name", "spare.cidr"]
    assert [problem.path for problem in missing.problems] == ["name", "spare.cidr"]
    assert wrong.model
    assert wrong.model.name == "standin"


def test_only_a_file_without_a_mistake_has_a_whole_model(tmp_path: Path) -> None:
    """Of a wrong one there may be a model of what is valid, for checks that go on."""
    right = validate(source(tmp_path, SECTION), Document)
    wrong = validate(source(tmp_path, "name: 7\n"), Document, {"name": "standin"})

    assert right.whole() is right.model
    assert wrong.model
    with pytest.raises(InvalidInput) as refused:
        wrong.whole()
    assert list(refused.value.problems) == wrong.problems


def test_stand_in_that_is_wrong_itself_is_not_reported(tmp_path: Path) -> None:
    """The person did not write it."""
    validated = validate(source(tmp_path, "name: 7\n"), Document, {"name": "NO GOOD"})

    assert [problem.message for problem in validated.problems] == [
        "must be 2 to 8 lower-case letters, as text in quotes, got 7"
    ]
    assert validated.model is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("name: &x sample\nversion: *x\n", "sample", id="alias"),
        pytest.param("name: sample\nsection: {<<: {}}\n", "sample", id="merge key"),
        pytest.param(
            "name: sample\nsection: {region: aa, cidr: 10.0.0.0/8, keys: {k: {existing: !!str x}}}\n",
            "sample",
            id="tag",
        ),
    ],
)
def test_what_was_written_in_a_refused_way_is_not_checked(tmp_path: Path, text: str, expected: str) -> None:
    """An alias is reported as an alias, not also as what it might stand for."""
    from estate.reading.yaml_source import examine

    path = tmp_path / "f.yaml"
    path.write_text(text)
    read, problems = examine(path, "f.yaml")
    assert read

    validated = validate(read, Document)

    assert len(problems) == 1
    assert validated.problems == []
    assert validated.model
    assert validated.model.name == expected


def test_merge_key_at_the_top_leaves_nothing_to_check(tmp_path: Path) -> None:
    """What a file holds is unknown when all of it may come from elsewhere."""
    from estate.reading.yaml_source import examine

    path = tmp_path / "f.yaml"
    path.write_text("<<: {name: sample}\nzzz: 1\n")
    read, problems = examine(path, "f.yaml")
    assert read

    validated = validate(read, Document)

    assert (len(problems), validated.problems, validated.model) == (1, [], None)


def test_surprise_is_refused_where_anything_goes(tmp_path: Path) -> None:
    """A model that takes anything takes no scalar that readers disagree about."""

    class Loose(Model):
        """Takes anything."""

        value: Any
        """Anything."""
        token: Any = None
        """Anything, perhaps secret."""

    validated = validate(source(tmp_path, "value: [no]\ntoken: 0x1f\n"), Loose)

    assert [str(problem) for problem in validated.problems] == [
        'f.yaml:1:9: value[0]: YAML reads no as false; write false, or quote it if text is meant: "no"',
        "f.yaml:2:8: token: is not read as text by YAML; put it in quotes",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            SECTION + "labels: {a: b}\nspare:\n",
            ["f.yaml:6:1: spare: says nothing; write its value, or take the key out"],
            id="an optional section",
        ),
        pytest.param(SECTION + "spare: ~\n", [], id="said in so many words"),
        pytest.param(
            SECTION.replace("name: sample", "name:"),
            ["f.yaml:1:1: name: must be text, got nothing"],
            id="a required value, told once",
        ),
    ],
)
def test_nothing_after_a_colon_is_no_value(tmp_path: Path, text: str, expected: list[str]) -> None:
    """A section whose lines are gone reads like one that nobody wants."""
    assert messages(tmp_path, text) == expected
