"""The service of OAuth: the page on which owners consent, and the tokens that come of it."""
