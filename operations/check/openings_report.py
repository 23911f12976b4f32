"""What ``hybrid firewall`` prints: a table for people, for documents, for machines."""

from __future__ import annotations

import json
from dataclasses import asdict, astuple

from estate.model.environment import Environment
from operations.check.openings import HEADERS, forwarding, openings, resting_on
from operations.console import print_document, print_table, say
from operations.options import Form
from operations.texts.markdown import escaped, markdown_table


def _title(environment: Environment) -> str:
    return f"What the on-prem firewalls let through for {environment.environment}"


def say_openings(environment: Environment, form: Form) -> None:
    """Print the openings of an environment in a form."""
    if form is Form.TEXT:
        print_openings(environment)
    else:
        document = openings_json if form is Form.JSON else openings_markdown
        print_document(document(environment), is_json=form is Form.JSON)


def print_openings(environment: Environment) -> None:
    """Print a table, and what name servers have to be told."""
    rows = [astuple(opening) for opening in openings(environment)]
    if rows:
        print_table(_title(environment), HEADERS, rows)
    else:
        say(f"{_title(environment)}: nothing")
    for note in _notes(environment):
        say(f"note: {note}", style="cyan")


def openings_markdown(environment: Environment) -> str:
    """The same as Markdown."""
    table = markdown_table(_title(environment), HEADERS, [astuple(one) for one in openings(environment)])
    # Pages are links, and ours.
    told = [escaped(forwarding(environment)), _rest(environment)]
    notes = [f"- {note}" for note in told if note]
    return "\n".join([f"{table}\n", *notes]) if notes else table


def openings_json(environment: Environment) -> str:
    """The same for machines."""
    found = {
        "title": _title(environment),
        "openings": [asdict(opening) for opening in openings(environment)],
        "name_servers": forwarding(environment),
        "sources": resting_on(environment),
    }
    return json.dumps(found, indent=2)


def _notes(environment: Environment) -> list[str]:
    """What the rows do not say, each without a final period."""
    return [note for note in (forwarding(environment), _rest(environment)) if note]


def _rest(environment: Environment) -> str:
    pages = resting_on(environment)
    if not pages:
        return ""
    return f"rows rest on {', '.join(pages)}; hold each against its page where that was not read as a whole"
