"""Search and question answering for police inspection documents."""

__version__ = "0.1.0"
