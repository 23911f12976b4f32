"""What others decide and publish, with source and date: data files, and their readers."""
