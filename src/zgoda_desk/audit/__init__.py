"""What happened, append-only and chained, without the words of persons."""
