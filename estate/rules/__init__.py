"""Judgement: the rules that compare entities, look at an environment, or at the whole estate.

One file a subject. A rule is a function marked ``@rule(on=...)`` with the class that it judges; rules about one
entity's own fields are methods of the entity's model. Importing this package loads every module of it, so a
new file needs no entry anywhere. No model and nothing that is derived imports anything from here.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

from estate.model.rules import all_loaded

for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)

all_loaded()
