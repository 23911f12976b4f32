"""The command line of ``hybrid rules``."""

from __future__ import annotations

from operations.options import Form, Format


def rules(form: Format = Form.TEXT) -> None:
    """List every rule that environment files are held against: its id, what it judges, what it asks for."""
    from operations.rules.listing import listed_rules
    from operations.rules.report import print_rules

    print_rules(listed_rules(), form)
