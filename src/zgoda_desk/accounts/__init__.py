"""The company, its people, teams, inboxes and hours, and who may see what."""
