"""The checks behind the notices of labels-5: each looks at one draft at one moment of a conversation."""
