"""How the commands are listed: by what they are for, each with its whole first sentence, which the library cuts."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup

_WHOLE = 1000


class Commands(TyperGroup):
    """A group of commands; what is too long for a line goes on in the next."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a list for each purpose that commands were given, in the order in which these came first."""
        listed: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command and not command.hidden:
                purpose = getattr(command, "rich_help_panel", None) or "Commands"
                listed.setdefault(purpose, []).append((name, command.get_short_help_str(_WHOLE)))
        for purpose, rows in listed.items():
            with formatter.section(purpose):
                formatter.write_dl(rows)
