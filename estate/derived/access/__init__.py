"""What follows from teams and people: who is granted what."""
