"""The environment files as they stand at a commit, where merged means applied."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from estate.model.estate import Estate
from estate.reading.problems import InvalidInput, Problem
from operations.files.temporary import temporary_folder
from operations.files.trial import load_as
from operations.git import GitError, git


def estate_at(folder: Path, reference: str) -> Estate:
    """Load the environment files of a commit.

    Args:
        folder: the folder of the environment files, in a git repository.
        reference: the commit, such as origin/main.

    Raises:
        InvalidInput: git has no such commit or folder, or the model of today does not take the files of then:
            what runs is unknown, and nothing may pass on a guess.
    """
    try:
        archive = git(folder, "archive", "--format=tar", "--end-of-options", reference, ".")
    except GitError as error:
        message = f"cannot be read: {error}; fetch it, or name another commit after --assume-applied"
        raise InvalidInput.of_file(reference, message) from None
    with temporary_folder() as made:
        copy = made / "environments"
        copy.mkdir()
        _unpack(archive, copy, reference)
        try:
            return load_as(copy, f"{reference}:{folder.name}")
        except InvalidInput as error:
            message = (
                "does not load with the model of this checkout, so what runs is unknown; merge a change of the model "
                "without other changes first, or give states with --state"
            )
            raise InvalidInput([Problem.of_file(reference, message), *error.problems]) from None


def _unpack(archive: bytes, folder: Path, reference: str) -> None:
    """Write the files of an archive below a folder, and nothing anywhere else.

    By hand: the filter that makes ``extractall`` safe came with Python 3.11.4, and Debian 12 has 3.11.2.
    """
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            path = folder / member.name
            if member.isdir():
                path.mkdir(exist_ok=True)
            elif content is None or ".." in path.parts or not path.is_relative_to(folder):
                message = (
                    "is no ordinary file, and what it stands for is not known; put the file itself there"
                )
                raise InvalidInput.of_file(f"{reference}:{member.name}", message)
            else:
                path.write_bytes(content.read())
