"""One course per citizen, across benefits: its spells, events and facts, and the case the law reads in them."""
