"""Screens of the supervising office."""
