"""政府信息管理: items, their review, the register of normative documents, catalogue and index numbers."""
