"""The open data API: what is public, as JSON, for programs."""
