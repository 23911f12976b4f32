"""What each kind of entity says of itself: contents, warnings, what goes with it."""
