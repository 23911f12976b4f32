"""Words and tables that many verbs say alike."""
