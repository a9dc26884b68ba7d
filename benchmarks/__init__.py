"""How fast peelsearch is, beside other engines on the same passages; ``make bench`` runs it all."""
