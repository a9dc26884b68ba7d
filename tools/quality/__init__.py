"""How good search and question answering are, measured on judged collections.

``python -m tools.quality run FOLDER`` measures one collection, ``gate`` all that are present
against their floors, ``floors`` raises the floors to what is reached now.
"""
