"""Settings, addresses and the middleware that every page passes through."""
