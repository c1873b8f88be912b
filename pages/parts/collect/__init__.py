"""What the collect screen shows: whom to ask for what, the form, the counter, the monthly routine."""
