"""The read snapshot: what searching reads, one file for each segment and one for each commit."""
