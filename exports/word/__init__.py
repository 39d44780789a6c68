"""Word files: the only folder that knows python-docx. How things look stands in `styles.xml` and `numbering.xml`."""
