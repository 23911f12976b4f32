"""Where telemetry goes, as files say it."""
