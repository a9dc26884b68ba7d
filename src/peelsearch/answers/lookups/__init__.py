"""Answers from structure: what is known of documents beyond their words.

Each module answers one sort of question, or returns None to leave it to the next.
"""
