"""The start page of the back office and what all its screens share."""
