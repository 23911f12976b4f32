"""The ``hybrid`` command: one folder a job, each reading files, synthesized JSON or plans."""
