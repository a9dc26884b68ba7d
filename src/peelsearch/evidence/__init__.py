"""Evidence packs and data sets: what a search, a register or questions give, to be handed on."""
