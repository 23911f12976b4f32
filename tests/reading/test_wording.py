"""Wrong values in plain words: what is allowed, what was found, what to write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field, StrictBool, StrictInt, StringConstraints

from estate.model.access.values import Day
from estate.model.base import Model
from estate.reading.loader import validate
from estate.reading.wording import is_secret
from tests.reading.sample import Name, messages, source

SECTION = "name: sample\nsection:\n  region: north\n  cidr: 10.0.0.0/16\n"

MISTAKES = {
    "unknown key": (
        "name: sample\nlabel: {}\n",
        [
            "f.yaml:2:1: label: unknown key; did you mean labels? "
            "(allowed here: days, labels, name, protected, section, spare, version)"
        ],
    ),
    "unknown key like no other": (
        SECTION + "  keys: {k: {zzz: 1}}\n",
        ["f.yaml:5:14: section.keys.k.zzz: unknown key; allowed here: days, note"],
    ),
    "unknown key with odd characters": (
        'name: sample\n"a b.c": 1\n',
        [
            'f.yaml:2:1: ["a b.c"]: unknown key; allowed here: days, labels, name, protected, section, spare, version'
        ],
    ),
    "missing key": (
        "section:\n  cidr: 10.0.0.0/16\n",
        [
            "f.yaml:1:1: name: is missing; add it (name of it all)",
            "f.yaml:1:1: section.region: is missing; add it (the place; another one replaces everything)",
        ],
    ),
    "missing key in a list-like map": (
        SECTION + "  pools:\n    web: {}\n",
        ["f.yaml:6:5: section.pools.web.size: is missing; add it (size of each machine)"],
    ),
    "number for text": (
        "name: sample\nversion: 4711\n",
        ['f.yaml:2:10: version: must be text, got 4711; quote it: "4711"'],
    ),
    "version read as a number": (
        "name: sample\nversion: 1.30\n",
        ['f.yaml:2:10: version: YAML reads 1.30 as the number 1.3; quote it: "1.30"'],
    ),
    "version that is a number as it stands": (
        "name: sample\nversion: 1.5\n",
        ['f.yaml:2:10: version: must be text, got 1.5; quote it: "1.5"'],
    ),
    "number that would not do in quotes either": (
        "name: 1.30\n",
        ["f.yaml:1:7: name: must be 2 to 8 lower-case letters, as text in quotes, got 1.30"],
    ),
    "true for text": (
        "name: sample\nversion: true\n",
        ['f.yaml:2:10: version: must be text, got true; quote it: "true"'],
    ),
    "nothing for text": (
        "name:\n",
        ["f.yaml:1:1: name: must be text, got nothing"],
    ),
    "no for text": (
        "name: sample\nlabels: {a: no, b: 012, c: 12:30, d: 2026-01-02}\n",
        [
            'f.yaml:2:13: labels.a: YAML reads no as false; quote it: "no"',
            'f.yaml:2:20: labels.b: YAML reads 012 as an octal number, 10 in decimal; quote it: "012"',
            'f.yaml:2:28: labels.c: YAML reads 12:30 as the number 750 in base 60; quote it: "12:30"',
            'f.yaml:2:38: labels.d: YAML reads 2026-01-02 as a date; quote it: "2026-01-02"',
        ],
    ),
    "account id": (
        "name: sample\nversion: 012345678901\n",
        [
            "f.yaml:2:10: version: YAML reads 012345678901 as a number and may drop its leading zero; "
            'quote it: "012345678901"'
        ],
    ),
    "yes for true": (
        "name: sample\nprotected: yes\n",
        ["f.yaml:2:12: protected: YAML reads yes as true; write true"],
    ),
    "octal for true": (
        "name: sample\nprotected: 01\n",
        ["f.yaml:2:12: protected: must be true or false; YAML reads 01 as an octal number, 1 in decimal"],
    ),
    "text for true": (
        'name: sample\nprotected: "false"\n',
        ['f.yaml:2:12: protected: must be true or false, got "false"; remove the quotes: false'],
    ),
    "number in quotes for true": (
        'name: sample\nprotected: "1"\n',
        ['f.yaml:2:12: protected: must be true or false, got "1"'],
    ),
    "number in quotes": (
        SECTION + '  keys: {k: {days: "7"}}\n',
        ['f.yaml:5:20: section.keys.k.days: must be a whole number, got "7"; remove the quotes: 7'],
    ),
    "number in quotes that would not do without them either": (
        SECTION + '  keys: {k: {days: "70"}}\n',
        ['f.yaml:5:20: section.keys.k.days: must be at least 7 and at most 30, without quotes, got "70"'],
    ),
    "number that is none of those offered, written oddly": (
        "name: sample\ndays: 1_1\n",
        ["f.yaml:2:7: days: must be one of 1, 7, 30, got 1_1"],
    ),
    "number with an underscore": (
        SECTION + "  pools: {p: {size: small, count: 1_0, ratio: 0x1f}}\n",
        [
            "f.yaml:5:35: section.pools.p.count: YAML reads 1_0 as the number 10; write 10",
            "f.yaml:5:47: section.pools.p.ratio: YAML reads 0x1f as the number 31; write 31",
        ],
    ),
    "time for a number": (
        SECTION + "  pools: {p: {size: small, count: 1:30, ratio: .5}}\n",
        [
            "f.yaml:5:35: section.pools.p.count: must be a whole number; YAML reads 1:30 as the number 90 in base 60",
            "f.yaml:5:48: section.pools.p.ratio: YAML reads .5 as the number 0.5; write 0.5",
        ],
    ),
    "fraction for a whole number": (
        SECTION + "  pools: {p: {size: small, count: 1.50}}\n",
        ["f.yaml:5:35: section.pools.p.count: must be a whole number, got 1.50"],
    ),
    "off for a mapping": (
        "name: sample\nsection: off\n",
        ["f.yaml:2:10: section: must be a mapping (key: value); YAML reads off as false"],
    ),
    "text for a mapping": (
        "name: sample\nsection: none\nspare: []\n",
        [
            'f.yaml:2:10: section: must be a mapping (key: value), got "none"',
            "f.yaml:3:1: spare: must be a mapping (key: value), got an empty list",
        ],
    ),
    "mapping for text and for a list": (
        SECTION + "  pools: {p: {size: {a: 1}, addresses: {}}}\n",
        [
            "f.yaml:5:15: section.pools.p.size: must be small or large, got a mapping",
            "f.yaml:5:29: section.pools.p.addresses: must be a list, got an empty mapping",
        ],
    ),
    "list for a map": (
        "name: sample\nlabels: [a]\n",
        ["f.yaml:2:1: labels: must be a mapping (key: value), got a list"],
    ),
    "text for a list": (
        SECTION + "  pools: {p: {size: small, addresses: aa}}\n",
        ['f.yaml:5:39: section.pools.p.addresses: must be a list, got "aa"; put it in brackets: [aa]'],
    ),
    "word that is not offered": (
        SECTION + "  pools: {p: {size: smal}, q: {size: Large}, r: {size: huge}, s: {size: no}}\n",
        [
            'f.yaml:5:21: section.pools.p.size: must be small or large, got "smal"; did you mean small?',
            'f.yaml:5:38: section.pools.q.size: must be small or large, got "Large"; did you mean large?',
            'f.yaml:5:56: section.pools.r.size: must be small or large, got "huge"',
            "f.yaml:5:73: section.pools.s.size: must be small or large, got no",
        ],
    ),
    "number that is not offered": (
        "name: sample\ndays: 8\n",
        ["f.yaml:2:7: days: must be one of 1, 7, 30, got 8"],
    ),
    "offered number in quotes": (
        'name: sample\ndays: "30"\n',
        ['f.yaml:2:7: days: must be one of 1, 7, 30, got "30"; remove the quotes: 30'],
    ),
    "number out of range": (
        SECTION + "  keys: {k: {days: 3}}\n  pools: {p: {size: small, count: 0}}\n",
        [
            "f.yaml:5:20: section.keys.k.days: must be at least 7 and at most 30, got 3",
            "f.yaml:6:35: section.pools.p.count: must be more than 0, got 0",
        ],
    ),
    "text in another form": (
        "name: Sample of mine\n",
        ['f.yaml:1:7: name: must be 2 to 8 lower-case letters, got "Sample of mine"'],
    ),
    "key in another form": (
        "name: sample\nlabels: {Team: blue}\n",
        [
            'f.yaml:2:10: labels.Team: key must be lower-case letters, digits and hyphens, at most 40, a letter first and no hyphen last, got "Team"'
        ],
    ),
    "too short": (
        SECTION + "  keys: {k: {note: ''}}\n  pools: {p: {size: small, addresses: [aa]}}\n",
        [
            'f.yaml:5:20: section.keys.k.note: must not be empty, got ""',
            "f.yaml:6:28: section.pools.p.addresses: must have at least 2 entries, got 1",
        ],
    ),
    "value that a function refuses": (
        "name: sample\nsection: {region: north, cidr: 10.0.0.1/16}\n",
        [
            'f.yaml:2:32: section.cidr: must name the first address of its range, got "10.0.0.1/16"; '
            "did you mean 10.0.0.0/16?"
        ],
    ),
    "long value": (
        "name: " + "x" * 100 + "\n",
        ['f.yaml:1:7: name: must be 2 to 8 lower-case letters, got "' + "x" * 57 + '..."'],
    ),
    "value with quotes": (
        'name: "\\"\\\\"' + "\n",
        [r'f.yaml:1:7: name: must be 2 to 8 lower-case letters, got "\"\\"'],
    ),
    "secret": (
        SECTION + "  password: hunter2!\n",
        ["f.yaml:5:13: section.password: must be 2 to 8 lower-case letters"],
    ),
    "secret that is a number": (
        SECTION + "  password: 4711\n",
        ["f.yaml:5:13: section.password: must be text; quote it"],
    ),
    "secret that YAML changes": (
        SECTION + "  password: 0x1f\n",
        ["f.yaml:5:13: section.password: is not read as text by YAML; put it in quotes"],
    ),
    "secret in a list": (
        SECTION + "  password: [hunter2]\n",
        ["f.yaml:5:3: section.password: must be text"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_reported_in_plain_words(tmp_path: Path, text: str, expected: list[str]) -> None:
    """Where, what is allowed, what was found, what to do."""
    assert messages(tmp_path, text) == expected


class Odd(Model):
    """What real models may come to hold."""

    url: str
    """URL of it; a `path` too."""
    only: Literal["one"] = "one"
    """The only choice."""
    port: Annotated[StrictInt, Field(multiple_of=10)] = 10
    """A round number."""
    short: Annotated[str, StringConstraints(min_length=2, max_length=3)] = "aa"
    """Two or three characters."""
    plain: Annotated[str, StringConstraints(pattern="^a$")] = "a"
    """A pattern that nobody put in words."""
    either: StrictInt | StrictBool = 1
    """One of two types."""
    pair: tuple[Name, StrictInt] = ("aa", 1)
    """Two things."""
    few: Annotated[tuple[Name, ...], Field(min_length=1, max_length=1)] = ("aa",)
    """Exactly one."""
    limit: Annotated[StrictInt, Field(lt=5)] | None = None
    """Less than five."""
    token: Literal["a", "b"] = "a"  # noqa: S105 - that it looks like a secret is the point
    """A secret from a list."""
    switch: Literal["on", "off"] = "on"
    """A word that YAML takes for true or false."""
    day: Day = "2027-01-31"
    """A day of the calendar."""
    names: dict[Name, Annotated[StrictInt, Field(ge=1)]] = {}
    """Numbers by name."""


class Bare(Model):
    """A model without a word about its field."""

    value: str  # no description


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("only: two", ['only: must be one, got "two"']),
        ("port: 7", ["port: must be a multiple of 10, got 7"]),
        ("short: a", ['short: must have at least 2 characters, got "a"']),
        ("short: aaaa", ['short: must have at most 3 characters, got "aaaa"']),
        ("plain: b", ['plain: must match the pattern ^a$, got "b"']),
        (
            "either: x",
            ['either: must be a whole number, got "x"', 'either: must be true or false, got "x"'],
        ),
        ("pair: [A, x]", ['pair[0]: must be 2 to 8 lower-case letters, got "A"', 'pair[1]: must be a whole number, got "x"']),
        ("few: []", ["few: must not be empty, got an empty list"]),
        ("few: [aa, bb]", ["few: must have at most 1 entry, got 2"]),
        ("limit: 5", ["limit: must be less than 5, got 5"]),
        ("token: hunter2", ["token: must be a or b"]),
        ("names: {aa: 0}", ["names.aa: must be at least 1, got 0"]),
        ("names: {A: 1}", ['names.A: key must be 2 to 8 lower-case letters, got "A"']),
        ("switch: off", ['switch: YAML reads off as false; quote it: "off"']),
        ("switch: no", ["switch: must be on or off, got no"]),
        ("day: 2027-02-31", ["day: must be a day of the calendar, as text in quotes, got 2027-02-31"]),
        ("either: yes", ["either: YAML reads yes as true; write true"]),
        ("pair: aa", ['pair: must be a list, got "aa"; put it in brackets: [aa]']),
    ],
)  # fmt: skip
def test_says_what_is_allowed_and_what_was_found(tmp_path: Path, text: str, expected: list[str]) -> None:
    """In the same form, whatever pydantic's own words are."""
    validated = validate(source(tmp_path, f"url: x\n{text}\n"), Odd)

    assert [f"{problem.path}: {problem.message}" for problem in validated.problems] == expected


