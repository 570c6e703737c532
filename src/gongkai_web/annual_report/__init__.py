"""The living annual report: computed from the records, bound, checked, frozen, published, submitted."""
