"""The five demonstration partnerships: readable data files, and what makes a believable year of them."""
