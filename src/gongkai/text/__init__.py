"""Chinese text: width, traditional → simplified, inserted pinyin, numerals, encodings. Knows nothing of reports."""
