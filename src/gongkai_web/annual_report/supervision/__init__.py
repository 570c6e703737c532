"""The supervising office: who has filed, imported reports, findings over all members, summary, comparison."""
