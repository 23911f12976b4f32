"""Environment files, their loader and their model; nothing here imports cdktf or jsii."""
