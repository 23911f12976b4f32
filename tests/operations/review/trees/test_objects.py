"""Files of a tree as data: what is read, and what is refused to be read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from operations.review.trees.documents import UnreadableError, documents
from operations.review.trees.objects import tree_objects
from operations.review.trees.said import said
from operations.review.trees.texts import Side, texts
from tests.example import ESTATE
from tests.manifests.example_tree import without_tree
from tests.operations.review.trees.reviewed import FILE, file, written

ONE = "{apiVersion: v1, kind: A, metadata: {name: a}}"


def test_every_value_is_the_text_that_is_written() -> None:
    """Whatever a reader makes of a day or of an octal number; what is in a text is no line of the file."""
    assert documents(
        b"a: ['yes', 2026-11-30, 010, '1', 'null', true, \"~\", '']\n---\n---\n# b\n---\nb\n"
    ) == [
        {"a": ["yes", "2026-11-30", "010", "1", "null", "true", "~", ""]},
        "b",
    ]
    assert documents(b"a: |\n  --- # text\n  ...\n") == [{"a": "--- # text\n...\n"}]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"\xff", "is not YAML"),
        (b"a: [", "is not YAML"),
        (rb'a: "\ud800"', "holds half a character"),
        (b"#" * (1 << 20) + b"#", "is larger than 1 MiB"),
        (b"[" * 50 + b"]" * 50, "is nested too deeply"),
        (b"a: &x 1\nb: *x", "uses an anchor"),
        (b"a: {<<: {b: c}}", "has a key that is no plain text"),
        (b"? [a]\n: b", "has a key that is no plain text"),
        (b"a: 1\na: 2", "says a twice"),
        (b"a: 1\n---#: {}\nb: 1", "has a line that begins with -"),
        (b"a: 1\n--- #: x\nb: 1", "has a line that begins with -"),
        (b"a: 1\n--- ", "has a line that begins with -"),
        (b"a: 1\n---b: 1", "has a line that begins with -"),
        (b"a: 1\n...\n", "has a line that begins with ."),
        (b"%YAML 1.1\n---\na: 1", "has a line that begins with %"),
        (b"a: 1\r\n", "ends lines in a way"),
        (b"a: 1 # \xe2\x80\xa8---\n", "ends lines in a way"),
        (b"\xef\xbb\xbfa: 1", "ends lines in a way"),
        (b"a: 1 # +argocd:skip-file-rendering", "tells Argo CD to pass over it"),
        (b"a: !!binary cHJpdmlsZWdlZA==", "has a tag"),
        (b"a: ! b", "has a tag"),
        (b"a: !!set {b}", "has a tag"),
        (b"a: !!omap [{b: c}]", "has a tag"),
        (b"!!str", "has a tag"),
        (b"a:", "says null"),
        (b"a: ~", "says null"),
        (b"a: [Null]", "says null"),
        (b"---\nnull\n", "says null"),
        (b"a: True", "says True"),
        (b"a: FALSE", "says FALSE"),
        (b"a: yes", "says yes"),
        (b"on: a", "says on"),
    ],
)
def test_what_others_may_read_otherwise_is_not_read(text: bytes, why: str) -> None:
    """Nor what keeps a reader busy."""
    with pytest.raises(UnreadableError, match=why):
        documents(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a", "holds what is no object"),
        ("{kind: A, metadata: {name: a}}", "holds what is no object"),
        ("{apiVersion: v1, kind: A, metadata: a}", "holds what is no object"),
        ("{apiVersion: v1, kind: A, metadata: {generateName: a}}", "holds an object without a name"),
        ("{apiVersion: v1, kind: A, metadata: {name: [a]}}", "holds an object without a name"),
        (f"kind: List\nitems: [{ONE}]", "holds a list"),
        (f"{ONE[:-1]}, items: [{ONE}]}}", "holds a list"),
        (f"{ONE[:-1]}, items: []}}", "holds a list"),
        (f"{ONE}\n---\n{ONE}", "has A/a a second time"),
    ],
)
def test_what_is_no_object_is_said(text: str, why: str) -> None:
    """By its file, and nothing of it is judged by halves."""
    [found] = tree_objects({FILE: file(text).encode()}).values()

    assert [(path, said.startswith(why)) for path, said in found.unreadable.items()] == [
        ("synced/10-all.yaml", True)
    ]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """Of a file, of a folder, or of the tree as a whole."""
    written(tmp_path / "real", {FILE: file(ONE)})
    here = tmp_path / "here"
    (here / "clusters/dev").mkdir(parents=True)
    (here / "clusters/dev/apps").symlink_to(tmp_path / "real/clusters/dev/apps")
    (here / "clusters/dev/data/synced").mkdir(parents=True)
    (here / "clusters/dev/data/synced/a.yaml").symlink_to(tmp_path / "real/clusters" / FILE)
    whole = tmp_path / "whole"
    whole.mkdir()
    (whole / "clusters").symlink_to(tmp_path / "real/clusters")

    found = tree_objects(texts(Side(ESTATE, here)))
    of_all = tree_objects(texts(Side(ESTATE, whole)))

    assert {where: one.unreadable for where, one in found.items()} == {
        ("", ""): {"dev/apps": "is no ordinary file or folder"},
        ("dev", "data"): {"synced/a.yaml": "is no ordinary file or folder"},
    }
    assert of_all["", ""].unreadable == {"": "is no ordinary file or folder"}


def test_a_name_that_is_no_text_can_be_told(tmp_path: Path) -> None:
    """Half a character would make no JSON."""
    there = written(tmp_path, {FILE: file(ONE)})
    (there / "clusters/dev/apps/synced" / os.fsdecode(b"\xff.yaml")).write_bytes(b"a")

    assert list(texts(Side(ESTATE, there))) == ["dev/apps/synced/10-all.yaml", r"dev/apps/synced/\udcff.yaml"]


def test_what_stands_above_clusters_is_a_stranger(tmp_path: Path) -> None:
    """It is for none of them; an estate without a tree has none."""
    side = Side(ESTATE, written(tmp_path, {"README.md": "a", "dev/a.yaml": file(ONE), FILE: file(ONE)}))
    found = tree_objects(texts(side))

    assert {where: (len(one.objects), one.strangers) for where, one in found.items()} == {
        ("", ""): (0, ["README.md", "dev/a.yaml"]),
        ("dev", "apps"): (1, []),
    }
    assert texts(replace(side, estate=without_tree())) == {}


@pytest.mark.parametrize(
    "name",
    [".argocd-source.yaml", "Chart.yaml", "values.yaml", "kustomization.yml", "Kustomization", ".x.json"],
)
def test_what_says_how_a_folder_is_read_is_a_stranger(name: str) -> None:
    """Whatever it begins with."""
    [found] = tree_objects({f"dev/apps/synced/{name}": file(ONE).encode()}).values()

    assert found.strangers == [f"synced/{name}"]


def test_an_object_is_compared_by_what_it_says() -> None:
    """Odd ones, too: nothing that is written makes a review fail."""
    odd = {
        "metadata": {"name": "a", "annotations": {"a": "{", "b": '["x", {"y": 1}]'}},
        "rules": ["a", {"verbs": "get"}],
        "subjects": ["a", {"kind": "ServiceAccount", "namespace": "n", "name": "b"}],
        "roleRef": "a",
        "spec": {
            "roles": [{"name": "a"}, {"name": "a"}],
            "variables": ["a"],
            "list": [{"b": ["c", "d"], "a": {}}],
        },
    }

    assert said(odd, "dev/apps") == {
        "metadata": {"name": "a", "annotations": {"a": "{", "b": ["x", "y: 1"]}},
        "may": ["* *"],
        "subjects": ["a", "ServiceAccount n/b"],
        "roleRef": "a",
        "spec": {"roles": ["name: a", "name: a"], "variables": ["a"], "list": ["a: , b: c d"]},
        "cluster": "dev/apps",
    }


def test_a_role_of_too_many_rights_may_do_anything() -> None:
    """As far as a review can tell."""
    many = [str(number) for number in range(50)]

    assert said({"rules": [{"verbs": many, "apiGroups": [""], "resources": many}]}, "")["may"] == ["* *"]
