"""What screens share: the frame, the state of a session, caches, inputs, tables and pictures."""
