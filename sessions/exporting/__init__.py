"""What is taken home: files are made beside the server, and everybody can see how far theirs is."""
