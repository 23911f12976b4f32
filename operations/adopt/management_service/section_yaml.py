"""The section as the text that a person pastes into an environment's file."""

from __future__ import annotations

from typing import Final

from estate.reading.paths import printable
from operations.adopt.management_service.reading import Document
from operations.adopt.management_service.section import Section
from operations.files.yaml_text import block_lines

_SECRETS_HINT: Final = """\
The keys of the service accounts and of the root CA are no part of this: encrypt them with the key
`secrets` and put the ciphertexts into the bootstrap bucket, as docs/gke-on-aws.md shows."""


def section_text(section: Section, document: Document) -> str:
    """Write the section as YAML with its comments, beginning with where it comes from."""
    name = document.at("metadata", "name")
    origin = f"{document.at('kind')}{f' {name}' if name else ''} ({document.at('apiVersion')})"
    lines = [f"# From {printable(origin)}.", "aws:", *block_lines(section.data, (), section.comments)]
    at = lines.index("  management_service:") + 1
    lines[at:at] = [f"    # {line}" for line in _SECRETS_HINT.splitlines()]
    return "".join(f"{line}\n" for line in lines)
