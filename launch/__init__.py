"""What `start.py` does before and around the app: set up, serve, check. Standard library only."""
