"""Most of fastsynth can only be seen in an interpreter that has imported nothing yet."""
