"""What is known of placeholders: told by their kind, and nothing that can be real."""

from __future__ import annotations

import re
from datetime import date

import pytest

from estate.facts.placeholders import Placeholders
from operations.project import ROOT

_KEY = re.compile(r"\b(?:ssh-|ecdsa-sha2-)[a-z0-9-]+ (AAAA[A-Za-z0-9+/]{40,}=*)")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY", "keys"),
        (
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY kari@work",
            "keys",
        ),
        ("111122223333", "numbers"),
        ("444455556666", "numbers"),
        ("123456789012", "numbers"),
        ("123456789222", "numbers"),
        ("000000000000", "numbers"),
        ("523456789012", "numbers"),
        ("890123456789", "numbers"),
        ("arn:aws:iam::123456789012:role/deploy", "numbers"),
        ("203.0.113.10", "addresses"),
        ("198.51.100.0/24", "addresses"),
        ("192.0.2.1-192.0.2.9", "addresses"),
        ("2001:db8::1", "addresses"),
        ("2001:0DB8:1::/48", "addresses"),
        ("example.com", "domains"),
        ("https://git.Example.org/platform.git", "domains"),
        ("platform@teams.example.net", "domains"),
        ("vcenter.corp.test", "domains"),
        ("vcenter.invalid:443", "domains"),
        ("placeholder-lab", "words"),
        ("projects/placeholder-lab/locations/x", "words"),
    ],
)
def test_a_placeholder_is_told_by_its_kind(text: str, kind: str) -> None:
    """Whatever the example has: what is published, and what standards and vendors keep for documents."""
    found = Placeholders.known().kind_of(text)

    assert found is not None
    assert found.name == kind


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKj3cQm0pS4r1xB7wZ2vYt8nUe6oLh5gDf9aXc0iVb1M kari@work",
        "738201945562",
        "arn:aws:iam::aws:policy/ReadOnlyAccess",
        "arn:aws:kms:eu-west-1:738201945562:key/0123456789abcdef0",
        "subnet-0123456789abcdef0",
        "10.20.30.40",
        "203.0.114.10",
        "1.35.0-gke.525",
        "999.999.999.999",
        "20:00",
        "2001:db9::1",
        "myexample.com",
        "example.com.nk.no",
        "environments/test",
        "test",
        "no-placeholder-here",
    ],
)
def test_what_can_be_real_is_none(text: str) -> None:
    """Nobody could go on if it were refused."""
    assert Placeholders.known().kind_of(text) is None


def test_every_key_that_is_published_is_known() -> None:
    """In documents, schemas and the estates that others copy from."""
    places = ("README.md", "docs", "estate", "operations", "tests/estate")
    files = [
        path
        for place in places
        for path in ([ROOT / place] if (ROOT / place).is_file() else (ROOT / place).rglob("*"))
        if path.suffix in {".md", ".json", ".yaml", ".py"} and path.name != "placeholders.json"
    ]
    published = {match[0] for path in files for match in _KEY.finditer(path.read_text("utf-8"))}

    assert published
    assert [key for key in published if not Placeholders.known().kind_of(key)] == []


def test_it_says_when_it_was_read() -> None:
    """What others decide changes."""
    assert date.fromisoformat(Placeholders.known().read).year > 2025
