"""Reading published reports: bytes → document → located cells and narrative → `Report`."""
