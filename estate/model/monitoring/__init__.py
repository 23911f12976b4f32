"""Where metrics, logs and traces of clusters go."""
