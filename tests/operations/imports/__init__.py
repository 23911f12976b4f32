"""Tests of ids for imports."""
