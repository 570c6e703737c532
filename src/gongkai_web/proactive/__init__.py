"""主动公开: the columns of each agency, their owners and their upkeep."""
