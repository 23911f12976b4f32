"""Lists every rule that files are held against."""
