"""One module per generated page of the reference; each has `page() -> str`."""
