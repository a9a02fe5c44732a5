"""What is held, told to a person: queries in SQL, why an article was judged so, the whole of a story."""
