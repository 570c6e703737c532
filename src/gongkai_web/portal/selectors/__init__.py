"""Reads of the portal. All of them show only what is public; agencies and columns come from memory."""
