"""Drawing documents with fpdf2. Imported only when a document is asked for: it takes 0.4 s."""
