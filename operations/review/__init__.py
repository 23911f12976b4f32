"""What a plan does to the estate, ranked by risk: ``hybrid review``."""
