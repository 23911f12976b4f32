"""Tests of operations/policy/permitted."""
