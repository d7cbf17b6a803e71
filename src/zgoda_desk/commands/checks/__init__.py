"""What `zgoda doctor` looks at; each check gives lines that say what is right or wrong and what to do."""
