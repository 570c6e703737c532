"""Views of the portal: each reads what its page shows and renders it."""
