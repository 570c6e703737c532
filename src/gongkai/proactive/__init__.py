"""主动公开: what must be published, by whom, in which columns, within how many workdays."""
