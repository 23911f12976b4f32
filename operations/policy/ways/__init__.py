"""Whether packets get through by the tables of a stack: an evaluator, asked for each way of the file (ADR 0027)."""