def test_missing_key_keeps_the_case_of_abbreviations(tmp_path: Path) -> None:
    """Its description is quoted in the middle of a sentence."""
    validated = validate(source(tmp_path, "port: 10\n"), Odd)

    assert [problem.message for problem in validated.problems] == [
        "is missing; add it (URL of it; a `path` too)"
    ]


def test_missing_key_without_a_description(tmp_path: Path) -> None:
    """It is named all the same."""
    validated = validate(source(tmp_path, "valeu: x\nother: 1\n"), Bare)

    assert [problem.message for problem in validated.problems] == [
        "unknown key; did you mean value? (allowed here: value)",
        "unknown key; allowed here: value",
    ]
    assert [problem.message for problem in validate(source(tmp_path, "{}\n"), Bare).problems] == [
        "is missing; add it"
    ]


@pytest.mark.parametrize(
    ("path", "secret"),
    [
        (("vpn", "pre_shared_key"), True),
        (("vpn", "preshared_keys", "a"), True),
        (("token",), True),
        (("db", "Password"), True),
        (("tls", "private_key", 0), True),
        (("aws", "kms_keys", "secrets", "deletion_window_days"), False),
        (("aws", "kms_keys", "data"), False),
        ((), False),
    ],
)
def test_secrets_are_known_by_name(path: tuple[str | int, ...], secret: bool) -> None:  # noqa: FBT001 - a table
    """A key called secrets is a section here; what is in it may be shown."""
    assert is_secret(path) is secret
