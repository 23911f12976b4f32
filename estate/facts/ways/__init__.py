"""What has to get through, and who says so: tables with dates."""
