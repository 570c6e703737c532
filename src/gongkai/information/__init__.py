"""政府信息管理: disclosure attribute, review chain, index numbers, normative documents' validity."""
