"""What a pull request brings, looked at as data by the code of its base: nothing of it is run or imported."""
