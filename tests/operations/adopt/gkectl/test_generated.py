"""Whatever stands in gkectl's files, the command says something sensible, and accounts for every value."""

from __future__ import annotations

import contextlib
import copy
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from estate.reading.paths import dotted
from operations.adopt.gkectl.adopt import Options, adopt
from operations.adopt.gkectl.no_place import why_no_place
from operations.cli import main
from tests.operations.adopt.gkectl.samples import ADMIN, BLOCKS, EVERYTHING, SECRET, Document, changed

DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(
        [
            "on",
            "0x10",
            "1.30",
            "012",
            "12:30",
            "~",
            "10.22.1.0/24",
            "255.255.255.0",
            "1.35.0-gke.1",
            "{{ x }}",
        ]
    ),
    st.lists(
        st.one_of(st.text(max_size=4), st.integers(), st.dictionaries(st.text("ab", max_size=2), st.none())),
        max_size=3,
    ),
    st.dictionaries(st.text("abIP", max_size=3), st.text(max_size=3), max_size=2),
)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Path of everything in a document but the whole."""
    for key, below in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield (*path, key)
        yield from places(below, (*path, key))


@st.composite
def damaged(draw: st.DrawFn, document: Document) -> Document:
    """The document with something else in up to four places, or with nothing there."""
    copied = copy.deepcopy(document)
    for _ in range(draw(st.integers(0, 4))):
        path = draw(st.sampled_from(sorted(places(copied), key=str) or [()]))
        if not path:
            break
        holder: Any = copied
        for part in path[:-1]:
            holder = holder[part]
        if draw(st.booleans()):
            holder[path[-1]] = draw(ODD)
        else:
            del holder[path[-1]]
    return copied


def written(folder: Path, user: Any, blocks: Any, admin: Any) -> list[Path]:
    """Write the three files; returns those of the command line."""
    for file, document in (("user.yaml", user), ("batch-ipblock.yaml", blocks), ("admin.yaml", admin)):
        text = document if isinstance(document, str) else yaml.dump(document, Dumper=DUMPER, sort_keys=False)
        (folder / file).write_text(text, "utf-8")
    return [folder / "user.yaml", folder / "admin.yaml"]


def run(user: Any, blocks: Any, admin: Any) -> tuple[int, str]:
    """Run the command over files; returns its exit code and what it said."""
    said = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        paths = map(str, written(Path(folder), user, blocks, admin))
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
            code = main(["adopt", "gkectl", *paths])
    return code, said.getvalue()


@settings(max_examples=60, deadline=None)
@given(damaged(EVERYTHING), damaged(BLOCKS), damaged(ADMIN))
def test_damaged_files_are_adopted_or_refused(user: Document, blocks: Document, admin: Document) -> None:
    """Never a traceback; a refusal says what is wrong, with the file, on one line each."""
    code, said = run(user, blocks, admin)

    assert code in {0, 2}
    assert SECRET not in said
    if code == 2:
        problems, _, _ = said.partition("; nothing was written")
        *lines, count = problems.splitlines()
        assert count.split()[0] == str(len(lines))
        assert [line for line in lines if ".yaml" not in line] == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_refused(text: str) -> None:
    """A file that gkectl did not write."""
    code, _ = run(text.encode("utf-8", "ignore").decode(), BLOCKS, ADMIN)

    assert code == 2


def in_section(value: Any) -> set[str]:
    """Every key and value of the section as text."""
    if isinstance(value, dict):
        return {str(key) for key in value} | {
            found for below in value.values() for found in in_section(below)
        }
    if isinstance(value, list):
        return {found for below in value for found in in_section(below)}
    return {str(value).lower() if isinstance(value, bool) else str(value)}


def words(prefix: str) -> st.SearchStrategy[str]:
    """Texts that stand nowhere else."""
    return st.integers(0, 999).map(f"{prefix}-{{}}".format)


SIZES = st.integers(41, 900)
MEMORY = st.integers(2100, 9000).map((4).__mul__)
FIELDS: dict[Any, st.SearchStrategy[Any]] = {
    ("masterNode", "cpus"): st.integers(4, 90),
    ("masterNode", "memoryMB"): MEMORY,
    ("nodePools", 0, "cpus"): st.integers(4, 90),
    ("nodePools", 0, "memoryMB"): MEMORY,
    ("nodePools", 0, "bootDiskSizeGB"): SIZES,
    ("nodePools", 0, "labels", "tier"): words("tier"),
    ("nodePools", 0, "vsphere", "datastore"): words("pool-datastore"),
    ("network", "vCenter", "networkName"): words("vlan"),
    ("vCenter", "datastore"): words("datastore"),
    ("vCenter", "folder"): words("folder"),
    ("usageMetering", "bigQueryDatasetID"): words("metering"),
    ("future", "field"): words("future"),
}


@settings(max_examples=40, deadline=None)
@given(st.fixed_dictionaries({}, optional=FIELDS))
def test_every_value_of_a_generated_cluster_is_accounted_for(
    values: dict[tuple[str | int, ...], Any],
) -> None:
    """A value is in the section, or listed with a reason, or unknown: nothing is in none of them."""
    user = EVERYTHING
    for path, value in values.items():
        user = changed(user, *path, to=value)

    with tempfile.TemporaryDirectory() as folder:
        found = adopt(written(Path(folder), user, BLOCKS, ADMIN), Options())

    said = in_section(found.section.data)
    left = {leaf.path: leaf for leaf in found.files.documents[0].leaves()}
    for path, value in values.items():
        assert (str(value) in said) != (path in left), dotted(path)
    for path, leaf in left.items():
        assert leaf.why or why_no_place("UserCluster", path) or path[0] == "future", dotted(path)


def test_the_samples_themselves_are_adopted() -> None:
    """Or the tests above would show nothing."""
    code, said = run(EVERYTHING, BLOCKS, ADMIN)

    assert (code, "not carried over:" in said) == (0, True)
