"""From a file to its structure: readers, sections, labels, findings."""
