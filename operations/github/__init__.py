"""What the pipeline says to GitHub and asks of it."""
