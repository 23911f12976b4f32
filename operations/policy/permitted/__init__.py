"""Who may do what by the policies of a stack: an evaluator, and the needs that it is asked about (ADR 0026)."""
