"""Rules over the synthesized JSON, for what checkov has none for or cannot see."""
