"""The public portal: plain Django views over selectors. It reads and never writes; no page needs a script."""
