"""Stock Whoosh as the judge: the same requests answered by its own searcher and matchers.

It walks every match in Whoosh's way, which is slow and known to be right. Nothing of it is in the
program.
"""
