"""One module per kind of document: from its blocks to its items."""
