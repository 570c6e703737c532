"""检索: one small interface over the text of public items, answered by tantivy or by PostgreSQL."""
