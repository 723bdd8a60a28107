"""Writing mails: what a letter has to say, the words for it, and its two forms."""
