"""Agencies, people, and what each account may reach."""
