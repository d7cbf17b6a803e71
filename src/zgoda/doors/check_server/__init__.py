"""A server that speaks LanguageTool's public HTTP protocol, so that its clients underline an agent's mistakes."""
