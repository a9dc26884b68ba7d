"""Questions answered with quotations, or an honest "not in these documents".

``asking.ask`` puts it together: ``questions`` reads a question, ``lookups`` answer it from what is
known of the documents' structure, ``evidence`` from their sentences, and ``abstention`` decides
whether that is an answer. No word is shown that stands in no document, but for the reason.
"""
