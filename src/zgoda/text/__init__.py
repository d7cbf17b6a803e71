"""Text: words, sentences, mails and markup, without judgement."""
