"""Programs that developers of the project run; no part of what is installed."""
