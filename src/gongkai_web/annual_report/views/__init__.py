"""Screens of reports in the back office."""
