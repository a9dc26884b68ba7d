"""The engine behind a narrow protocol."""
