"""What follows from a vmware section."""
