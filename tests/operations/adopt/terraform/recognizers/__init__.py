"""Recognizers, each by what it makes of states."""
