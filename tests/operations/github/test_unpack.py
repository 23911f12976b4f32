"""What a pull request's own run made is data, whatever whoever pushes puts into it."""

from __future__ import annotations

import hashlib
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from operations.cli import main
from operations.github import unpack as module

GOOD = (
    "manifest.json",
    "stacks.json",
    "stacks/dev/cdk.tf.json",
    "stacks/dev/.terraform.lock.hcl",
    "stacks/dev/assets/Chart/0A1B/templates/manifest.yaml",
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A job's folder with a checkout of a pull request, and a place for the archive."""
    (tmp_path / "head" / "environments").mkdir(parents=True)
    (tmp_path / "head" / "environments" / "dev.yaml").write_text("environment: dev\n")
    (tmp_path / "artifact").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def archive(place: Path, *names: str | zipfile.ZipInfo, content: bytes = b"{}") -> Path:
    """An archive of these files."""
    path = place / "artifact" / "stacks.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in names:
            zipped.writestr(name, content)
    return path


def unpacked(what: str = "artifact") -> int:
    """Lay it beside the checkout."""
    return main(["github", "unpack", what, "--into=head/cdktf.out"])


@pytest.mark.parametrize("what", ["artifact", "artifact/stacks.zip"])
def test_what_synthesis_writes_is_laid_beside_the_checkout(
    place: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    """And nothing else changes."""
    archive(place, "stacks/", *GOOD)

    assert unpacked(what) == 0

    laid = [path for path in (place / "head" / "cdktf.out").rglob("*") if path.is_file()]
    assert sorted(path.relative_to(place / "head" / "cdktf.out").as_posix() for path in laid) == sorted(GOOD)
    assert {path.read_text() for path in laid} == {"{}"}
    assert (
        f"{len(GOOD)} files of the pull request laid into head/cdktf.out, as data" in capsys.readouterr().err
    )


def test_every_job_takes_the_archive_that_the_first_one_took(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever runs the run again uploads another one, which policy would judge in the place of what is planned."""
    archive(place, *GOOD)
    assert main(["github", "unpack", "artifact", "--digest=any"]) == 0
    digest = capsys.readouterr().out.strip()
    assert digest == f"digest={hashlib.sha256((place / 'artifact' / 'stacks.zip').read_bytes()).hexdigest()}"
    shutil.rmtree(place / "head" / "cdktf.out")

    assert main(["github", "unpack", "artifact", f"--{digest}"]) == 0
    shutil.rmtree(place / "head" / "cdktf.out")
    archive(place, *GOOD, content=b'{"resource": {}}')

    assert main(["github", "unpack", "artifact", f"--{digest}"]) == 2
    assert "is not the archive that was looked at first" in capsys.readouterr().err
    assert not (place / "head" / "cdktf.out").exists()


@pytest.mark.parametrize("digest", ["", "ANY", "0" * 63])
def test_a_digest_that_is_none_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], digest: str
) -> None:
    """An output that is missing is empty, and must not mean any."""
    archive(place, *GOOD)

    assert main(["github", "unpack", "artifact", f"--digest={digest}"]) == 2

    assert "must be 64 hexadecimal digits" in capsys.readouterr().err


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../operations/cli.py", id="outside"),
        pytest.param("/etc/passwd", id="absolute"),
        pytest.param("stacks/../../x/cdk.tf.json", id="outside-by-a-detour"),
        pytest.param("stacks/dev/override.tf.json", id="what-terraform-reads-too"),
        pytest.param("stacks/dev/main.tf", id="another-configuration"),
        pytest.param("stacks/dev/x.auto.tfvars", id="variables"),
        pytest.param(
            "stacks/dev/.terraform/providers/registry.terraform.io/a/b/1.0.0/x/provider", id="a-program"
        ),
        pytest.param("stacks/dev/assets/../main.tf", id="out-of-the-assets"),
        pytest.param("stacks/dev/assets/.terraform/x", id="hidden-among-the-assets"),
        pytest.param("stacks/Dev/cdk.tf.json", id="no-stack-of-ours"),
        pytest.param("stacks/-x/cdk.tf.json", id="an-option"),
        pytest.param("stacks/a\nb/cdk.tf.json", id="two-lines"),
        pytest.param("stacks.json\n", id="a-line-more"),
        pytest.param("stacks\\dev\\cdk.tf.json", id="another-system"),
    ],
)
def test_any_other_file_is_refused(place: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """With all of it: Terraform would read it, or run it."""
    archive(place, *GOOD, name)

    assert unpacked() == 2

    assert "holds what synthesis does not write" in capsys.readouterr().err
    assert not (place / "head" / "cdktf.out").exists()


def test_a_link_in_the_archive_becomes_a_file(place: Path) -> None:
    """Which holds the link's words, and leads nowhere."""
    link = zipfile.ZipInfo("stacks/dev/cdk.tf.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive(place, link, content=b"/proc/self/environ")

    assert unpacked() == 0

    laid = place / "head" / "cdktf.out" / "stacks" / "dev" / "cdk.tf.json"
    assert (laid.is_symlink(), laid.read_text()) == (False, "/proc/self/environ")


@pytest.mark.parametrize("target", ["..", "../operations", "environments"])
def test_a_place_that_the_commit_brings_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    """Unpacked through a link, the stacks would be written over the code that judges."""
    archive(place, *GOOD)
    (place / "head" / "cdktf.out").symlink_to(target)

    assert unpacked() == 2

    assert "is there already; take it out of the branch" in capsys.readouterr().err
    assert not (place / "stacks.json").exists()


@pytest.mark.parametrize("target", ["/proc/self/environ", "../../../secret", "../.."])
def test_links_that_lead_out_of_the_checkout_are_refused(
    place: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    """What is read as an environment file stands in the comment when it is wrong."""
    archive(place, *GOOD)
    (place / "head" / "environments" / "prod.yaml").symlink_to(target)

    assert unpacked() == 2

    said = capsys.readouterr().err
    assert "holds links that lead out of it: environments/prod.yaml; put files in their places" in said


def test_links_within_the_checkout_stay(place: Path) -> None:
    """One that leads in a circle is nobody's way out either."""
    archive(place, *GOOD)
    (place / "head" / "environments" / "prod.yaml").symlink_to("dev.yaml")
    (place / "head" / "circle").symlink_to("circle")

    assert unpacked() == 0


def test_too_much_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By size and by number, before anything is unpacked: zeros take no room in an archive."""
    monkeypatch.setattr(module, "_MOST_BYTES", 1000)
    archive(place, GOOD[0], content=bytes(1001))
    codes = [unpacked()]
    monkeypatch.setattr(module, "_MOST_FILES", 3)
    archive(place, *GOOD)
    codes.append(unpacked())

    assert codes == [2, 2]
    said = capsys.readouterr().err
    assert "holds 1 files of 1001 bytes, and at most 2000 of 1000 are taken" in said
    assert "holds 5 files of 10 bytes, and at most 3 of 1000 are taken" in said


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_twice_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which of them somebody looked at, nobody could say."""
    archive(place, GOOD[0], GOOD[0])

    assert unpacked() == 2

    assert "holds a file twice" in capsys.readouterr().err


def test_what_is_packed_otherwise_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may ask for as much memory as whoever packed it says."""
    with zipfile.ZipFile(place / "artifact" / "stacks.zip", "w", zipfile.ZIP_LZMA) as zipped:
        zipped.writestr(GOOD[0], "{}")

    assert unpacked() == 2

    assert "is packed in another way than an artifact is" in capsys.readouterr().err


def test_a_name_that_is_none_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Empty, or of bytes that say no text."""
    path = archive(place, zipfile.ZipInfo(""))
    codes = [unpacked()]
    archive(place, "\xe9")
    path.write_bytes(path.read_bytes().replace("\xe9".encode(), b"\xff\xff"))
    codes.append(unpacked())

    assert codes == [2, 2]
    said = capsys.readouterr().err
    assert 'holds what synthesis does not write: ""' in said
    assert "cannot be unpacked (UnicodeDecodeError)" in said


def test_what_is_no_archive_is_refused(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cut off, changed, not there."""
    path = archive(place, *GOOD, content=bytes(range(256)) * 4)
    whole = path.read_bytes()
    texts = [b"no archive", whole[:-30], whole.replace(whole[60:90], bytes(30))]
    codes = []
    for text in texts:
        path.write_bytes(text)
        codes.append(unpacked())
    path.unlink()
    codes += [unpacked(), unpacked("artifact/stacks.zip")]

    assert codes == [2, 2, 2, 2, 2]
    said = capsys.readouterr().err
    assert "must hold the archive and nothing else, and holds 0 files" in said
    assert said.count("cannot be unpacked") == 4
    assert not (place / "head" / "cdktf.out").exists()
