"""What people let pass for a time: acknowledgements, waivers, checks that are skipped."""
